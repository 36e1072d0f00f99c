use std::fmt;

/// What is known about a mail beyond its own words.
#[derive(Clone, Default)]
pub struct Context {
    /// The issue whose conversation it goes on with.
    pub thread: Option<ThreadMatch>,
    /// The mailboxes of this tenant that send or receive for us.
    pub own_addresses: Vec<String>,
    /// The mail of this source with the same Message-ID and the same content hash, if there is one.
    pub duplicate_of: Option<String>,
    /// The mail's own Message-ID was made by us: [`postroom_mail::thread::ThreadTokens::verify`] said so.
    pub own_message_id: bool,
}

/// An issue found by a message id that the mail answers.
#[derive(Clone)]
pub struct ThreadMatch {
    /// Jira's id of the issue, which survives a move to another project.
    pub issue_id: String,
    /// The key as last known.
    pub issue_key: String,
    /// The message id that was found.
    pub matched_message_id: String,
    /// Whose message it is.
    pub by: MatchedBy,
}

/// Whose message a mail answers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum MatchedBy {
    /// A notification that we sent.
    OurMessage,
    /// A mail in the ledger.
    KnownMail,
}

/// Without addresses.
impl fmt::Debug for Context {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Context")
            .field("thread", &self.thread)
            .field("own_addresses", &self.own_addresses.len())
            .field("duplicate", &self.duplicate_of.is_some())
            .field("own_message_id", &self.own_message_id)
            .finish()
    }
}

/// Without the message id, which a foreign mail program made.
impl fmt::Debug for ThreadMatch {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ThreadMatch")
            .field("issue_key", &self.issue_key)
            .field("by", &self.by)
            .finish_non_exhaustive()
    }
}
