use serde::Deserialize;
use serde_json::Value;
use uuid::Uuid;

use super::{JiraClient, JiraError, call::Call, mail_property};
use crate::connect::descriptor::MAIL_PROPERTY;

/// What a mail about an issue needs to know of it.
#[derive(Clone)]
pub struct IssueSummary {
    /// Id.
    pub id: String,
    /// Key such as `SUP-1`.
    pub key: String,
    /// Title.
    pub summary: String,
    /// Name of the status, in the language of the app's account.
    pub status: Option<String>,
    /// Id of the project.
    pub project_id: Option<String>,
    /// The mail that we made it from, if we did.
    pub mail_id: Option<Uuid>,
}

impl std::fmt::Debug for IssueSummary {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("IssueSummary")
            .field("id", &self.id)
            .field("key", &self.key)
            .field("mail_id", &self.mail_id)
            .finish_non_exhaustive()
    }
}

#[derive(Deserialize)]
struct Raw {
    id: String,
    key: String,
    fields: Fields,
    #[serde(default)]
    properties: Value,
}

#[derive(Deserialize)]
struct Fields {
    #[serde(default)]
    summary: String,
    status: Option<Named>,
    project: Option<Identified>,
}

#[derive(Deserialize)]
struct Named {
    name: String,
}

#[derive(Deserialize)]
struct Identified {
    id: String,
}

impl JiraClient {
    /// The head of one issue, by id or key.
    ///
    /// # Errors
    /// See [`JiraError`].
    pub async fn issue(&self, issue: &str) -> Result<IssueSummary, JiraError> {
        let call = Call::get("issue", &["issue", issue])
            .query("fields", "summary,status,project")
            .query("properties", MAIL_PROPERTY);
        let raw: Raw = self.read(&call, None).await?;
        Ok(IssueSummary {
            mail_id: raw
                .properties
                .get(MAIL_PROPERTY)
                .and_then(mail_property::mail_in),
            id: raw.id,
            key: raw.key,
            summary: raw.fields.summary,
            status: raw.fields.status.map(|status| status.name),
            project_id: raw.fields.project.map(|project| project.id),
        })
    }
}
