use std::time::Duration;

use postroom_registry::RegistryError;

use crate::{CertificateError, Diagnosis, OAuthError, RegistrationError};

/// Why a grant gave no access token.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum GrantError {
    /// Microsoft did not give one.
    #[error("the grant brought no access token")]
    Microsoft(#[from] OAuthError),
    /// The book did not answer, or the tenant has no such grant.
    #[error("the grant could not be read or written")]
    Registry(#[from] RegistryError),
    /// The certificate of the app registration cannot be read.
    #[error("the app registration of the grant cannot be used")]
    Certificate(#[from] CertificateError),
    /// Somebody else refreshes it and did not end in time.
    #[error("the grant is being refreshed for too long")]
    Slow,
}

impl From<RegistrationError> for GrantError {
    fn from(error: RegistrationError) -> Self {
        match error {
            RegistrationError::Registry(error) => Self::Registry(error),
            RegistrationError::Certificate(error) => Self::Certificate(error),
        }
    }
}

impl GrantError {
    /// Whose it is, where it is Microsoft who said no.
    pub fn diagnosis(&self) -> Option<Diagnosis> {
        self.microsoft().map(OAuthError::diagnosis)
    }

    /// The same call can succeed later without anybody acting.
    pub fn is_transient(&self) -> bool {
        match self {
            Self::Microsoft(error) => error.is_transient(),
            Self::Registry(RegistryError::Missing) | Self::Certificate(_) => false,
            Self::Registry(_) | Self::Slow => true,
        }
    }

    /// How long Microsoft asks to wait.
    pub fn retry_after(&self) -> Option<Duration> {
        self.microsoft()?.retry_after()
    }

    /// Microsoft's id of the one answer, for its support.
    pub fn trace_id(&self) -> Option<&str> {
        self.microsoft()?.trace_id()
    }

    /// Microsoft's id of the whole attempt: an administrator finds it in the sign-in log.
    pub fn correlation_id(&self) -> Option<&str> {
        self.microsoft()?.correlation_id()
    }

    /// What Microsoft wants to be met by the next sign-in.
    pub fn claims(&self) -> Option<&str> {
        self.microsoft()?.claims()
    }

    fn microsoft(&self) -> Option<&OAuthError> {
        match self {
            Self::Microsoft(error) => Some(error),
            _ => None,
        }
    }
}
