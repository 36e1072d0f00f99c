use reqwest::Method;
use serde::Deserialize;
use serde_json::{Value, json};
use uuid::Uuid;

use super::{Author, JiraClient, JiraError, call::Call, mail_property};

/// The comment that Jira made.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CreatedComment {
    /// Id.
    pub id: String,
    /// Who Jira says wrote it: the app's own account.
    pub author_account_id: Option<String>,
}

#[derive(Deserialize)]
struct Answer {
    id: String,
    author: Option<Author>,
}

impl JiraClient {
    /// Adds a comment (an ADF document), stamped with the id of its mail. A write: never repeated here.
    ///
    /// # Errors
    /// See [`JiraError`]; after [`JiraError::outcome_unknown`] ask [`JiraClient::find_comment_by_mail`].
    pub async fn add_comment(
        &self,
        issue: &str,
        body: &Value,
        mail_id: Uuid,
    ) -> Result<CreatedComment, JiraError> {
        let body = json!({ "body": body, "properties": mail_property::stamp(mail_id) });
        let call = Call::write("add_comment", Method::POST, &["issue", issue, "comment"]);
        let Answer { id, author } = self.write(&call, |request| request.json(&body)).await?;
        Ok(CreatedComment {
            id,
            author_account_id: author.map(|author| author.account_id),
        })
    }
}
