use redis::{ErrorKind, RedisError, ServerErrorKind};
use thiserror::Error;

/// Why Redis did not do what was asked.
#[derive(Debug, Error)]
pub enum QueueError {
    /// Redis is away, restarting or too slow. Nothing is lost by going on without it.
    #[error("Redis is not available")]
    Unavailable(#[source] RedisError),
    /// The address of Redis cannot be read.
    #[error("the address of Redis is not valid")]
    Address(#[source] RedisError),
    /// Redis answered, and refused: wrong password, missing right, wrong type of key.
    #[error("Redis refused a command")]
    Refused(#[source] RedisError),
}

impl From<RedisError> for QueueError {
    fn from(error: RedisError) -> Self {
        use ServerErrorKind::{BusyLoading, ClusterDown, MasterDown, ReadOnly, TryAgain};
        let away = match error.kind() {
            ErrorKind::Io | ErrorKind::ClusterConnectionNotFound => true,
            ErrorKind::Server(kind) => matches!(
                kind,
                BusyLoading | ClusterDown | MasterDown | ReadOnly | TryAgain
            ),
            _ => error.is_timeout() || error.is_connection_dropped(),
        };
        // A server at its memory limit answers OOM: it cannot take bells, and that passes.
        if away || error.code() == Some("OOM") {
            Self::Unavailable(error)
        } else {
            Self::Refused(error)
        }
    }
}
