use crate::{Microsoft, OAuthError};

/// What a client that exists and proves itself may get: an answer to `client_credentials` needs no person.
const GRANT: &str = "client_credentials";

impl Microsoft {
    /// Asks whether Entra ID knows the registration and takes its credential, by a token for the application itself; the
    /// token is thrown away.
    ///
    /// It proves client id, credential and, of a registration for one directory, the directory. It does not prove the
    /// redirect URI, nor that people may consent: the first sign-in does. A registration for every organisation has no
    /// directory to ask in, so of it no more is known than that nothing was refused.
    ///
    /// # Errors
    /// What Microsoft has against the registration: an unknown client id, a wrong or expired credential, an unknown
    /// directory; and [transient](OAuthError::is_transient) ones when Microsoft did not answer.
    pub async fn check(&self) -> Result<(), OAuthError> {
        let scope = self.endpoints.graph_default();
        let grant = [("grant_type", GRANT), ("scope", scope.as_str())];
        match self.token("check", &grant).await {
            Ok(_) => Ok(()),
            // The application is accepted, and this grant is not for it or not in this place.
            Err(OAuthError::Refused(error)) if !is_of_registration(&error) => Ok(()),
            Err(error) => Err(error),
        }
    }
}

/// `unauthorized_client`: not known in the directory, or disabled. 90002: no such directory. 90038 and 900439: another
/// cloud.
fn is_of_registration(error: &crate::TokenError) -> bool {
    let word = error.error.to_ascii_lowercase();
    let directory = |code: &u32| matches!(code, 90002 | 90038 | 900_439 | 700_016);
    matches!(word.as_str(), "invalid_client" | "unauthorized_client")
        || error.codes.iter().any(directory)
}

#[cfg(test)]
mod tests;
