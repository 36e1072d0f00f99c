//! The mail log as the panel shows it.

use serde_json::Value;

use super::{PATIENCE, Panel};
use crate::until;

/// Waits until the ledger has `expected` mails, each ended and its mailbox told, and gives them in detail.
///
/// # Errors
/// When mails are missing or still waiting at the end of the patience.
pub async fn all_ended(panel: &Panel, source: &str, expected: usize) -> anyhow::Result<()> {
    until(
        &format!("{expected} mails have ended"),
        PATIENCE,
        async || {
            let source = panel.get(&format!("/sources/{source}")).await?;
            let total = source["total"].as_u64().unwrap_or_default();
            let waiting = source["waiting"].as_u64().unwrap_or_default();
            Ok((total >= expected as u64 && waiting == 0).then_some(()))
        },
    )
    .await
}

/// All rows of the mail log.
///
/// # Errors
/// When the panel does not answer.
pub(super) async fn rows(panel: &Panel) -> anyhow::Result<Vec<Value>> {
    let mut rows = Vec::new();
    let mut next = String::new();
    loop {
        let page = panel.get(&format!("/mails?limit=100{next}")).await?;
        rows.extend(page["items"].as_array().cloned().unwrap_or_default());
        match page["next"].as_str() {
            Some(cursor) => {
                let cursor: String =
                    url::form_urlencoded::byte_serialize(cursor.as_bytes()).collect();
                next = format!("&before={cursor}");
            }
            None => return Ok(rows),
        }
    }
}
