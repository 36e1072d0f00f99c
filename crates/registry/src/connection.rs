//! What sources and outbounds have in common: a state that says who must act.

use chrono::{DateTime, Utc};
use sea_orm::FromJsonQueryResult;
use serde::{Deserialize, Serialize};

use crate::vocabulary::vocabulary;

pub mod life;

pub use life::{Event, Verdict};

vocabulary! {
    /// How a connection is.
    ConnectionState {
        /// The Microsoft administrator has to approve.
        WaitingForApproval = "waiting_for_approval",
        /// Well.
        Active = "active",
        /// Microsoft asked us to wait.
        Slowed = "slowed",
        /// Microsoft does not answer.
        Retrying = "retrying",
        /// The sign-in ended; its owner must sign in again.
        NeedsSignIn = "needs_sign_in",
        /// Exchange does not let us.
        Refused = "refused",
        /// Our own registration is out of order.
        Ours = "ours",
        /// A person paused it.
        Paused = "paused",
    }
}

vocabulary! {
    /// The wire that a connection speaks.
    Protocol {
        /// Microsoft Graph.
        Graph = "graph",
        /// Exchange Web Services: on its way out in Exchange Online.
        Ews = "ews",
    }
}

vocabulary! {
    /// Which of the two kinds of connection.
    ConnectionKind {
        /// Receives.
        Source = "source",
        /// Sends.
        Outbound = "outbound",
    }
}

vocabulary! {
    /// What a way out is made of.
    FixKind {
        /// A command to copy, e.g. for Exchange Online PowerShell.
        Command = "command",
        /// A page to open.
        Link = "link",
        /// Something to do, in words.
        Step = "step",
    }
}

/// One exact step out of a state, for whoever must take it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Fix {
    /// What it is.
    pub kind: FixKind,
    /// What it is for, in a few words.
    pub label: String,
    /// What to copy or to do.
    pub text: String,
    /// What to open.
    #[serde(default)]
    pub url: Option<String>,
}

vocabulary! {
    /// Who must act to end a state.
    WhoActs {
        /// The administrator who reads it.
        You = "you",
        /// The owner of the mailbox.
        MailboxOwner = "mailbox_owner",
        /// The administrator of the directory or of Exchange.
        MicrosoftAdministrator = "microsoft_administrator",
        /// It ends by itself.
        Nobody = "nobody",
        /// The operator of Postroom.
        Us = "us",
    }
}

/// Why a connection is in its state. Kept as JSON beside it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, FromJsonQueryResult)]
#[serde(default)]
pub struct StateDetail {
    /// Microsoft's code, e.g. `AADSTS50173` or `ErrorAccessDenied`.
    pub error_code: Option<String>,
    /// What it means, for an administrator.
    pub meaning: Option<String>,
    /// What to do.
    pub way_out: Option<String>,
    /// Who must do it.
    pub who_acts: Option<WhoActs>,
    /// Microsoft's request or trace id, for support.
    pub reference: Option<String>,
    /// Microsoft's correlation id: ties what its logs say of one attempt together.
    pub correlation: Option<String>,
    /// The exact steps out, in their order.
    pub fix: Vec<Fix>,
    /// When it ends by itself.
    pub until: Option<DateTime<Utc>>,
    /// The account that paused it.
    pub paused_by: Option<String>,
}
