//! What can go wrong with the book.

use postroom_secrets::OpenError;
use sea_orm::{DbErr, RuntimeErr, SqlErr};

/// Why the registry could not do it.
#[derive(Debug, thiserror::Error)]
pub enum RegistryError {
    /// PostgreSQL is away or busy. Nobody's fault; try again.
    #[error("the database does not answer")]
    Unavailable(#[source] DbErr),
    /// A statement was refused: ours to mend.
    #[error("the database refused a statement")]
    Database(#[source] DbErr),
    /// The row is there already.
    #[error("the row exists already")]
    Duplicate,
    /// The row is not there, or not this tenant's: the two cannot be told apart.
    #[error("there is no such row")]
    Missing,
    /// Somebody else took the row over meanwhile; what was in hand must be dropped.
    #[error("the row was taken over by another worker")]
    Superseded,
    /// An `installed` call that is not newer than the one whose secret we have: a replay, or one that was overtaken.
    #[error("the call is older than what was taken in already")]
    Stale,
    /// What is to be replaced has connections or mails of its own.
    #[error("there are connections or mails already")]
    NotEmpty,
    /// The tenant's key was destroyed at the end of retention: nothing of it can be sealed or opened any more.
    #[error("the tenant was forgotten and its key destroyed")]
    Forgotten,
    /// A sealed value does not open: wrong master key, or the row was tampered with.
    #[error("a sealed value cannot be opened")]
    Sealed(#[from] OpenError),
    /// A sealed value opens and is not what was sealed there.
    #[error("a sealed value cannot be read")]
    Garbled,
    /// The schema is not the one that this build knows.
    #[error("the schema lacks migration {0}; run `postroom migrate`")]
    Schema(String),
}

impl RegistryError {
    /// Whether the same call may succeed later without anybody acting.
    pub fn is_transient(&self) -> bool {
        matches!(self, Self::Unavailable(_))
    }
}

impl From<DbErr> for RegistryError {
    fn from(error: DbErr) -> Self {
        if let Some(SqlErr::UniqueConstraintViolation(_)) = error.sql_err() {
            return Self::Duplicate;
        }
        match &error {
            DbErr::Conn(_) | DbErr::ConnectionAcquire(_) => Self::Unavailable(error),
            DbErr::Query(RuntimeErr::SqlxError(source))
            | DbErr::Exec(RuntimeErr::SqlxError(source))
                if went_away(source) =>
            {
                Self::Unavailable(error)
            }
            _ => Self::Database(error),
        }
    }
}

/// Class 08 is a lost connection, 57P0x a server that stops or starts, 57014 a statement that took too long, 53 a
/// server without room, 40 a lost race (PostgreSQL manual, appendix A).
fn went_away(error: &sqlx::Error) -> bool {
    match error {
        sqlx::Error::Io(_)
        | sqlx::Error::Tls(_)
        | sqlx::Error::PoolTimedOut
        | sqlx::Error::PoolClosed
        | sqlx::Error::WorkerCrashed => true,
        sqlx::Error::Database(source) => source.code().is_some_and(|code| {
            ["08", "57P0", "57014", "53", "40"]
                .iter()
                .any(|class| code.starts_with(class))
        }),
        _ => false,
    }
}
