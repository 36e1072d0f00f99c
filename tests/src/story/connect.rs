//! The first two minutes: installed, signed in with Microsoft through the real pages, connected, pinged, aimed.

use anyhow::{Context as _, ensure};
use serde_json::json;
use url::Url;

use super::{
    MAILBOX, Panel,
    signing::{self, text},
};

/// What came of a sign-in.
#[derive(Clone, Debug)]
pub struct Connected {
    /// The message source.
    pub source_id: String,
    /// The message outbound.
    pub outbound_id: String,
    /// Where the window of the sign-in went.
    pub visited: Vec<Url>,
}

/// Connects the mailbox as source and outbound and says where its mail goes.
///
/// # Errors
/// The step that failed.
pub async fn connect(panel: &Panel) -> anyhow::Result<Connected> {
    let begun = signing::begin(panel, &json!({ "purpose": "both" })).await?;
    let id = text(&begun, "id")?;
    let mut window = signing::at_microsoft(&text(&begun, "url")?, MAILBOX)
        .await
        .context("signing in with Microsoft")?;
    ensure!(
        window.html().contains(MAILBOX),
        "the page does not name the mailbox"
    );
    signing::confirm(&mut window).await?;
    signing::in_state(panel, &id, "confirmed").await?;
    let taken = signing::take(panel, &id, &json!({})).await?;
    let connected = Connected {
        source_id: text(&taken, "source_id")?,
        outbound_id: text(&taken, "outbound_id")?,
        visited: window.visited().to_vec(),
    };
    let ping = panel
        .post(
            &format!("/sources/{}/ping", connected.source_id),
            &json!({}),
        )
        .await?;
    ensure!(ping["ok"] == true, "the ping is not green: {ping}");
    aim(panel, &connected.source_id)
        .await
        .context("choosing the project")?;
    Ok(connected)
}

/// Says that a source's mail becomes issues of the project `SUP`.
///
/// # Errors
/// When there is no such project, or the source is not there.
pub async fn aim(panel: &Panel, source: &str) -> anyhow::Result<()> {
    let projects = panel.get("/jira/projects").await?;
    let project = projects["items"]
        .as_array()
        .and_then(|items| items.iter().find(|project| project["key"] == "SUP"))
        .context("no project SUP")?;
    let target = json!({
        "project_id": project["id"],
        "issue_type_id": project["issue_types"][0]["id"],
    });
    panel
        .patch(&format!("/sources/{source}"), &target)
        .await
        .map(drop)
}
