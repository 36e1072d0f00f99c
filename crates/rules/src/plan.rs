use serde::{Deserialize, Serialize};

use crate::Reason;

/// What shall happen to one mail. As JSON: `{"action": "create", …}`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "action", rename_all = "snake_case")]
pub enum Plan {
    /// Make an issue.
    Create {
        /// Jira's id of the project.
        project_id: String,
        /// Jira's id of the issue type.
        issue_type_id: String,
    },
    /// Add a comment to an issue.
    Comment {
        /// Jira's id of the issue.
        issue_id: String,
        /// Its key as known when this was decided.
        issue_key: String,
    },
    /// Nothing has to happen.
    Ignore {
        /// Why.
        reason: Reason,
    },
    /// Nothing may happen: a rule of the tenant is against it.
    Reject {
        /// Why.
        reason: Reason,
    },
    /// Wait until somebody does something.
    Hold {
        /// Why.
        reason: Reason,
    },
}

impl Plan {
    /// Why nothing is delivered, where nothing is.
    pub fn reason(&self) -> Option<&Reason> {
        match self {
            Self::Ignore { reason } | Self::Reject { reason } | Self::Hold { reason } => {
                Some(reason)
            }
            Self::Create { .. } | Self::Comment { .. } => None,
        }
    }
}
