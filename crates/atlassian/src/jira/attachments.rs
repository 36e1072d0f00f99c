use serde::Deserialize;

use super::{JiraClient, JiraError, call::Call};

/// A file on an issue.
#[derive(Clone, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Attachment {
    /// Id.
    pub id: String,
    /// Name as Jira keeps it.
    pub filename: String,
    /// In bytes.
    #[serde(default)]
    pub size: u64,
    /// Media type as Jira sees it.
    #[serde(default)]
    pub mime_type: String,
}

impl std::fmt::Debug for Attachment {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Attachment")
            .field("id", &self.id)
            .field("size", &self.size)
            .finish_non_exhaustive()
    }
}

#[derive(Deserialize)]
struct Issue {
    fields: Fields,
}

#[derive(Deserialize)]
struct Fields {
    #[serde(default)]
    attachment: Vec<Attachment>,
}

impl JiraClient {
    /// The files of an issue.
    ///
    /// # Errors
    /// See [`JiraError`].
    pub async fn attachments(&self, issue: &str) -> Result<Vec<Attachment>, JiraError> {
        let call = Call::get("attachments", &["issue", issue]).query("fields", "attachment");
        let issue: Issue = self.read(&call, None).await?;
        Ok(issue.fields.attachment)
    }
}
