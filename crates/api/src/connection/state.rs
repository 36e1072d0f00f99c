//! A state in words: what is the matter, since when, who acts, and the button for it.

use chrono::{DateTime, Utc};
use postroom_registry::connection::{self, ConnectionState, StateDetail};
use serde::Serialize;
use utoipa::ToSchema;

use super::{ago, day, thousands};
use crate::routes::vocabulary::words;

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
    /// Microsoft's request id, for support.
    #[schema(required)]
    pub(crate) reference: Option<String>,
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
    /// How it is.
    pub(crate) state: ConnectionState,
    /// Since when.
    pub(crate) since: DateTime<Utc>,
    /// Why.
    pub(crate) detail: &'a StateDetail,
    /// Whose sign-in it uses.
    pub(crate) signed_in_as: &'a str,
    /// When it last worked.
    pub(crate) last_success_at: Option<DateTime<Utc>>,
    /// Mails that wait in it.
    pub(crate) waiting: i64,
    /// The time that "ago" counts from.
    pub(crate) now: DateTime<Utc>,
}

/// Says a state in words.
pub(crate) fn describe(facts: &Facts<'_>) -> State {
    use ConnectionState as S;
    let (code, lozenge, tone, who, action) = match facts.state {
        S::WaitingForApproval => (
            StateCode::WaitingForApproval,
            "Waiting for approval",
            Tone::InProgress,
            WhoActs::MicrosoftAdministrator,
            Some(StateAction::Ping),
        ),
        S::Active if needs_target(facts) => (
            StateCode::NeedsTarget,
            "Needs a project",
            Tone::InProgress,
            WhoActs::You,
            Some(StateAction::SetTarget),
        ),
        S::Active => (
            StateCode::Active,
            "Active",
            Tone::Success,
            WhoActs::Nobody,
            Some(StateAction::Ping),
        ),
        S::Slowed => (
            StateCode::Slowed,
            "Slowed down",
            Tone::Moved,
            WhoActs::Nobody,
            None,
        ),
        S::Retrying => (
            StateCode::Retrying,
            "Retrying",
            Tone::Moved,
            WhoActs::Nobody,
            None,
        ),
        S::NeedsSignIn => (
            StateCode::NeedsSignIn,
            "Needs sign-in",
            Tone::Removed,
            stored(facts, WhoActs::MailboxOwner),
            Some(StateAction::SignIn),
        ),
        S::Refused => (
            StateCode::Refused,
            "Refused",
            Tone::Removed,
            stored(facts, WhoActs::MicrosoftAdministrator),
            Some(StateAction::Ping),
        ),
        S::Ours => (
            StateCode::Ours,
            "Our problem",
            Tone::Removed,
            WhoActs::Us,
            None,
        ),
        S::Paused => (
            StateCode::Paused,
            "Paused",
            Tone::Default,
            WhoActs::You,
            Some(StateAction::Resume),
        ),
    };
    State {
        code,
        lozenge: lozenge.to_owned(),
        tone,
        sentence: sentence(facts),
        since: facts.since,
        who_acts: who,
        action,
        error_code: facts.detail.error_code.clone(),
        reference: facts.detail.reference.clone(),
    }
}

fn needs_target(facts: &Facts<'_>) -> bool {
    matches!(
        facts.kind,
        Kind::Source {
            has_target: false,
            ..
        }
    )
}

fn stored(facts: &Facts<'_>, otherwise: WhoActs) -> WhoActs {
    facts.detail.who_acts.map_or(otherwise, WhoActs::from)
}

fn sentence(facts: &Facts<'_>) -> String {
    use ConnectionState as S;
    let detail = facts.detail;
    match facts.state {
        S::WaitingForApproval => {
            "Your Microsoft administrator has to approve Postroom. We look every few minutes."
                .to_owned()
        }
        S::Active if needs_target(facts) => {
            and_waiting("Choose where its mail goes.".to_owned(), facts)
        }
        S::Active => active(facts),
        S::Slowed => match detail.until {
            Some(until) => format!(
                "Microsoft asks us to wait until {}.",
                until.format("%H:%M UTC")
            ),
            None => "Microsoft asks us to slow down. We go on by ourselves.".to_owned(),
        },
        S::Retrying => format!(
            "Microsoft does not answer since {}. We go on trying; nothing is lost.",
            facts.since.format("%H:%M UTC"),
        ),
        S::NeedsSignIn => and_waiting(ended(facts), facts),
        S::Refused => {
            let meaning = detail
                .meaning
                .as_deref()
                .unwrap_or("Exchange does not let Postroom open this mailbox.");
            let way_out = detail.way_out.as_deref().unwrap_or_default();
            and_waiting(format!("{meaning} {way_out}").trim_end().to_owned(), facts)
        }
        S::Ours => {
            "The sign-in with Microsoft is out of order on our side. You need not do anything."
                .to_owned()
        }
        S::Paused => and_waiting(format!("Paused on {}.", day(facts.since)), facts),
    }
}

fn active(facts: &Facts<'_>) -> String {
    let checked = facts.last_success_at.map(|at| ago(at, facts.now));
    match (facts.kind, checked) {
        (
            Kind::Source {
                last_mail_at: Some(mail),
                ..
            },
            Some(checked),
        ) => {
            format!("Last mail {}. Checked {checked}.", ago(mail, facts.now))
        }
        (Kind::Source { .. }, Some(checked)) => format!("No mail yet. Checked {checked}."),
        (Kind::Source { .. }, None) => "Connected. The first check is on its way.".to_owned(),
        (Kind::Outbound, Some(checked)) => format!("Ready to send. It last worked {checked}."),
        (Kind::Outbound, None) => "Ready to send.".to_owned(),
    }
}

fn ended(facts: &Facts<'_>) -> String {
    let who = facts.signed_in_as;
    let when = day(facts.since);
    match facts.detail.meaning.as_deref() {
        Some(meaning) => format!(
            "The sign-in of {who} ended on {when}: {}",
            lower_first(meaning)
        ),
        None => format!("Microsoft ended the sign-in of {who} on {when}."),
    }
}

fn lower_first(sentence: &str) -> String {
    let proper = ["Microsoft", "Exchange", "Postroom", "Entra"];
    let mut letters = sentence.chars();
    match letters.next() {
        Some(first) if !proper.iter().any(|name| sentence.starts_with(name)) => {
            first.to_lowercase().chain(letters).collect()
        }
        _ => sentence.to_owned(),
    }
}

fn and_waiting(sentence: String, facts: &Facts<'_>) -> String {
    match facts.waiting {
        0 => sentence,
        1 => format!("{sentence} 1 mail is waiting."),
        waiting => format!("{sentence} {} mails are waiting.", thousands(waiting)),
    }
}

#[cfg(test)]
mod tests;
