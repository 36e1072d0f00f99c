//! The fields of a query.

use crate::jira::error::JiraError;

/// What a clause asks about.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Field {
    Project,
    Key,
    IssueType,
    Status,
    Priority,
    Summary,
    Description,
    Text,
    Labels,
    Reporter,
    Creator,
    Assignee,
    Created,
    Updated,
    /// `issue.property[key].path`
    Property {
        key: String,
        path: String,
    },
}

impl Field {
    pub(super) fn parse(name: &str) -> Result<Self, JiraError> {
        if let Some(property) = Self::property(name) {
            return Ok(property);
        }
        Ok(match name.to_ascii_lowercase().as_str() {
            "project" => Self::Project,
            "key" | "issuekey" | "issue" | "id" => Self::Key,
            "issuetype" | "type" => Self::IssueType,
            "status" | "statuscategory" => Self::Status,
            "priority" => Self::Priority,
            "summary" => Self::Summary,
            "description" => Self::Description,
            "text" | "textfields" => Self::Text,
            "labels" => Self::Labels,
            "reporter" => Self::Reporter,
            "creator" => Self::Creator,
            "assignee" => Self::Assignee,
            "created" | "createddate" => Self::Created,
            "updated" | "updateddate" => Self::Updated,
            _ => return Err(Self::unknown(name)),
        })
    }

    fn property(name: &str) -> Option<Self> {
        let rest = name.strip_prefix("issue.property[")?;
        let (key, path) = rest.split_once(']')?;
        Some(Self::Property {
            key: key.trim_matches(['"', '\'']).to_owned(),
            path: path.strip_prefix('.')?.to_owned(),
        })
    }

    /// Jira's answer to a field that it does not know, or to a property without an index.
    pub(super) fn unknown(name: &str) -> JiraError {
        JiraError::bad(&format!(
            "Field '{name}' does not exist or you do not have permission to view it."
        ))
    }
}
