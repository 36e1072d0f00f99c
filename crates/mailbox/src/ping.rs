use serde::Serialize;

use crate::{Fix, MailboxError, Names, WhoActs};

mod prove;

/// What a ping shall prove.
#[derive(Clone, Copy, Debug)]
pub struct PingRequest<'a> {
    /// Scopes that the grant carries, as Microsoft returned them.
    pub granted: &'a [String],
    /// The folder that the connection reads: a well-known name such as `inbox`, or an id.
    pub folder: &'a str,
    /// Prove that mail can be read.
    pub read: bool,
    /// Prove that mail can be changed (marked read, moved).
    pub write: bool,
    /// Prove, as far as possible without sending, that mail can be sent as this mailbox.
    pub send: bool,
}

/// The rights that a ping proves one by one.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum RightName {
    /// Microsoft accepts the access token.
    Token,
    /// The mailbox and the folder exist and open.
    Mailbox,
    /// Mail can be listed.
    Read,
    /// Mail can be created, changed and deleted.
    Write,
    /// Mail can be sent.
    Send,
}

impl RightName {
    /// The name that a person reads.
    pub fn label(self) -> &'static str {
        match self {
            Self::Token => "Sign-in",
            Self::Mailbox => "Mailbox",
            Self::Read => "Read mail",
            Self::Write => "Change mail",
            Self::Send => "Send mail",
        }
    }
}

/// What a ping learned about one right.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Right {
    /// Which right.
    pub right: RightName,
    /// Its name for a person.
    pub label: String,
    /// Proven. False also when it was skipped.
    pub ok: bool,
    /// One sentence: what was proven, or what went wrong.
    pub detail: String,
    /// What the person can do about it.
    pub action: Option<String>,
    /// Who has to act, where it is missing.
    pub who_acts: Option<WhoActs>,
    /// The exact steps to mend it, in their order.
    pub fix: Vec<Fix>,
    /// Not tried, because it is not needed or because an earlier right is missing.
    pub skipped: bool,
}

/// What a ping found.
#[derive(Debug)]
pub struct Pinged {
    /// All five rights, in order.
    pub rights: Vec<Right>,
    /// Why the first missing right is missing: what it says about the connection.
    pub failure: Option<MailboxError>,
}

impl Pinged {
    /// Whether every right that the connection needs is there.
    pub fn is_ok(&self) -> bool {
        all_proven(&self.rights)
    }
}

impl Right {
    /// A right that was proven.
    pub fn proven(right: RightName, detail: impl Into<String>) -> Self {
        Self::new(right, true, detail.into(), false)
    }

    /// A right that is missing. Also for callers that could not even get a token.
    pub fn missing(right: RightName, detail: impl Into<String>, action: Option<String>) -> Self {
        Self {
            action,
            ..Self::new(right, false, detail.into(), false)
        }
    }

    /// A right that was not tried.
    pub fn skipped(right: RightName, detail: impl Into<String>) -> Self {
        Self::new(right, false, detail.into(), true)
    }

    /// A right that was not tried because an earlier one is missing.
    pub fn blocked(right: RightName) -> Self {
        Self::skipped(right, "Not tried, because an earlier check failed.")
    }

    /// A right that is missing because of this failure, with its way out.
    pub fn failed(right: RightName, error: &MailboxError, names: &Names<'_>) -> Self {
        let row = error.explain();
        // Support's numbers stand at the end of the sentence.
        let sentence = row.meaning(names);
        let detail = match (error.code(), error.request_id()) {
            (None, None) => sentence,
            (Some(code), None) => format!("{sentence} ({code})"),
            (None, Some(id)) => format!("{sentence} (request {id})"),
            (Some(code), Some(id)) => format!("{sentence} ({code}, request {id})"),
        };
        Self {
            who_acts: Some(row.who),
            fix: row.fixes.iter().map(|fix| fix.fill(names)).collect(),
            ..Self::missing(right, detail, Some(row.way_out(names)))
        }
    }

    fn new(right: RightName, ok: bool, detail: String, skipped: bool) -> Self {
        Self {
            right,
            label: right.label().to_owned(),
            ok,
            detail,
            action: None,
            who_acts: None,
            fix: Vec::new(),
            skipped,
        }
    }
}

/// Whether every right that the connection needs is there.
pub fn all_proven(rights: &[Right]) -> bool {
    rights.iter().all(|right| right.ok || right.skipped)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_missing_right_spoils_the_ping_and_a_skipped_one_does_not() {
        let read = Right::proven(RightName::Read, "fine");
        let send = Right::skipped(RightName::Send, "not needed");
        let write = Right::missing(RightName::Write, "denied", None);
        assert!(all_proven(&[read.clone(), send.clone()]));
        assert!(!all_proven(&[read, send, write]));
    }
}
