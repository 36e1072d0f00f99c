//! One mail in a mailbox.

use bytes::Bytes;
use chrono::{DateTime, Utc};
use mail_parser::{Message, MessageParser, MimeHeaders as _};

use super::{FolderKey, Person, people};

/// What a mail is for as long as it is in its mailbox.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) struct MailKey(pub(super) u64);

/// A mail. The bytes are those that came in.
#[derive(Clone, Debug)]
pub(crate) struct Mail {
    pub(super) key: MailKey,
    /// Number of its present mutable id.
    pub(super) form: u64,
    pub(super) folder: FolderKey,
    /// Folders it was ever in.
    pub(super) been: Vec<FolderKey>,
    pub(crate) raw: Bytes,
    pub(crate) received: DateTime<Utc>,
    pub(crate) modified: DateTime<Utc>,
    pub(crate) is_read: bool,
    pub(crate) is_draft: bool,
    pub(crate) categories: Vec<String>,
    /// Rises with each change.
    pub(crate) version: u64,
    pub(crate) summary: Summary,
}

/// What lists show, read from the headers once.
#[derive(Clone, Debug, Default)]
pub(crate) struct Summary {
    pub(crate) internet_message_id: String,
    pub(crate) subject: String,
    pub(crate) from: Option<Person>,
    pub(crate) sender: Option<Person>,
    pub(crate) to: Vec<Person>,
    pub(crate) cc: Vec<Person>,
    pub(crate) bcc: Vec<Person>,
    pub(crate) reply_to: Vec<Person>,
    pub(crate) sent: Option<DateTime<Utc>>,
    pub(crate) preview: String,
    /// Inline images alone do not count (resource type message).
    pub(crate) has_attachments: bool,
    /// First message of the thread, or this one.
    pub(crate) thread: String,
}

impl Mail {
    pub(super) fn new(
        key: MailKey,
        form: u64,
        folder: FolderKey,
        raw: Bytes,
        now: DateTime<Utc>,
        is_read: bool,
        address: &str,
    ) -> Self {
        let summary = Summary::of(&raw, key, address);
        let categories = Vec::new();
        Self {
            key,
            form,
            folder,
            been: vec![folder],
            raw,
            received: now,
            modified: now,
            is_read,
            is_draft: false,
            categories,
            version: form,
            summary,
        }
    }

    pub(super) fn rewrite(&mut self, raw: Bytes, address: &str) {
        self.summary = Summary::of(&raw, self.key, address);
        self.raw = raw;
    }

    pub(super) fn changed(&mut self, version: u64, now: DateTime<Utc>) {
        self.version = version;
        self.modified = now;
    }

    pub(crate) fn key(&self) -> MailKey {
        self.key
    }

    pub(crate) fn folder(&self) -> FolderKey {
        self.folder
    }

    /// The message taken apart; nothing when the bytes are no message.
    pub(crate) fn parsed(&self) -> Option<Message<'_>> {
        MessageParser::default().parse(&self.raw[..])
    }
}

impl Summary {
    fn of(raw: &[u8], key: MailKey, address: &str) -> Self {
        // Exchange gives a message without an id one when it comes in.
        let made_up = format!("<{}.{}>", key.0, address);
        let Some(message) = MessageParser::default().parse(raw) else {
            return Self {
                internet_message_id: made_up.clone(),
                thread: made_up,
                ..Self::default()
            };
        };
        let internet_message_id = message.message_id().map_or(made_up, |id| format!("<{id}>"));
        let thread = first_reference(&message).unwrap_or_else(|| internet_message_id.clone());
        let preview = message
            .body_text(0)
            .map(|text| preview(&text))
            .unwrap_or_default();
        Self {
            subject: message.subject().unwrap_or_default().to_owned(),
            from: people(message.from()).into_iter().next(),
            sender: people(message.sender()).into_iter().next(),
            to: people(message.to()),
            cc: people(message.cc()),
            bcc: people(message.bcc()),
            reply_to: people(message.reply_to()),
            sent: message
                .date()
                .and_then(|date| DateTime::from_timestamp(date.to_timestamp(), 0)),
            has_attachments: message.attachments().any(|part| !is_inline(part)),
            preview,
            thread,
            internet_message_id,
        }
    }
}

/// Whether a part belongs into the text, as an image of it.
pub(crate) fn is_inline(part: &mail_parser::MessagePart<'_>) -> bool {
    let inline = part
        .content_disposition()
        .is_some_and(mail_parser::ContentType::is_inline);
    inline
        || (part.content_id().is_some()
            && part
                .content_disposition()
                .is_none_or(|it| !it.is_attachment()))
}

fn first_reference(message: &Message<'_>) -> Option<String> {
    let references = message.references().as_text_list()?;
    references.first().map(|id| format!("<{id}>"))
}

/// The first 255 characters of the text, on one line.
fn preview(text: &str) -> String {
    let words = text.split_whitespace().collect::<Vec<_>>().join(" ");
    words.chars().take(255).collect()
}
