//! From an answer of EWS to an [`MailboxError`]: by response code and status, never by message.

use std::time::Duration;

use chrono::{DateTime, Utc};
use reqwest::StatusCode;
use reqwest::header::{HeaderMap, RETRY_AFTER};
use roxmltree::{Document, Node};

use super::answer::{child, readable, text};
use super::call::Target;
use super::challenge::{is_about_the_token, unauthorized};
use crate::wait::retry_after;
use crate::{ErrorKind, MailboxError, Support, diagnosis};

/// What Exchange complains of, in a SOAP fault or in a response message.
#[derive(Debug, Default, PartialEq, Eq)]
pub(crate) struct Complaint {
    code: Option<String>,
    back_off: Option<Duration>,
}

impl Complaint {
    /// `ResponseCode`, or the one inside of an internal error: a busy store is often reported so.
    pub(crate) fn of_message(message: Node<'_, '_>) -> Self {
        let inner = value(message, "InnerErrorResponseCode");
        let outer = text(message, "ResponseCode").map(|code| code.trim().to_owned());
        let code = match outer {
            Some(code) if code == "ErrorInternalServerError" => inner.or(Some(code)),
            outer => outer,
        };
        Self {
            code,
            back_off: back_off(message),
        }
    }

    /// The response code in the fault's details, or the local part of its `faultcode` where that is one.
    pub(crate) fn of_fault(fault: Node<'_, '_>) -> Self {
        let detailed = child(fault, "detail").and_then(|detail| text(detail, "ResponseCode"));
        let coded = || {
            let code = text(fault, "faultcode")?;
            let local = code.rsplit(':').next().unwrap_or(&code).trim().to_owned();
            local.starts_with("Error").then_some(local)
        };
        Self {
            code: detailed.map(|code| code.trim().to_owned()).or_else(coded),
            back_off: back_off(fault),
        }
    }

    fn of_body(body: &[u8]) -> Option<Self> {
        let body = readable(std::str::from_utf8(body).ok()?);
        let document = Document::parse(&body).ok()?;
        let fault = child(child(document.root_element(), "Body")?, "Fault")?;
        Some(Self::of_fault(fault))
    }
}

fn back_off(node: Node<'_, '_>) -> Option<Duration> {
    let milliseconds = value(node, "BackOffMilliseconds")?;
    milliseconds.parse().ok().map(Duration::from_millis)
}

/// A named `Value` of `MessageXml`.
fn value(node: Node<'_, '_>, name: &str) -> Option<String> {
    node.descendants()
        .find(|node| node.attribute("Name") == Some(name))?
        .text()
        .map(|text| text.trim().to_owned())
}

/// An answer that is not a success.
pub(crate) struct Failure<'a> {
    pub(crate) status: StatusCode,
    pub(crate) headers: &'a HeaderMap,
    pub(crate) support: Support,
    pub(crate) now: DateTime<Utc>,
}

impl Failure<'_> {
    /// An answer whose status says that it failed: a fault, or whatever a proxy wrote.
    pub(crate) fn classify(self, body: &[u8], target: Target) -> MailboxError {
        match Complaint::of_body(body) {
            _ if self.status == StatusCode::UNAUTHORIZED
                || self.status == StatusCode::FORBIDDEN && is_about_the_token(self.headers) =>
            {
                unauthorized(self.headers, self.support)
            }
            Some(complaint) if complaint.code.is_some() => self.of(&complaint, target),
            complaint => self.by_status(complaint.and_then(|complaint| complaint.back_off)),
        }
    }

    /// What was complained of, by its code.
    pub(crate) fn of(mut self, complaint: &Complaint, target: Target) -> MailboxError {
        self.support.code.clone_from(&complaint.code);
        let status = self.status.as_u16();
        let code = complaint.code.as_deref().unwrap_or_default();
        match diagnosis::find(code).map(|row| row.kind) {
            Some(ErrorKind::Throttled) => self.throttled(complaint.back_off),
            Some(ErrorKind::ItemMissing) if target != Target::Item => {
                MailboxError::FolderMissing(self.support)
            }
            Some(kind) => MailboxError::of(kind, status, self.support),
            None if code.is_empty() => MailboxError::Server {
                status,
                support: self.support,
            },
            None => MailboxError::Refused {
                status,
                support: self.support,
            },
        }
    }

    fn by_status(self, back_off: Option<Duration>) -> MailboxError {
        let status = self.status.as_u16();
        match status {
            // EWS is switched off for the organisation, the mailbox or the application: denied rights come as codes.
            403 => MailboxError::Blocked(self.support),
            413 => MailboxError::of(ErrorKind::TooLarge, status, self.support),
            429 | 509 => self.throttled(back_off),
            503 if self.headers.contains_key(RETRY_AFTER) || back_off.is_some() => {
                self.throttled(back_off)
            }
            // 507 is a full mailbox: waiting alone does not empty it.
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

    /// The longer of what the fault and the header ask for.
    fn throttled(self, back_off: Option<Duration>) -> MailboxError {
        MailboxError::Throttled {
            retry_after: back_off.max(retry_after(self.headers, self.now)),
            support: self.support,
        }
    }
}

#[cfg(test)]
mod tests;
