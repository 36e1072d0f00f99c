//! What an event says: its kind, and what it is about.
//!
//! Rule: *Jira events* and *Forge events* (Atlassian). The reference shows flat objects, the examples of Forge Remote
//! wrap them in `payload`; both are read. An event is about the site of its invocation token, whatever it says itself.

#[cfg(test)]
mod tests;
mod wire;

use wire::Wire;

/// The body of an event cannot be read.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum EventError {
    /// Not a JSON object, or one without `eventType`.
    #[error("the body is no event")]
    NoEvent,
    /// A field that this kind of event always has.
    #[error("the event has no readable `{0}`")]
    Field(&'static str),
}

/// An event.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Event {
    /// What happened.
    pub kind: EventKind,
    /// Our own doing.
    pub self_generated: bool,
    /// Who did it.
    pub account_id: Option<String>,
    /// It is told again: an earlier call was refused or took too long.
    pub retry: Option<Retry>,
}

/// What happened.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum EventKind {
    /// `avi:jira:commented:issue`, for a comment that was just written.
    CommentCreated {
        /// Id of the issue.
        issue_id: String,
        /// Key of the issue.
        issue_key: String,
        /// Id of the comment.
        comment_id: String,
        /// Who wrote it.
        author: Option<String>,
    },
    /// `avi:jira:commented:issue`, for a comment that was changed later.
    CommentEdited {
        /// Id of the issue.
        issue_id: String,
        /// Key of the issue.
        issue_key: String,
        /// Id of the comment.
        comment_id: String,
        /// Who wrote it first.
        author: Option<String>,
    },
    /// `avi:jira:deleted:issue`.
    IssueDeleted {
        /// Id of the issue.
        issue_id: String,
        /// Key of the issue.
        issue_key: String,
    },
    /// `avi:forge:installed:app`.
    Installed {
        /// The installation, as the event says; the invocation token has the true one.
        installation_id: Option<String>,
        /// Who installed the app.
        installer: Option<String>,
    },
    /// `avi:forge:upgraded:app`: a new major version was consented to.
    Upgraded {
        /// The installation, as the event says; the invocation token has the true one.
        installation_id: Option<String>,
    },
    /// Any other that we did not ask for.
    Other(String),
}

/// Why and how often an event is told again.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Retry {
    /// 1 for the first repetition.
    pub count: u32,
    /// Such as `TIMEOUT_ERROR` or `INVALID_REMOTE_INVOCATION_ERROR`.
    pub reason: Option<String>,
}

impl Event {
    /// Reads a body, flat or wrapped in `payload`.
    ///
    /// # Errors
    /// See [`EventError`].
    pub fn parse(body: &[u8]) -> Result<Self, EventError> {
        let wire = Wire::read(body)?;
        Ok(Self {
            kind: wire.kind()?,
            self_generated: wire.self_generated(),
            account_id: wire.account_id(),
            retry: wire.retry(),
        })
    }
}
