use postroom_registry::connection::{ConnectionState, Protocol, StateDetail};

use super::{
    super::{ago, day, thousands},
    Facts, Fix, Kind, State, StateAction, StateCode, Tone, WhoActs,
};

/// Microsoft's codes for a folder that is not there any more (*Microsoft Graph error responses*, *ResponseCode* of EWS).
const FOLDER_IS_GONE: [&str; 6] = [
    "ErrorFolderNotFound",
    "ErrorInvalidIdMalformed",
    "ErrorItemNotFound",
    "ErrorParentFolderNotFound",
    "ErrorSyncFolderNotFound",
    "ErrorToFolderNotFound",
];

/// A state's code, its word and its colour.
pub(in crate::connection) fn look(state: ConnectionState) -> (StateCode, &'static str, Tone) {
    use ConnectionState as S;
    match state {
        S::WaitingForApproval => (
            StateCode::WaitingForApproval,
            "Waiting for approval",
            Tone::InProgress,
        ),
        S::Active => (StateCode::Active, "Active", Tone::Success),
        S::Slowed => (StateCode::Slowed, "Slowed down", Tone::Moved),
        S::Retrying => (StateCode::Retrying, "Retrying", Tone::Moved),
        S::NeedsSignIn => (StateCode::NeedsSignIn, "Needs sign-in", Tone::Removed),
        S::Refused => (StateCode::Refused, "Refused", Tone::Removed),
        S::Ours => (StateCode::Ours, "Our problem", Tone::Removed),
        S::Paused => (StateCode::Paused, "Paused", Tone::Default),
    }
}

/// Says a state in words.
pub(crate) fn describe(facts: &Facts<'_>) -> State {
    let (code, lozenge, tone) = match facts.state {
        ConnectionState::Active if needs_target(facts) => {
            (StateCode::NeedsTarget, "Needs a project", Tone::InProgress)
        }
        ConnectionState::Ours if facts.own_registration => {
            (StateCode::Ours, "Registration", Tone::Removed)
        }
        state => look(state),
    };
    State {
        code,
        lozenge: lozenge.to_owned(),
        tone,
        sentence: sentence(facts),
        since: facts.since,
        who_acts: who_acts(facts),
        action: action(facts),
        error_code: facts.detail.error_code.clone(),
        reference: facts.detail.reference.clone(),
        correlation: facts.detail.correlation.clone(),
        fix: facts.detail.fix.iter().map(Fix::from).collect(),
        owner_link: facts.state == ConnectionState::NeedsSignIn,
    }
}

fn who_acts(facts: &Facts<'_>) -> WhoActs {
    use ConnectionState as S;
    let stored = |otherwise| facts.detail.who_acts.map_or(otherwise, WhoActs::from);
    match facts.state {
        S::WaitingForApproval => WhoActs::MicrosoftAdministrator,
        S::Active if needs_target(facts) => WhoActs::You,
        S::Active | S::Slowed | S::Retrying => WhoActs::Nobody,
        S::NeedsSignIn => stored(WhoActs::MailboxOwner),
        S::Refused => stored(WhoActs::MicrosoftAdministrator),
        // What is out of order is the tenant's own.
        S::Ours if facts.own_registration => WhoActs::You,
        S::Ours => WhoActs::Us,
        S::Paused => WhoActs::You,
    }
}

fn action(facts: &Facts<'_>) -> Option<StateAction> {
    use ConnectionState as S;
    match facts.state {
        S::WaitingForApproval => Some(StateAction::AskApproval),
        S::Active if needs_target(facts) => Some(StateAction::SetTarget),
        S::Active => Some(StateAction::Ping),
        S::Slowed | S::Retrying => None,
        S::NeedsSignIn => Some(StateAction::SignIn),
        S::Refused => Some(after_refusal(facts)),
        S::Ours => facts.own_registration.then_some(StateAction::Ping),
        S::Paused => Some(StateAction::Resume),
    }
}

/// A refusal that the reader of this page can end has its own button.
fn after_refusal(facts: &Facts<'_>) -> StateAction {
    let code = facts.detail.error_code.as_deref().unwrap_or_default();
    match facts.kind {
        Kind::Source { .. } if FOLDER_IS_GONE.contains(&code) => StateAction::ChooseFolder,
        _ if facts.protocol == Protocol::Ews && !code.starts_with("Error") => {
            StateAction::MoveToGraph
        }
        _ => StateAction::Ping,
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

fn sentence(facts: &Facts<'_>) -> String {
    use ConnectionState as S;
    let detail = facts.detail;
    match facts.state {
        S::WaitingForApproval => {
            let asks =
                "Your Microsoft administrator has to approve Postroom. We look every few minutes.";
            and_waiting(asks.to_owned(), facts)
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
        S::Retrying => retrying(facts),
        S::NeedsSignIn => and_waiting(ended(facts), facts),
        S::Refused => {
            let otherwise = "Exchange does not let Postroom open this mailbox.";
            and_waiting(meaning_and_way_out(detail, otherwise), facts)
        }
        S::Ours if facts.own_registration => {
            let otherwise = "Microsoft does not accept the app registration of your organisation.";
            and_waiting(meaning_and_way_out(detail, otherwise), facts)
        }
        S::Ours => {
            "The sign-in with Microsoft is out of order on our side. You need not do anything."
                .to_owned()
        }
        S::Paused => and_waiting(paused(facts), facts),
    }
}

fn meaning_and_way_out(detail: &StateDetail, otherwise: &str) -> String {
    let meaning = detail.meaning.as_deref().unwrap_or(otherwise);
    let way_out = detail.way_out.as_deref().unwrap_or_default();
    format!("{meaning} {way_out}").trim_end().to_owned()
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

/// The day is said, too, when it was another.
fn retrying(facts: &Facts<'_>) -> String {
    let since = match facts.since.date_naive() == facts.now.date_naive() {
        true => facts.since.format("%H:%M UTC").to_string(),
        false => format!("{}, {}", day(facts.since), facts.since.format("%H:%M UTC")),
    };
    format!("Microsoft does not answer since {since}. We go on trying; nothing is lost.")
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

fn paused(facts: &Facts<'_>) -> String {
    let when = day(facts.since);
    match facts.paused_by {
        Some(name) => format!("Paused by {name} on {when}."),
        None => format!("Paused on {when}."),
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
