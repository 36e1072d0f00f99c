use reqwest::Method;
use serde::de::IgnoredAny;
use serde_json::{Value, json};

use super::{JiraClient, JiraError, call::Call};

impl JiraClient {
    /// Puts another description (an ADF document) in place. The same call twice does no harm.
    ///
    /// # Errors
    /// See [`JiraError`].
    pub async fn update_description(
        &self,
        issue: &str,
        description: &Value,
    ) -> Result<(), JiraError> {
        let body = json!({ "fields": { "description": description } });
        let call = Call::write("update_description", Method::PUT, &["issue", issue]);
        self.write_silent(&call, |request| request.json(&body))
            .await
    }

    /// Puts another body (an ADF document) in place of a comment's; its properties stay. The same call
    /// twice does no harm.
    ///
    /// # Errors
    /// See [`JiraError`].
    pub async fn update_comment(
        &self,
        issue: &str,
        id: &str,
        body: &Value,
    ) -> Result<(), JiraError> {
        let body = json!({ "body": body });
        let call = Call::write(
            "update_comment",
            Method::PUT,
            &["issue", issue, "comment", id],
        );
        let _: IgnoredAny = self.write(&call, |request| request.json(&body)).await?;
        Ok(())
    }
}
