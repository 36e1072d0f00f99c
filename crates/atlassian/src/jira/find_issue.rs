use serde::Deserialize;
use serde_json::json;
use uuid::Uuid;

use super::{CreatedIssue, JiraClient, JiraError, call::Call};
use crate::connect::descriptor::{MAIL_FIELD, MAIL_PROPERTY};

#[derive(Deserialize)]
struct Found {
    #[serde(default)]
    issues: Vec<CreatedIssue>,
}

impl JiraClient {
    /// The issue that carries the stamp of this mail; the oldest, should there be several.
    ///
    /// Jira's search index trails behind its writes by seconds: `None` right after a write says nothing yet.
    ///
    /// # Errors
    /// See [`JiraError`].
    pub async fn find_issue_by_mail(
        &self,
        mail_id: Uuid,
    ) -> Result<Option<CreatedIssue>, JiraError> {
        let body = json!({
            "jql": format!(r#"issue.property[{MAIL_PROPERTY}].{MAIL_FIELD} = "{mail_id}" ORDER BY created ASC"#),
            "maxResults": 1,
            "fields": ["summary"],
        });
        let call = Call::lookup("find_issue", &["search", "jql"]);
        let found: Found = self.read(&call, Some(&body)).await?;
        Ok(found.issues.into_iter().next())
    }
}
