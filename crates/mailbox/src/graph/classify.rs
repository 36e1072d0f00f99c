//! From Graph's answer to a [`GraphError`]: by status and code, case-insensitively, never by message.

use chrono::{DateTime, Utc};
use reqwest::StatusCode;
use reqwest::header::{HeaderMap, RETRY_AFTER};
use serde_json::Value;

use super::error::GraphError;
use crate::Support;
use crate::challenge::claims;
use crate::wait::retry_after;

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
    pub(crate) fn classify(mut self, target: Target, now: DateTime<Utc>) -> GraphError {
        self.support.code = error_code(self.body);
        let code = self
            .support
            .code
            .clone()
            .unwrap_or_default()
            .to_ascii_lowercase();
        if target == Target::Delta && lost_delta(self.status, &code) {
            return GraphError::Resync(self.support);
        }
        match by_code(&code, target) {
            Some(Class::Throttled) => self.throttled(now),
            Some(class) => class.with(self.support),
            None => self.by_status(target, now),
        }
    }

    fn by_status(self, target: Target, now: DateTime<Utc>) -> GraphError {
        let status = self.status.as_u16();
        match status {
            401 => self.unauthorized(),
            403 => GraphError::AccessDenied(self.support),
            404 | 410 => match target {
                Target::Mailbox => GraphError::MailboxMissing(self.support),
                Target::Folder | Target::Delta => GraphError::FolderMissing(self.support),
                Target::Item => GraphError::ItemMissing(self.support),
            },
            413 => Class::TooLarge.with(self.support),
            429 | 509 => self.throttled(now),
            503 if self.headers.contains_key(RETRY_AFTER) => self.throttled(now),
            // 507 is a full mailbox: waiting alone does not empty it.
            500..=506 | 508 | 510..=599 => GraphError::Server {
                status,
                support: self.support,
            },
            _ => GraphError::Refused {
                status,
                support: self.support,
            },
        }
    }

    fn throttled(self, now: DateTime<Utc>) -> GraphError {
        GraphError::Throttled {
            retry_after: retry_after(self.headers, now),
            support: self.support,
        }
    }

    fn unauthorized(self) -> GraphError {
        match claims(self.headers) {
            Some(claims) => GraphError::Claims {
                claims,
                support: self.support,
            },
            None => GraphError::Unauthorized(self.support),
        }
    }
}

#[derive(Clone, Copy)]
enum Class {
    AccessDenied,
    SendAsDenied,
    MailboxMissing,
    ItemMissing,
    FolderMissing,
    Throttled,
    TooLarge,
}

impl Class {
    fn with(self, support: Support) -> GraphError {
        match self {
            Self::AccessDenied => GraphError::AccessDenied(support),
            Self::SendAsDenied => GraphError::SendAsDenied(support),
            Self::MailboxMissing => GraphError::MailboxMissing(support),
            Self::ItemMissing => GraphError::ItemMissing(support),
            Self::FolderMissing => GraphError::FolderMissing(support),
            Self::Throttled => GraphError::Throttled {
                retry_after: None,
                support,
            },
            Self::TooLarge => GraphError::TooLarge { limit: 0, support },
        }
    }
}

fn by_code(code: &str, target: Target) -> Option<Class> {
    Some(match code {
        "erroraccessdenied" | "accessdenied" | "authorization_requestdenied" => Class::AccessDenied,
        "errorsendasdenied" => Class::SendAsDenied,
        "mailboxnotenabledforrestapi"
        | "errorinvaliduser"
        | "resourcenotfound"
        | "request_resourcenotfound"
        | "errornonexistentmailbox" => Class::MailboxMissing,
        "errorfoldernotfound" | "errorsyncfoldernotfound" => Class::FolderMissing,
        "erroritemnotfound" | "errorinvalididmalformed" | "errorinvalidid" => match target {
            Target::Item => Class::ItemMissing,
            _ => Class::FolderMissing,
        },
        "applicationthrottled"
        | "activitylimitreached"
        | "toomanyrequests"
        | "errorserverbusy"
        | "errortoomanyobjectsopened" => Class::Throttled,
        "errormessagesizeexceeded" => Class::TooLarge,
        _ => return None,
    })
}

fn lost_delta(status: StatusCode, code: &str) -> bool {
    const LOST: [&str; 3] = [
        "syncstatenotfound",
        "resyncrequired",
        "invalidsyncstatedata",
    ];
    status == StatusCode::GONE || status.is_client_error() && LOST.contains(&code)
}

fn error_code(body: &[u8]) -> Option<String> {
    let body: Value = serde_json::from_slice(body).ok()?;
    body.pointer("/error/code")?.as_str().map(str::to_owned)
}

#[cfg(test)]
mod tests;
