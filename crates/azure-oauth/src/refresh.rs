use secrecy::{ExposeSecret as _, SecretString};

use crate::{Microsoft, OAuthError, TokenSet};

impl Microsoft {
    /// Trades a refresh token for an access token and a newer refresh token. The old one stays valid
    /// ("Refresh tokens in the Microsoft identity platform"), so a lost answer loses nothing; the newest must
    /// be kept all the same, because each lives 90 days from its birth. `scopes` are of one resource; the refresh
    /// token is bound to none, so the same one brings tokens for Graph and for Exchange.
    ///
    /// # Errors
    /// [`OAuthError`]; ask its [`diagnosis`](OAuthError::diagnosis) before touching the connection.
    pub async fn refresh(
        &self,
        refresh_token: &SecretString,
        scopes: &[&str],
    ) -> Result<TokenSet, OAuthError> {
        let scope = self.spelled(scopes);
        let grant = [
            ("grant_type", "refresh_token"),
            ("refresh_token", refresh_token.expose_secret()),
            ("scope", scope.as_str()),
        ];
        Ok(self.token("refresh", &grant).await?.tokens)
    }
}

#[cfg(test)]
mod tests;
