use serde::Deserialize;
use serde_json::{Map, Value};
use uuid::Uuid;

use super::{
    JiraClient, JiraError,
    call::Call,
    mail_property::{self, Property},
};

/// Who wrote a comment.
#[derive(Clone, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Author {
    /// Account id.
    #[serde(default)]
    pub account_id: String,
    /// `atlassian` (a person), `app`, `customer`; empty where Jira does not say.
    #[serde(default)]
    pub account_type: String,
    /// Name as the site shows it.
    #[serde(default)]
    pub display_name: String,
}

impl std::fmt::Debug for Author {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Author")
            .field("account_id", &self.account_id)
            .field("account_type", &self.account_type)
            .finish_non_exhaustive()
    }
}

/// A comment with its properties.
#[derive(Clone)]
pub struct Comment {
    /// Id.
    pub id: String,
    /// Nobody on a comment of an anonymous user.
    pub author: Option<Author>,
    /// ADF document.
    pub body: Value,
    /// Entity properties by key, such as `sd.public.comment` on internal comments of a service desk.
    pub properties: Map<String, Value>,
    /// The mail that we made it from, if we did.
    pub mail_id: Option<Uuid>,
}

impl std::fmt::Debug for Comment {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Comment")
            .field("id", &self.id)
            .field("author", &self.author)
            .field("mail_id", &self.mail_id)
            .finish_non_exhaustive()
    }
}

#[derive(Deserialize)]
pub(super) struct RawComment {
    id: String,
    author: Option<Author>,
    #[serde(default)]
    body: Value,
    #[serde(default)]
    properties: Vec<Property>,
}

impl From<RawComment> for Comment {
    fn from(raw: RawComment) -> Self {
        Self {
            id: raw.id,
            author: raw.author,
            body: raw.body,
            mail_id: mail_property::mail_of(&raw.properties),
            properties: mail_property::all(raw.properties),
        }
    }
}

impl JiraClient {
    /// One comment of an issue.
    ///
    /// # Errors
    /// See [`JiraError`].
    pub async fn comment(&self, issue: &str, id: &str) -> Result<Comment, JiraError> {
        let call =
            Call::get("comment", &["issue", issue, "comment", id]).query("expand", "properties");
        let raw: RawComment = self.read(&call, None).await?;
        Ok(raw.into())
    }
}
