//! From Graph's answer to a [`MailboxError`]: by status and code, case-insensitively, never by message.

use chrono::{DateTime, Utc};
use reqwest::StatusCode;
use reqwest::header::{HeaderMap, RETRY_AFTER};
use serde_json::Value;

use crate::challenge::claims;
use crate::wait::retry_after;
use crate::{ErrorKind, MailboxError, Support, diagnosis};

/// What the failed call was about: the same 404 means another thing for a folder than for a message.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Target {
    Mailbox,
    Folder,
    Delta,
    Item,
}

/// An answer that is not a success.
pub(crate) struct Failure<'a> {
    pub(crate) status: StatusCode,
    pub(crate) headers: &'a HeaderMap,
    pub(crate) body: &'a [u8],
    pub(crate) support: Support,
}

impl Failure<'_> {
    pub(crate) fn classify(mut self, target: Target, now: DateTime<Utc>) -> MailboxError {
        self.support.code = error_code(self.body);
        let code = self.support.code.clone().unwrap_or_default();
        if target == Target::Delta && lost_delta(self.status, &code) {
            return MailboxError::Resync(self.support);
        }
        match by_code(&code, target) {
            Some(ErrorKind::Throttled) => self.throttled(now),
            Some(kind) => MailboxError::of(kind, self.status.as_u16(), self.support),
            None => self.by_status(target, now),
        }
    }

    fn by_status(self, target: Target, now: DateTime<Utc>) -> MailboxError {
        let status = self.status.as_u16();
        match status {
            401 => self.unauthorized(),
            403 => MailboxError::AccessDenied(self.support),
            404 | 410 => match target {
                Target::Mailbox => MailboxError::MailboxMissing(self.support),
                Target::Folder | Target::Delta => MailboxError::FolderMissing(self.support),
                Target::Item => MailboxError::ItemMissing(self.support),
            },
            413 => MailboxError::of(ErrorKind::TooLarge, status, self.support),
            429 | 509 => self.throttled(now),
            503 if self.headers.contains_key(RETRY_AFTER) => self.throttled(now),
            // A full mailbox: waiting alone does not empty it.
            507 => MailboxError::MailboxFull(self.support),
            500..=599 => MailboxError::Server {
                status,
                support: self.support,
            },
            _ => MailboxError::Refused {
                status,
                support: self.support,
            },
        }
    }

    fn throttled(self, now: DateTime<Utc>) -> MailboxError {
        MailboxError::Throttled {
            retry_after: retry_after(self.headers, now),
            support: self.support,
        }
    }

    fn unauthorized(mut self) -> MailboxError {
        match claims(self.headers) {
            Some(claims) => {
                self.support.code = Some("insufficient_claims".to_owned());
                MailboxError::Claims {
                    claims,
                    support: self.support,
                }
            }
            None => MailboxError::Unauthorized(self.support),
        }
    }
}

/// What a code comes down to, for what the call was about.
fn by_code(code: &str, target: Target) -> Option<ErrorKind> {
    match diagnosis::find(code)?.kind {
        ErrorKind::ItemMissing if target != Target::Item => Some(ErrorKind::FolderMissing),
        // A 400 or a 5xx says as much by its status, and keeps it.
        ErrorKind::Resync | ErrorKind::Refused | ErrorKind::Server => None,
        // These come with headers that say more.
        ErrorKind::Unauthorized | ErrorKind::Claims => None,
        kind => Some(kind),
    }
}

fn lost_delta(status: StatusCode, code: &str) -> bool {
    let lost = diagnosis::find(code).is_some_and(|row| row.kind == ErrorKind::Resync);
    status == StatusCode::GONE || status.is_client_error() && lost
}

fn error_code(body: &[u8]) -> Option<String> {
    let body: Value = serde_json::from_slice(body).ok()?;
    body.pointer("/error/code")?.as_str().map(str::to_owned)
}

#[cfg(test)]
mod tests;
