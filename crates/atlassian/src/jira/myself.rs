use serde::Deserialize;

use super::{JiraClient, JiraError, call::Call};

/// The account that the app acts as on this site.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Myself {
    /// Account id: comments of this author are our own.
    pub account_id: String,
    /// `app`.
    #[serde(default)]
    pub account_type: String,
    /// Name as the site shows it.
    #[serde(default)]
    pub display_name: String,
}

impl JiraClient {
    /// Who the app is on this site.
    ///
    /// # Errors
    /// See [`JiraError`].
    pub async fn myself(&self) -> Result<Myself, JiraError> {
        self.read(&Call::get("myself", &["myself"]), None).await
    }
}
