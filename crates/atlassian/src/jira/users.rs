use std::collections::HashMap;

use serde::Deserialize;

use super::{JiraClient, JiraError, call::Call};

/// Ids in one URL: at up to 128 characters each they stay below what servers accept.
const IDS: usize = 50;

#[derive(Deserialize)]
struct Page {
    #[serde(default)]
    values: Vec<User>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct User {
    account_id: String,
    #[serde(default)]
    display_name: String,
}

impl JiraClient {
    /// The names of these accounts as the site shows them, by account id. Who is not there any more, or shows no name,
    /// is left out. (*Bulk get users*.)
    ///
    /// # Errors
    /// See [`JiraError`].
    pub async fn display_names(
        &self,
        account_ids: &[String],
    ) -> Result<HashMap<String, String>, JiraError> {
        let mut names = HashMap::new();
        for chunk in account_ids.chunks(IDS) {
            let mut call =
                Call::get("display_names", &["user", "bulk"]).query("maxResults", IDS.to_string());
            for id in chunk {
                call = call.query("accountId", id);
            }
            let page: Page = self.read(&call, None).await?;
            let named = page
                .values
                .into_iter()
                .filter(|user| !user.display_name.is_empty());
            names.extend(named.map(|user| (user.account_id, user.display_name)));
        }
        Ok(names)
    }
}
