use serde::Deserialize;
use serde_json::json;

use super::{JiraClient, JiraError, call::Call};

const ADMINISTER: &str = "ADMINISTER";

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Grants {
    #[serde(default)]
    global_permissions: Vec<String>,
}

impl JiraClient {
    /// Whether an account administers this Jira. (An app may ask this of any account, *Get bulk permissions*.)
    ///
    /// # Errors
    /// See [`JiraError`].
    pub async fn is_administrator(&self, account_id: &str) -> Result<bool, JiraError> {
        let body = json!({ "accountId": account_id, "globalPermissions": [ADMINISTER] });
        let call = Call::lookup("is_administrator", &["permissions", "check"]);
        let grants: Grants = self.read(&call, Some(&body)).await?;
        Ok(grants
            .global_permissions
            .iter()
            .any(|granted| granted == ADMINISTER))
    }
}
