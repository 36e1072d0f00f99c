use secrecy::{ExposeSecret as _, SecretString};

use crate::id_token::IdTokenError;
use crate::scopes::{self, is_of_outlook};
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
    /// `scopes` are those that the sign-in asked for; where they are of two resources the tokens are for Graph, and
    /// [`Grants`](crate::Grants) brings those for Exchange later.
    ///
    /// # Errors
    /// [`OAuthError`]; nothing is lost by any of them but the sign-in, which begins anew.
    pub async fn redeem(
        &self,
        code: &SecretString,
        verifier: &SecretString,
        nonce: &SecretString,
        scopes: &[&str],
    ) -> Result<SignedIn, OAuthError> {
        let scope = self.spelled(&of_one_resource(scopes));
        let grant = [
            ("grant_type", "authorization_code"),
            ("code", code.expose_secret()),
            ("redirect_uri", self.redirect_uri.as_str()),
            ("code_verifier", verifier.expose_secret()),
            ("scope", scope.as_str()),
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

/// The token endpoint takes scopes of one resource (AADSTS28003).
fn of_one_resource<'a>(scopes: &[&'a str]) -> Vec<&'a str> {
    let of_graph: Vec<&str> = scopes
        .iter()
        .copied()
        .filter(|scope| !is_of_outlook(scope))
        .collect();
    // OpenID Connect's own are of no resource.
    if scopes::missing(&[], &of_graph).is_empty() {
        return scopes.to_vec();
    }
    of_graph
}

#[cfg(test)]
mod tests;
