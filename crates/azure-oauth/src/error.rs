use std::time::Duration;

use postroom_telemetry::SendError;

use crate::diagnosis::{Diagnosis, TokenError, diagnose};
use crate::id_token::IdTokenError;

/// Why a sign-in or a refresh did not come about.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum OAuthError {
    /// Microsoft says no, and why.
    #[error("Microsoft refused the sign-in: {0}")]
    Refused(Box<TokenError>),
    /// 429 or 5xx.
    #[error("Microsoft's sign-in answered with status {status}")]
    Busy {
        /// HTTP status.
        status: u16,
        /// How long Microsoft asks to wait.
        retry_after: Option<Duration>,
    },
    /// No whole answer came.
    #[error("Microsoft's sign-in did not answer")]
    Unreachable(#[source] SendError),
    /// An answer that is not of the protocol: a proxy's page, or a token without its lifetime.
    #[error("Microsoft's sign-in answered with something unreadable (status {status})")]
    Garbled {
        /// HTTP status.
        status: u16,
    },
    /// The assertion could not be signed with the certificate's key.
    #[error("the proof of the app registration could not be signed")]
    Unsigned(#[source] jsonwebtoken::errors::Error),
    /// The id token proves nothing.
    #[error("the id token was not accepted")]
    IdToken(#[from] IdTokenError),
    /// `offline_access` was not granted, so the connection would end within the hour.
    #[error("the sign-in brought no refresh token")]
    NoRefreshToken,
}

impl OAuthError {
    /// Microsoft asked to wait, and the wait is not over.
    pub(crate) fn paused(left: Duration) -> Self {
        Self::Busy {
            status: 429,
            retry_after: Some(left),
        }
    }

    /// Whose it is, what it means and the way out.
    pub fn diagnosis(&self) -> Diagnosis {
        match self {
            Self::Refused(error) => diagnose(error),
            Self::Busy { status, .. } => Diagnosis::nobodys(format!("http_{status}")),
            Self::Unreachable(_) => Diagnosis::nobodys("unreachable".to_owned()),
            Self::Garbled { .. } => Diagnosis::nobodys("unreadable".to_owned()),
            Self::Unsigned(_) => Diagnosis::unsigned(),
            Self::IdToken(error) => Diagnosis::unproven(error.code()),
            Self::NoRefreshToken => Diagnosis::no_refresh_token(),
        }
    }

    /// The same call can succeed later without anybody acting.
    pub fn is_transient(&self) -> bool {
        self.diagnosis().transient
    }

    /// Microsoft's id of the one answer, for its support.
    pub fn trace_id(&self) -> Option<&str> {
        self.refusal()?.trace_id.as_deref()
    }

    /// Microsoft's id of the whole attempt: an administrator finds it in the sign-in log.
    pub fn correlation_id(&self) -> Option<&str> {
        self.refusal()?.correlation_id.as_deref()
    }

    /// What Microsoft wants to be met by the next sign-in (its claims challenge).
    pub fn claims(&self) -> Option<&str> {
        self.refusal()?.claims.as_deref()
    }

    fn refusal(&self) -> Option<&TokenError> {
        match self {
            Self::Refused(error) => Some(error),
            _ => None,
        }
    }

    /// How long Microsoft asks to wait.
    pub fn retry_after(&self) -> Option<Duration> {
        match self {
            Self::Busy { retry_after, .. } => *retry_after,
            _ => None,
        }
    }
}
