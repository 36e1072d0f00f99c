use chrono::{DateTime, Utc};
use reqwest::header::HeaderValue;
use secrecy::{ExposeSecret as _, SecretString};

use super::JiraError;
use crate::connect::{AppToken, Canonical};

/// How the app proves to Jira who it is.
#[derive(Clone, Debug)]
pub enum Credential {
    /// A JWT for each request; the client's base URL is the site's own.
    Connect(AppToken),
    /// A Forge app system token; the client's base URL is `https://api.atlassian.com/ex/jira/{cloudId}`.
    Forge {
        /// Opaque, valid for two to four hours.
        token: SecretString,
    },
}

impl Credential {
    pub(super) fn authorization(
        &self,
        canonical: &Canonical,
        now: DateTime<Utc>,
    ) -> Result<HeaderValue, JiraError> {
        match self {
            Self::Connect(signer) => signer
                .authorization(canonical, now)
                .map_err(|_| JiraError::BadRequest("the credential cannot sign a token")),
            Self::Forge { token } => {
                let mut value = HeaderValue::try_from(format!("Bearer {}", token.expose_secret()))
                    .map_err(|_| JiraError::BadRequest("the token does not fit a header"))?;
                value.set_sensitive(true);
                Ok(value)
            }
        }
    }
}
