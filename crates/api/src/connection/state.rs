//! A state in words: what is the matter, since when, who acts, and the button for it.

mod words;

use chrono::{DateTime, Utc};
use postroom_mailbox as mailbox;
use postroom_registry::connection::{self, ConnectionState, Protocol, StateDetail};
use serde::Serialize;
use utoipa::ToSchema;

use super::Fix;
use crate::routes::vocabulary::words;

pub(crate) use words::describe;
pub(super) use words::look;

words! {
    /// Who must act to end a state.
    WhoActs of connection::WhoActs {
        /// The administrator who reads it.
        You,
        /// The owner of the mailbox.
        MailboxOwner,
        /// The administrator of the directory or of Exchange.
        MicrosoftAdministrator,
        /// It ends by itself.
        Nobody,
        /// The operator of Postroom.
        Us,
    }
}

impl From<mailbox::WhoActs> for WhoActs {
    fn from(who: mailbox::WhoActs) -> Self {
        match who {
            mailbox::WhoActs::You => Self::You,
            mailbox::WhoActs::MailboxOwner => Self::MailboxOwner,
            mailbox::WhoActs::MicrosoftAdministrator => Self::MicrosoftAdministrator,
            mailbox::WhoActs::Nobody => Self::Nobody,
            mailbox::WhoActs::Us => Self::Us,
        }
    }
}

/// The colour of a lozenge. The word beside it says the same.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "lowercase")]
pub(crate) enum Tone {
    /// All is well.
    Success,
    /// It ends by itself.
    Moved,
    /// Somebody must act.
    Removed,
    /// Neither good nor bad.
    Default,
    /// On its way.
    InProgress,
}

/// A connection's state, for programs.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub(crate) enum StateCode {
    /// The Microsoft administrator has to approve.
    WaitingForApproval,
    /// Well.
    Active,
    /// Microsoft asked us to wait.
    Slowed,
    /// Microsoft does not answer.
    Retrying,
    /// The sign-in ended.
    NeedsSignIn,
    /// Exchange does not let us.
    Refused,
    /// Our own registration is out of order.
    Ours,
    /// A person paused it.
    Paused,
    /// Well, and its mail has nowhere to go yet.
    NeedsTarget,
}

/// The one button of a state.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub(crate) enum StateAction {
    /// Sign in again.
    SignIn,
    /// Go on.
    Resume,
    /// Look whether it works.
    Ping,
    /// Choose a project and an issue type.
    SetTarget,
    /// Make the link for the Microsoft administrator.
    AskApproval,
    /// Choose another folder.
    ChooseFolder,
    /// Leave EWS for Microsoft Graph.
    MoveToGraph,
}

/// A connection's state, for a person.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub(crate) struct State {
    /// For programs.
    pub(crate) code: StateCode,
    /// One or two words.
    pub(crate) lozenge: String,
    /// Their colour.
    pub(crate) tone: Tone,
    /// What is the matter.
    pub(crate) sentence: String,
    /// Since when.
    pub(crate) since: DateTime<Utc>,
    /// Who must act.
    pub(crate) who_acts: WhoActs,
    /// The button for it.
    #[schema(required)]
    pub(crate) action: Option<StateAction>,
    /// Microsoft's code.
    #[schema(required)]
    pub(crate) error_code: Option<String>,
    /// Microsoft's request or trace id, for support.
    #[schema(required)]
    pub(crate) reference: Option<String>,
    /// Microsoft's correlation id, for support.
    #[schema(required)]
    pub(crate) correlation: Option<String>,
    /// What to copy, to open or to do, for who must act.
    pub(crate) fix: Vec<Fix>,
    /// Whether the owner of the mailbox can end it by a link that is sent to them.
    pub(crate) owner_link: bool,
}

/// Which kind of connection it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Kind {
    /// It receives.
    Source {
        /// Whether its mail has a project to go to.
        has_target: bool,
        /// When the last mail was received.
        last_mail_at: Option<DateTime<Utc>>,
    },
    /// It sends.
    Outbound,
}

/// What the words are made of.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Facts<'a> {
    /// Which kind of connection.
    pub(crate) kind: Kind,
    /// The wire that it speaks.
    pub(crate) protocol: Protocol,
    /// How it is.
    pub(crate) state: ConnectionState,
    /// Since when.
    pub(crate) since: DateTime<Utc>,
    /// Why.
    pub(crate) detail: &'a StateDetail,
    /// Whose sign-in it uses.
    pub(crate) signed_in_as: &'a str,
    /// Whether the tenant brought the app registration of that sign-in.
    pub(crate) own_registration: bool,
    /// What Jira calls who paused it.
    pub(crate) paused_by: Option<&'a str>,
    /// When it last worked.
    pub(crate) last_success_at: Option<DateTime<Utc>>,
    /// Mails that wait in it.
    pub(crate) waiting: i64,
    /// The time that "ago" counts from.
    pub(crate) now: DateTime<Utc>,
}

#[cfg(test)]
mod tests;
