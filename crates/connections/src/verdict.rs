//! What a failure says about the connection that met it.

use std::sync::LazyLock;

use postroom_azure_oauth::{self as oauth, Class, Clouds, Diagnosis, GrantError};
use postroom_mailbox::{self as mailbox, ErrorKind, MailboxError};
use postroom_registry::connection::{ConnectionState, Fix, FixKind, StateDetail, Verdict, WhoActs};

use crate::{Circumstances, Failure};

/// Where administrators of each cloud find their pages.
static CLOUDS: LazyLock<Option<Clouds>> = LazyLock::new(|| Clouds::known().ok());

impl Failure {
    /// What it says about the connection. `None`: nothing; it is our own book's, or one message's.
    pub fn verdict(&self, circumstances: &Circumstances<'_>) -> Option<Verdict> {
        match self {
            Self::Grant(error) => of_grant(error, circumstances),
            Self::Mailbox(error) => of_mailbox(error, circumstances),
            Self::Registry(_) => None,
        }
    }
}

fn of_grant(error: &GrantError, circumstances: &Circumstances<'_>) -> Option<Verdict> {
    let Some(diagnosis) = error.diagnosis() else {
        return match error {
            // Of an app registration that the tenant brought: the service's own is read when it starts.
            GrantError::Certificate(_) => Some(Verdict {
                state: ConnectionState::Refused,
                detail: StateDetail {
                    meaning: Some(
                        "The certificate of the app registration cannot be read.".to_owned(),
                    ),
                    way_out: Some("Give the app registration its certificate again.".to_owned()),
                    who_acts: Some(WhoActs::You),
                    ..StateDetail::default()
                },
            }),
            _ => None,
        };
    };
    let detail = StateDetail {
        fix: fixes(&diagnosis, circumstances),
        error_code: Some(diagnosis.code.clone()),
        meaning: Some(diagnosis.meaning.clone()),
        way_out: Some(diagnosis.way_out.clone()),
        who_acts: Some(of_oauth(diagnosis.who_acts)),
        reference: error.trace_id().map(str::to_owned),
        correlation: error.correlation_id().map(str::to_owned),
        ..StateDetail::default()
    };
    let state = state_of(&diagnosis);
    Some(Verdict { state, detail })
}

fn state_of(diagnosis: &Diagnosis) -> ConnectionState {
    match diagnosis.class {
        Class::Ours => ConnectionState::Ours,
        Class::Nobody => ConnectionState::Retrying,
        Class::Theirs if diagnosis.needs_admin_consent => ConnectionState::WaitingForApproval,
        Class::Theirs if diagnosis.transient => ConnectionState::Retrying,
        Class::Theirs if diagnosis.needs_sign_in => ConnectionState::NeedsSignIn,
        // Somebody changes something at Microsoft, and the grant lives on.
        Class::Theirs => ConnectionState::Refused,
    }
}

fn fixes(diagnosis: &Diagnosis, circumstances: &Circumstances<'_>) -> Vec<Fix> {
    let Some(clouds) = CLOUDS.as_ref() else {
        return Vec::new();
    };
    diagnosis.fixes(&oauth::Place {
        cloud: circumstances.cloud,
        endpoints: clouds.of(circumstances.cloud),
        client_id: circumstances.client_id,
        signer: circumstances.signer,
    })
}

pub(crate) fn of_mailbox(
    error: &MailboxError,
    circumstances: &Circumstances<'_>,
) -> Option<Verdict> {
    use ErrorKind as K;
    let kind = error.kind();
    if kind.is_of_one_message() {
        return None;
    }
    let state = match kind {
        K::Unauthorized | K::ScopeMissing | K::Claims => ConnectionState::NeedsSignIn,
        K::WrongResource => ConnectionState::Ours,
        K::Blocked
        | K::AccessDenied
        | K::SendAsDenied
        | K::MailboxMissing
        | K::FolderMissing
        | K::MailboxFull => ConnectionState::Refused,
        K::Throttled => ConnectionState::Slowed,
        K::Server | K::Unreachable => ConnectionState::Retrying,
        K::ItemMissing | K::Resync | K::Conflict | K::TooLarge | K::Refused => return None,
    };
    let (row, names) = (error.explain(), circumstances.names());
    let detail = StateDetail {
        error_code: error.code().map(str::to_owned),
        meaning: Some(row.meaning(&names)),
        way_out: Some(row.way_out(&names)),
        who_acts: Some(of_mailboxes(row.who)),
        reference: error.request_id().map(str::to_owned),
        fix: row
            .fixes
            .iter()
            .map(|fix| stored(fix.fill(&names)))
            .collect(),
        ..StateDetail::default()
    };
    Some(Verdict { state, detail })
}

/// The three crates have the same words and do not know each other's.
fn of_oauth(who: oauth::WhoActs) -> WhoActs {
    match who {
        oauth::WhoActs::You => WhoActs::You,
        oauth::WhoActs::MailboxOwner => WhoActs::MailboxOwner,
        oauth::WhoActs::MicrosoftAdministrator => WhoActs::MicrosoftAdministrator,
        oauth::WhoActs::Nobody => WhoActs::Nobody,
        oauth::WhoActs::Us => WhoActs::Us,
    }
}

fn of_mailboxes(who: mailbox::WhoActs) -> WhoActs {
    match who {
        mailbox::WhoActs::You => WhoActs::You,
        mailbox::WhoActs::MailboxOwner => WhoActs::MailboxOwner,
        mailbox::WhoActs::MicrosoftAdministrator => WhoActs::MicrosoftAdministrator,
        mailbox::WhoActs::Nobody => WhoActs::Nobody,
        mailbox::WhoActs::Us => WhoActs::Us,
    }
}

fn stored(fix: mailbox::Fix) -> Fix {
    Fix {
        kind: match fix.kind {
            mailbox::FixKind::Command => FixKind::Command,
            mailbox::FixKind::Link => FixKind::Link,
            mailbox::FixKind::Step => FixKind::Step,
        },
        label: fix.label,
        text: fix.text,
        url: fix.url,
    }
}

/// The first right of a ping whose sign-in gave no token.
pub(crate) fn missing_token(verdict: &Verdict) -> mailbox::Right {
    let detail = &verdict.detail;
    let meaning = detail.meaning.as_deref();
    let meaning = meaning.unwrap_or("Microsoft does not accept the sign-in.");
    let said = match &detail.error_code {
        Some(code) => format!("{meaning} ({code})"),
        None => meaning.to_owned(),
    };
    mailbox::Right {
        who_acts: detail.who_acts.map(for_ping),
        fix: detail.fix.iter().cloned().map(told).collect(),
        ..mailbox::Right::missing(mailbox::RightName::Token, said, detail.way_out.clone())
    }
}

fn for_ping(who: WhoActs) -> mailbox::WhoActs {
    match who {
        WhoActs::You => mailbox::WhoActs::You,
        WhoActs::MailboxOwner => mailbox::WhoActs::MailboxOwner,
        WhoActs::MicrosoftAdministrator => mailbox::WhoActs::MicrosoftAdministrator,
        WhoActs::Nobody => mailbox::WhoActs::Nobody,
        WhoActs::Us => mailbox::WhoActs::Us,
    }
}

fn told(fix: Fix) -> mailbox::Fix {
    mailbox::Fix {
        kind: match fix.kind {
            FixKind::Command => mailbox::FixKind::Command,
            FixKind::Link => mailbox::FixKind::Link,
            FixKind::Step => mailbox::FixKind::Step,
        },
        label: fix.label,
        text: fix.text,
        url: fix.url,
    }
}

#[cfg(test)]
mod tests;
