use super::JwksError;
use crate::jws::JwsError;

/// Why an invocation token was refused.
#[derive(Debug, thiserror::Error)]
pub enum ForgeError {
    /// Not a token, or one without the claims that every invocation has.
    #[error("the invocation token is malformed")]
    Malformed,
    /// Not RS256.
    #[error("the invocation token is signed with an algorithm that this door does not accept")]
    WrongAlgorithm,
    /// No key of the key set made the signature.
    #[error("the signature of the invocation token is wrong")]
    BadSignature,
    /// `exp` has passed.
    #[error("the invocation token has expired")]
    Expired,
    /// `nbf` or `iat` lies in the future.
    #[error("the invocation token is not valid yet")]
    NotYetValid,
    /// There is no `exp`.
    #[error("the invocation token has no expiry")]
    MissingExpiry,
    /// `iss` is another.
    #[error("the invocation token has another issuer")]
    WrongIssuer,
    /// `aud` is not exactly our app.
    #[error("the invocation token is meant for another app")]
    WrongAudience,
    /// The invocation comes from another environment (development, staging, production) than we serve.
    #[error("the invocation comes from another environment")]
    WrongEnvironment,
    /// The API or the site that the token names is none that we speak to.
    #[error("the invocation is about a site that this door does not serve")]
    Site,
    /// The key that the token names could not be had.
    #[error("the key of the invocation token could not be had")]
    Key(#[source] JwksError),
}

impl ForgeError {
    /// Nobody knows whether the token is good: its key could not be looked at. Answer 503, not 401.
    pub fn is_transient(&self) -> bool {
        matches!(self, Self::Key(error) if error.is_transient())
    }
}

impl From<JwsError> for ForgeError {
    fn from(error: JwsError) -> Self {
        match error {
            JwsError::Malformed => Self::Malformed,
            JwsError::WrongAlgorithm => Self::WrongAlgorithm,
            JwsError::BadSignature => Self::BadSignature,
            JwsError::Expired => Self::Expired,
            JwsError::NotYetValid => Self::NotYetValid,
            JwsError::MissingExpiry => Self::MissingExpiry,
        }
    }
}
