use secrecy::{ExposeSecret as _, SecretString};

use crate::id_token::IdTokenError;
use crate::{Identity, Microsoft, OAuthError, TokenSet};

/// A finished sign-in.
#[derive(Clone, Debug)]
pub struct SignedIn {
    /// The tokens; the refresh token is always there.
    pub tokens: TokenSet,
    /// Who it was.
    pub identity: Identity,
}

impl Microsoft {
    /// Redeems the code of a callback and verifies who signed in. A code can be redeemed once.
    ///
    /// # Errors
    /// [`OAuthError`]; nothing is lost by any of them but the sign-in, which begins anew.
    pub async fn redeem(
        &self,
        code: &SecretString,
        verifier: &SecretString,
        nonce: &SecretString,
    ) -> Result<SignedIn, OAuthError> {
        let grant = [
            ("grant_type", "authorization_code"),
            ("code", code.expose_secret()),
            ("redirect_uri", self.redirect_uri.as_str()),
            ("code_verifier", verifier.expose_secret()),
        ];
        let granted = self.token("redeem_code", &grant).await?;
        let id_token = granted.id_token.ok_or(IdTokenError::Missing)?;
        let identity = self.verify(&id_token, nonce).await?;
        if granted.tokens.refresh_token.is_none() {
            return Err(OAuthError::NoRefreshToken);
        }
        Ok(SignedIn {
            tokens: granted.tokens,
            identity,
        })
    }
}

#[cfg(test)]
mod tests;
