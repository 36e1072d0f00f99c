use std::time::Duration;

use postroom_azure_oauth::GrantError;
use postroom_mailbox::MailboxError;
use postroom_registry::RegistryError;

/// Why a connection did not do what was asked.
#[derive(Debug, thiserror::Error)]
pub enum Failure {
    /// Its grant gave no access token.
    #[error("the grant gave no access token")]
    Grant(#[source] GrantError),
    /// Its mailbox did not do it.
    #[error("the mailbox did not do it")]
    Mailbox(#[from] MailboxError),
    /// The book did not answer, or the tenant has no such grant.
    #[error("the book did not answer")]
    Registry(#[from] RegistryError),
}

impl From<GrantError> for Failure {
    fn from(error: GrantError) -> Self {
        match error {
            GrantError::Registry(error) => Self::Registry(error),
            other => Self::Grant(other),
        }
    }
}

impl Failure {
    /// How long Microsoft asks to wait.
    pub fn retry_after(&self) -> Option<Duration> {
        match self {
            Self::Grant(error) => error.retry_after(),
            Self::Mailbox(error) => error.retry_after(),
            Self::Registry(_) => None,
        }
    }

    /// Nobody has to act: the same can succeed later.
    pub fn is_transient(&self) -> bool {
        match self {
            Self::Grant(error) => error.is_transient(),
            Self::Mailbox(error) => error.is_transient(),
            Self::Registry(error) => !matches!(error, RegistryError::Missing),
        }
    }

    /// A change may have happened in the mailbox although the call failed: look it up before trying again.
    pub fn maybe_done(&self) -> bool {
        matches!(self, Self::Mailbox(error) if error.maybe_done())
    }
}
