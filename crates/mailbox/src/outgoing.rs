use std::fmt;

use chrono::{DateTime, Utc};
use mail_parser::MessageParser;

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
}

impl Sent {
    pub(crate) fn new(mime: &[u8], sent_id: Option<String>, at: DateTime<Utc>) -> Self {
        let head = MessageParser::default().parse_headers(mime);
        let subject = head.as_ref().and_then(|head| head.subject());
        Self {
            sent_id,
            at,
            subject: subject.unwrap_or_default().trim().to_owned(),
        }
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
