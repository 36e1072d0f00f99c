use std::sync::Arc;

use crate::connect::{KeyError, TokenError};

/// Why a lifecycle call was refused.
#[derive(Debug, thiserror::Error)]
pub enum LifecycleError {
    /// The token breaks a rule.
    #[error("the token of the lifecycle call was refused")]
    Token(
        #[from]
        #[source]
        TokenError,
    ),
    /// The key that the token names could not be had.
    #[error("the key of the lifecycle call could not be had")]
    Key(#[source] Arc<KeyError>),
    /// A field of the payload is missing or unreadable.
    #[error("the payload has no readable `{0}`")]
    Payload(&'static str),
    /// The payload speaks of another app.
    #[error("the payload is about another app")]
    WrongApp,
    /// The site is not one that may install the app.
    #[error("the site is not on the list of allowed sites")]
    SiteNotAllowed,
}

impl LifecycleError {
    /// Whether the same call may succeed later: the key server was out of reach. Answer 503, not 401.
    pub fn is_transient(&self) -> bool {
        matches!(self, Self::Key(error) if error.is_transient())
    }
}
