use serde::{Deserialize, Serialize};

/// A tenant's rules for one source.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Profile {
    /// Where new issues go. `None` until the administrator chose: mail is held until then.
    pub target: Option<Target>,
    /// Whether mail that a machine wrote becomes issues, too (a mailbox for alerts).
    pub accept_automatic: bool,
}

/// A project and a type of issue in it, by Jira's ids.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Target {
    /// Jira's id of the project.
    pub project_id: String,
    /// Jira's id of the issue type.
    pub issue_type_id: String,
}
