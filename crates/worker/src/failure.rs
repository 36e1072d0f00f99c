//! Why a job could not be finished, and what follows from it.

use std::time::Duration;

use postroom_atlassian::{SiteError, jira::JiraError};
use postroom_azure_oauth::{Class, Diagnosis, GrantError};
use postroom_mailbox::graph::GraphError;
use postroom_registry::{
    RegistryError,
    connection::{ConnectionState, StateDetail, WhoActs},
};

#[derive(Debug, thiserror::Error)]
pub(crate) enum Failure {
    #[error("the book")]
    Registry(#[from] RegistryError),
    #[error("the grant")]
    Grant(#[from] GrantError),
    #[error("the mailbox")]
    Graph(#[from] GraphError),
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
            Self::Graph(error) => error.retry_after(),
            Self::Jira(error) => error.retry_after(),
            Self::Grant(GrantError::Microsoft(error)) => error.retry_after(),
            Self::Site(SiteError::Waiting) => Some(TOKEN_WAIT),
            _ => None,
        }
    }

    /// For the administrator: what is wrong, without a word of the mail.
    pub(crate) fn sentence(&self) -> String {
        match self {
            Self::Registry(_) | Self::Stored(_) => {
                "Postroom's own database did not answer. It tries again by itself.".to_owned()
            }
            Self::Grant(GrantError::Microsoft(error)) => error.diagnosis().meaning,
            Self::Grant(_) => {
                "The sign-in could not be read. Postroom tries again by itself.".to_owned()
            }
            Self::Graph(error) => format!("{error}."),
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
        matches!(
            self,
            Self::Graph(GraphError::Refused { .. } | GraphError::TooLarge { .. })
                | Self::Jira(JiraError::Refused { .. })
        )
    }

    /// What the failure says about the connection that met it. `None`: nothing, it is nobody's or our own book's.
    pub(crate) fn connection(&self) -> Option<(ConnectionState, StateDetail)> {
        match self {
            Self::Grant(GrantError::Microsoft(error)) => Some(of_sign_in(&error.diagnosis())),
            Self::Graph(error) => of_graph(error),
            _ => None,
        }
    }

    /// The label of a failed poll.
    pub(crate) fn class(&self) -> &'static str {
        match self.connection() {
            Some((ConnectionState::Ours, _)) => "ours",
            Some((ConnectionState::NeedsSignIn | ConnectionState::Refused, _)) => "connection",
            _ => "nobody",
        }
    }
}

fn of_sign_in(diagnosis: &Diagnosis) -> (ConnectionState, StateDetail) {
    let state = match diagnosis.class {
        Class::Ours => ConnectionState::Ours,
        Class::Nobody => ConnectionState::Retrying,
        Class::Theirs if diagnosis.needs_admin_consent => ConnectionState::WaitingForApproval,
        Class::Theirs if diagnosis.transient => ConnectionState::Retrying,
        Class::Theirs => ConnectionState::NeedsSignIn,
    };
    let detail = StateDetail {
        error_code: Some(diagnosis.code.clone()),
        meaning: Some(diagnosis.meaning.clone()),
        way_out: Some(diagnosis.way_out.clone()),
        who_acts: who_acts(diagnosis.who_acts),
        ..StateDetail::default()
    };
    (state, detail)
}

/// The same words on both sides; the registry does not know the sign-in crate.
fn who_acts(who: postroom_azure_oauth::WhoActs) -> Option<WhoActs> {
    serde_json::to_value(who)
        .ok()
        .and_then(|word| serde_json::from_value(word).ok())
}

fn of_graph(error: &GraphError) -> Option<(ConnectionState, StateDetail)> {
    let (state, who, way_out) = match error {
        GraphError::Unauthorized(_) => (
            ConnectionState::Retrying,
            WhoActs::Nobody,
            "Postroom gets a new access token by itself.",
        ),
        GraphError::Claims { .. } => (
            ConnectionState::NeedsSignIn,
            WhoActs::MailboxOwner,
            "Sign in again: Microsoft asks for a further check.",
        ),
        GraphError::AccessDenied(_) | GraphError::SendAsDenied(_) => (
            ConnectionState::Refused,
            WhoActs::MicrosoftAdministrator,
            "Give the account that signed in full access to the mailbox (and Send As), then ping.",
        ),
        GraphError::MailboxMissing(_) => (
            ConnectionState::Refused,
            WhoActs::MicrosoftAdministrator,
            "Check that the mailbox exists and has an Exchange Online licence, then ping.",
        ),
        GraphError::FolderMissing(_) => (
            ConnectionState::Refused,
            WhoActs::You,
            "The folder was deleted. Choose another one.",
        ),
        GraphError::Throttled { .. } => (
            ConnectionState::Slowed,
            WhoActs::Nobody,
            "Microsoft asks us to wait. Nothing is lost.",
        ),
        error if error.is_transient() => (
            ConnectionState::Retrying,
            WhoActs::Nobody,
            "Microsoft does not answer. We go on trying; nothing is lost.",
        ),
        _ => return None,
    };
    let detail = StateDetail {
        error_code: error.code().map(ToOwned::to_owned),
        meaning: Some(format!("{error}.")),
        way_out: Some(way_out.to_owned()),
        who_acts: Some(who),
        reference: error.request_id().map(ToOwned::to_owned),
        ..StateDetail::default()
    };
    Some((state, detail))
}
