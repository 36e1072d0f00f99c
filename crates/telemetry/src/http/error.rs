use thiserror::Error;

/// Why there is no answer.
#[derive(Debug, Error)]
pub enum SendError {
    /// The address is not one that this client may call. Nothing was sent.
    #[error("the address is outside of what this client may call")]
    Outside,
    /// Connection, TLS or timeout; the error has lost its URL, because a query may hold a secret.
    #[error("no answer came")]
    NoAnswer(#[source] reqwest::Error),
}

impl SendError {
    pub(super) fn no_answer(error: reqwest::Error) -> Self {
        Self::NoAnswer(error.without_url())
    }

    /// It took too long.
    pub fn is_timeout(&self) -> bool {
        matches!(self, Self::NoAnswer(error) if error.is_timeout())
    }

    /// The request cannot be built; nothing was sent.
    pub fn is_builder(&self) -> bool {
        matches!(self, Self::NoAnswer(error) if error.is_builder())
    }

    /// Surely nothing of the request reached the other side.
    pub fn was_not_sent(&self) -> bool {
        match self {
            Self::Outside => true,
            Self::NoAnswer(error) => error.is_connect() || error.is_builder(),
        }
    }

    /// Why no answer came, as a fixed word for labels.
    pub(super) fn word(&self) -> &'static str {
        match self {
            Self::Outside => "outside",
            Self::NoAnswer(error) if error.is_timeout() => "timeout",
            Self::NoAnswer(error) if error.is_connect() => "connect",
            Self::NoAnswer(_) => "transport",
        }
    }
}
