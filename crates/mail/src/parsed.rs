//! What a mail says, field by field.

mod assemble;
mod attach;
mod body;
mod file_name;
mod people;

use std::fmt;

use chrono::{DateTime, Utc};

use crate::{Address, Attachment, Automatic, Problem};

/// A mail, understood. Everything that could not be read is in [`problems`](Self::problems).
#[derive(Clone, PartialEq)]
pub struct ParsedMail {
    /// Message-ID without `<>`.
    pub message_id: Option<String>,
    /// The ids of In-Reply-To, without `<>`, in order.
    pub in_reply_to: Vec<String>,
    /// The ids of References, without `<>`, oldest first.
    pub references: Vec<String>,
    /// The decoded subject on one line; empty where there is none.
    pub subject: String,
    /// The first address of From, else Sender.
    pub from: Option<Address>,
    /// Reply-To.
    pub reply_to: Vec<Address>,
    /// To, groups opened.
    pub to: Vec<Address>,
    /// Cc, groups opened.
    pub cc: Vec<Address>,
    /// Date, in UTC.
    pub sent_at: Option<DateTime<Utc>>,
    /// The plain text, with `\n` at line ends. `None` where the mail has only HTML.
    pub text: Option<String>,
    /// The HTML.
    pub html: Option<String>,
    /// The files, in the order of the mail.
    pub attachments: Vec<Attachment>,
    /// Whether a machine wrote it.
    pub automatic: Automatic,
    /// The mark that our own mail carries, see [`crate::compose::MARK_HEADER`].
    pub own_mark: Option<String>,
    /// What could not be read.
    pub problems: Vec<Problem>,
}

impl ParsedMail {
    /// Understands raw MIME (RFC 5322, RFC 2045 to 2049). Never fails and never panics.
    pub fn parse(raw: &[u8]) -> ParsedMail {
        assemble::mail(raw)
    }

    /// The plain text; where there is none, or nothing in it, the text of the HTML. Empty where there is neither.
    pub fn readable_text(&self) -> String {
        let text = self.text.as_deref().unwrap_or_default();
        match &self.html {
            Some(html) if text.trim().is_empty() => crate::html::to_text(html),
            _ => text.to_owned(),
        }
    }
}

/// Sizes and codes only: no content, no address.
impl fmt::Debug for ParsedMail {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ParsedMail")
            .field("text", &self.text.as_ref().map(String::len))
            .field("html", &self.html.as_ref().map(String::len))
            .field("attachments", &self.attachments)
            .field("automatic", &self.automatic.kind)
            .field("problems", &self.problems)
            .finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests;
