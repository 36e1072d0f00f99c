//! Issues with what hangs on them.

use std::collections::BTreeMap;

use bytes::Bytes;
use chrono::{DateTime, Utc};
use serde_json::Value;

/// An issue. Accounts are account ids.
#[derive(Clone, Debug)]
pub(crate) struct Issue {
    pub(crate) id: u64,
    pub(crate) key: String,
    /// Key of its project.
    pub(crate) project: String,
    pub(crate) issue_type: String,
    pub(crate) summary: String,
    /// An Atlassian document.
    pub(crate) description: Option<Value>,
    pub(crate) labels: Vec<String>,
    pub(crate) priority: String,
    pub(crate) creator: String,
    pub(crate) reporter: String,
    pub(crate) assignee: Option<String>,
    pub(crate) created: DateTime<Utc>,
    pub(crate) updated: DateTime<Utc>,
    pub(crate) properties: BTreeMap<String, Property>,
    pub(crate) comments: Vec<Comment>,
    pub(crate) attachments: Vec<Attachment>,
}

/// The value of an entity property and when it was set, which decides when a search sees it.
#[derive(Clone, Debug)]
pub(crate) struct Property {
    pub(crate) value: Value,
    pub(crate) set_at: DateTime<Utc>,
}

/// A comment.
#[derive(Clone, Debug)]
pub(crate) struct Comment {
    pub(crate) id: u64,
    pub(crate) author: String,
    pub(crate) update_author: String,
    /// An Atlassian document.
    pub(crate) body: Value,
    pub(crate) created: DateTime<Utc>,
    pub(crate) updated: DateTime<Utc>,
    pub(crate) properties: BTreeMap<String, Value>,
}

/// An attachment with its bytes.
#[derive(Clone, Debug)]
pub(crate) struct Attachment {
    pub(crate) id: u64,
    /// The name of the file in Jira's media store, which ADF media nodes refer to.
    pub(crate) media_id: String,
    pub(crate) filename: String,
    pub(crate) mime_type: String,
    pub(crate) author: String,
    pub(crate) created: DateTime<Utc>,
    pub(crate) content: Bytes,
}

impl Issue {
    pub(crate) fn comment(&self, id: &str) -> Option<&Comment> {
        let id: u64 = id.parse().ok()?;
        self.comments.iter().find(|comment| comment.id == id)
    }

    pub(crate) fn comment_mut(&mut self, id: &str) -> Option<&mut Comment> {
        let id: u64 = id.parse().ok()?;
        self.comments.iter_mut().find(|comment| comment.id == id)
    }
}
