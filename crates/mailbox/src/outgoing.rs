use std::fmt;

use chrono::{DateTime, Utc};
use mail_parser::MessageParser;

use crate::MessageHead;

/// A mail to send.
#[derive(Clone, Copy)]
pub struct Outgoing<'a> {
    /// The whole message, RFC 5322 with MIME.
    pub mime: &'a [u8],
    /// Its `Message-ID`, with or without angle brackets.
    pub message_id: &'a str,
    /// The address in `From`, where it is another than the mailbox: an alias of it.
    pub from: Option<&'a str>,
}

impl fmt::Debug for Outgoing<'_> {
    /// Shows no mail content.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut shown = f.debug_struct("Outgoing");
        shown.field("bytes", &self.mime.len());
        shown
            .field("message_id", &self.message_id)
            .finish_non_exhaustive()
    }
}

/// A mail that Microsoft took; taken is not yet delivered.
#[derive(Clone, PartialEq, Eq)]
pub struct Sent {
    /// The immutable id that it has in Sent Items, where it is known.
    pub sent_id: Option<String>,
    /// When it was handed over.
    pub at: DateTime<Utc>,
    pub(crate) subject: String,
    pub(crate) from: Option<String>,
}

impl Sent {
    pub(crate) fn new(outgoing: &Outgoing<'_>, sent_id: Option<String>, at: DateTime<Utc>) -> Self {
        let head = MessageParser::default().parse_headers(outgoing.mime);
        let subject = head.as_ref().and_then(|head| head.subject());
        Self {
            sent_id,
            at,
            subject: subject.unwrap_or_default().trim().to_owned(),
            from: outgoing.from.map(str::to_lowercase),
        }
    }

    /// Whether a message of Sent Items can be this one, by what both show.
    pub(crate) fn looks_like(&self, head: &MessageHead) -> bool {
        let from = head.from.as_ref().map(|from| from.address.to_lowercase());
        let same_from = self.from.is_none() || from.is_none() || self.from == from;
        same_from && head.subject.as_deref().unwrap_or_default().trim() == self.subject
    }
}

impl fmt::Debug for Sent {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut shown = f.debug_struct("Sent");
        shown
            .field("sent_id", &self.sent_id)
            .field("at", &self.at)
            .finish_non_exhaustive()
    }
}
