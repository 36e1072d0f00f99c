//! Why a job could not be finished, and what follows from it.

use std::time::Duration;

use postroom_atlassian::{SiteError, jira::JiraError};
use postroom_azure_oauth::GrantError;
use postroom_connections::Failure as ConnectionFailure;
use postroom_mailbox::{ErrorKind, MailboxError};
use postroom_registry::{
    RegistryError,
    connection::{ConnectionState, StateDetail, Verdict, WhoActs},
};

#[derive(Debug, thiserror::Error)]
pub(crate) enum Failure {
    #[error("the book")]
    Registry(#[from] RegistryError),
    #[error("the connection")]
    Connection(#[source] ConnectionFailure),
    #[error("Graph does not know the folder that EWS reads")]
    FolderLost,
    #[error("Jira")]
    Jira(#[from] JiraError),
    #[error("the site")]
    Site(#[source] SiteError),
    #[error("too soon to know what an earlier try did")]
    TooSoon,
    #[error("a stored value cannot be read")]
    Stored(#[from] serde_json::Error),
}

/// A system token of Forge comes with every call of Jira, and Jira calls every hour at least.
const TOKEN_WAIT: Duration = Duration::from_secs(60);

impl From<ConnectionFailure> for Failure {
    fn from(failure: ConnectionFailure) -> Self {
        match failure {
            ConnectionFailure::Registry(error) => Self::Registry(error),
            other => Self::Connection(other),
        }
    }
}

impl From<GrantError> for Failure {
    fn from(error: GrantError) -> Self {
        ConnectionFailure::from(error).into()
    }
}

impl From<SiteError> for Failure {
    fn from(error: SiteError) -> Self {
        match error {
            SiteError::Registry(error) => Self::Registry(error),
            other => Self::Site(other),
        }
    }
}

impl Failure {
    /// There is no token for Jira yet. Nobody's failure: the try does not count.
    pub(crate) fn is_waiting_for_token(&self) -> bool {
        matches!(self, Self::Site(SiteError::Waiting))
    }

    /// How long the other side asks to wait.
    pub(crate) fn retry_after(&self) -> Option<Duration> {
        match self {
            Self::Connection(failure) => failure.retry_after(),
            Self::Jira(error) => error.retry_after(),
            Self::Site(SiteError::Waiting) => Some(TOKEN_WAIT),
            _ => None,
        }
    }

    /// For the administrator: what is wrong, without a word of the mail.
    pub(crate) fn sentence(&self) -> String {
        match self {
            Self::Registry(_)
            | Self::Stored(_)
            | Self::Connection(ConnectionFailure::Registry(_)) => {
                "Postroom's own database did not answer. It tries again by itself.".to_owned()
            }
            Self::Connection(ConnectionFailure::Grant(error)) => error.diagnosis().map_or_else(
                || "The sign-in could not be read. Postroom tries again by itself.".to_owned(),
                |diagnosis| diagnosis.meaning,
            ),
            Self::Connection(ConnectionFailure::Mailbox(error)) => format!("{error}."),
            Self::FolderLost => {
                "Graph does not know the folder. Choose the folder again.".to_owned()
            }
            Self::Jira(error) => Self::from_jira(error),
            Self::TooSoon => {
                "Jira may have made the issue already. Postroom looks again in a moment.".to_owned()
            }
            Self::Site(SiteError::Waiting) => "Jira has not called us lately, so we have no key \
                for it. It calls every hour; nothing is lost."
                .to_owned(),
            Self::Site(SiteError::Address) => "The address of the site is not one that Postroom \
                may call. Postroom's operator must look at it."
                .to_owned(),
            Self::Site(_) => "The app is not installed on this site any more.".to_owned(),
        }
    }

    /// The same, of Jira alone.
    pub(crate) fn from_jira(error: &JiraError) -> String {
        match error {
            JiraError::Refused {
                status,
                messages,
                field_errors,
            } => {
                let of_fields = field_errors
                    .iter()
                    .map(|(field, text)| format!("{field}: {text}"));
                let said: Vec<String> = messages.iter().cloned().chain(of_fields).collect();
                format!("Jira refused it ({status}): {}", said.join("; "))
            }
            JiraError::Forbidden => {
                "Postroom may not do this in the project. Give its app user the permission \
                to create issues, comments and attachments."
                    .to_owned()
            }
            error => format!("{error}."),
        }
    }

    /// Somebody said no, and would say it again.
    pub(crate) fn is_refusal(&self) -> bool {
        matches!(self.kind(), Some(ErrorKind::Refused | ErrorKind::TooLarge))
            || matches!(self, Self::Jira(JiraError::Refused { .. }))
    }

    /// What the mailbox's failure is, where it is the mailbox's.
    pub(crate) fn kind(&self) -> Option<ErrorKind> {
        self.of_mailbox().map(MailboxError::kind)
    }

    /// Microsoft hands out the same page again and again.
    pub(crate) fn is_circle(&self) -> bool {
        matches!(self.of_mailbox(), Some(MailboxError::Repeating(_)))
    }

    /// A change may have happened in the mailbox all the same.
    pub(crate) fn maybe_done(&self) -> bool {
        matches!(self, Self::Connection(failure) if failure.maybe_done())
    }

    /// Nobody has to act: the same can succeed later.
    pub(crate) fn is_transient(&self) -> bool {
        match self {
            Self::Connection(failure) => failure.is_transient(),
            Self::Registry(_) | Self::TooSoon => true,
            Self::Jira(_) | Self::Site(_) | Self::Stored(_) | Self::FolderLost => false,
        }
    }

    /// What a failure that is not Microsoft's says about a connection.
    pub(crate) fn own_verdict(&self) -> Option<Verdict> {
        matches!(self, Self::FolderLost).then(|| Verdict {
            state: ConnectionState::Refused,
            detail: StateDetail {
                meaning: Some("Graph does not know the folder that EWS reads.".to_owned()),
                way_out: Some("Choose the folder again, then move to Graph.".to_owned()),
                who_acts: Some(WhoActs::You),
                ..StateDetail::default()
            },
        })
    }

    fn of_mailbox(&self) -> Option<&MailboxError> {
        match self {
            Self::Connection(ConnectionFailure::Mailbox(error)) => Some(error),
            _ => None,
        }
    }
}
