use crate::jws::JwsError;

/// Why a Connect token was refused. Says which rule it broke and never what the token is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum TokenError {
    /// Not three base64url segments with the claims that a token must have.
    #[error("the token is malformed")]
    Malformed,
    /// The header names another algorithm than this door accepts (`none` among them).
    #[error("the token is signed with an algorithm that this door does not accept")]
    WrongAlgorithm,
    /// No key of this tenant made the signature.
    #[error("the signature of the token is wrong")]
    BadSignature,
    /// `exp` has passed.
    #[error("the token has expired")]
    Expired,
    /// `iat` or `nbf` lies in the future.
    #[error("the token is not valid yet")]
    NotYetValid,
    /// There is no `exp`.
    #[error("the token has no expiry")]
    MissingExpiry,
    /// There is no `iat` where one is needed.
    #[error("the token does not say when it was issued")]
    MissingIssueTime,
    /// `iss` is not the tenant that the call speaks for.
    #[error("the issuer of the token is not who the call speaks for")]
    WrongIssuer,
    /// `aud` does not name this app.
    #[error("the token is meant for another audience")]
    WrongAudience,
    /// `qsh` is missing, or is the hash of another request, or of the other kind of token.
    #[error("the query hash of the token does not belong to this request")]
    QshMismatch,
    /// The token names no account where one is needed.
    #[error("the token names no account")]
    MissingAccount,
}

impl From<JwsError> for TokenError {
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
