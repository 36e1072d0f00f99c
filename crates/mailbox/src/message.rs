use std::fmt;

use chrono::{DateTime, Utc};

/// A message as a listing shows it. The MIME form is the truth; this is for finding it.
///
/// Everything but the id may be missing: an updated message in a delta page carries only what changed.
#[derive(Clone, PartialEq, Eq)]
pub struct MessageHead {
    /// Graph's immutable id, or the item id of EWS.
    pub id: String,
    /// `Message-ID` header, with its angle brackets.
    pub internet_message_id: Option<String>,
    /// When Exchange took the message in.
    pub received_at: Option<DateTime<Utc>>,
    /// Subject.
    pub subject: Option<String>,
    /// `From`.
    pub from: Option<Sender>,
    /// The read flag, which is never state.
    pub is_read: Option<bool>,
    /// Exchange's conversation.
    pub conversation_id: Option<String>,
    /// The folder it lies in.
    pub folder_id: Option<String>,
}

/// Who a message says it is from.
#[derive(Clone, PartialEq, Eq)]
pub struct Sender {
    /// Name for people; may be empty.
    pub name: String,
    /// SMTP address.
    pub address: String,
}

impl fmt::Debug for MessageHead {
    /// Shows no mail content.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("MessageHead")
            .field("id", &self.id)
            .field("received_at", &self.received_at)
            .field("is_read", &self.is_read)
            .finish_non_exhaustive()
    }
}

impl fmt::Debug for Sender {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Sender")
            .field(&crate::address::masked(&self.address))
            .finish()
    }
}
