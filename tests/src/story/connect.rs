//! The first two minutes: installed, signed in with Microsoft through the real pages, connected, pinged, aimed.

use anyhow::{Context as _, ensure};
use serde_json::{Value, json};
use url::Url;

use super::{MAILBOX, PATIENCE, Panel};
use crate::{Browser, until};

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
    let begun = panel
        .post("/sign-ins", &json!({ "purpose": "both" }))
        .await?;
    let id = text(&begun, "id")?;
    let visited = sign_in(&text(&begun, "url")?)
        .await
        .context("signing in with Microsoft")?;
    until("the sign-in is confirmed", PATIENCE, async || {
        let now = panel.get(&format!("/sign-ins/{id}")).await?;
        ensure!(
            now["state"] != "failed",
            "the sign-in failed: {}",
            now["failure"]
        );
        Ok((now["state"] == "confirmed").then_some(()))
    })
    .await?;
    let taken = panel
        .post(&format!("/sign-ins/{id}/take"), &json!({}))
        .await?;
    let connected = Connected {
        source_id: text(&taken, "source_id")?,
        outbound_id: text(&taken, "outbound_id")?,
        visited,
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

async fn sign_in(url: &str) -> anyhow::Result<Vec<Url>> {
    let mut window = Browser::open(url).await?;
    window.submit("pick", &[("user", MAILBOX)]).await?;
    // Whoever has consented is not asked again.
    if window.has_form("consent") {
        window.submit("consent", &[("decision", "accept")]).await?;
    }
    ensure!(
        window.html().contains(MAILBOX),
        "the page does not name the mailbox"
    );
    window.submit("confirm", &[]).await?;
    ensure!(
        window.html().contains("close this window"),
        "the last page does not say that it is done"
    );
    Ok(window.visited().to_vec())
}

async fn aim(panel: &Panel, source: &str) -> anyhow::Result<()> {
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

fn text(value: &Value, field: &str) -> anyhow::Result<String> {
    Ok(value[field]
        .as_str()
        .with_context(|| format!("no {field} in {value}"))?
        .to_owned())
}
