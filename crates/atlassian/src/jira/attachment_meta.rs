use serde::Deserialize;

use super::{JiraClient, JiraError, call::Call};

/// What the site allows to attach.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct AttachmentMeta {
    /// Whether attachments are switched on.
    pub enabled: bool,
    /// Largest file, in bytes; unknown where Jira does not say.
    pub upload_limit: Option<u64>,
}

impl JiraClient {
    /// Whether and how large files may be.
    ///
    /// # Errors
    /// See [`JiraError`].
    pub async fn attachment_meta(&self) -> Result<AttachmentMeta, JiraError> {
        self.read(&Call::get("attachment_meta", &["attachment", "meta"]), None)
            .await
    }
}
