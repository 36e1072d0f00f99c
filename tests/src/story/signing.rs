//! Signing in with Microsoft through the real pages: as the panel's user, as the owner of a mailbox, as an administrator.

use anyhow::{Context as _, ensure};
use serde_json::{Value, json};

use super::{PATIENCE, Panel};
use crate::{Browser, Stack, until};

/// The administrator of the directory `contoso`.
pub const ADMINISTRATOR: &str = "ann@contoso.example";

/// Begins a sign-in from the panel; the whole answer.
///
/// # Errors
/// When the panel's API does not begin one.
pub async fn begin(panel: &Panel, wanted: &Value) -> anyhow::Result<Value> {
    panel.post("/sign-ins", wanted).await
}

/// Opens the window or the link of a sign-in and goes through Microsoft's pages as `user`, up to the first page that
/// is Postroom's own again.
///
/// # Errors
/// A page that is not there, or one of Microsoft's that leads no further.
pub async fn at_microsoft(url: &str, user: &str) -> anyhow::Result<Browser> {
    go_on(Browser::open(url).await?, user).await
}

/// As [`at_microsoft`], in a window that is open.
///
/// # Errors
/// As there.
pub async fn go_on(mut window: Browser, user: &str) -> anyhow::Result<Browser> {
    for _ in 0..8 {
        if let Some(url) = window.link("continue") {
            window.follow(&url).await?;
        } else if window.has_form("owner") {
            window.submit("owner", &[]).await?;
        } else if window.has_form("pick") {
            window.submit("pick", &[("user", user)]).await?;
        } else if window.has_form("request") {
            window.submit("request", &[("decision", "request")]).await?;
        } else if window.has_form("other") {
            // "Need admin approval": there is no way on.
            window.submit("consent", &[("decision", "cancel")]).await?;
        } else if window.has_form("consent") {
            window.submit("consent", &[("decision", "accept")]).await?;
        } else {
            return Ok(window);
        }
    }
    anyhow::bail!("the pages lead in a circle: {}", window.url())
}

/// Confirms in the window, as its person does at the end.
///
/// # Errors
/// When there is nothing to confirm, or it is not done then.
pub async fn confirm(window: &mut Browser) -> anyhow::Result<()> {
    window.submit("confirm", &[]).await?;
    ensure!(
        window.html().contains("close this window"),
        "the last page does not say that it is done: {}",
        window.text()
    );
    Ok(())
}

/// Waits until a sign-in is in a state; the whole answer then.
///
/// # Errors
/// When it failed, or is not there in time.
pub async fn in_state(panel: &Panel, id: &str, state: &str) -> anyhow::Result<Value> {
    until(&format!("the sign-in is {state}"), PATIENCE, async || {
        let now = panel.get(&format!("/sign-ins/{id}")).await?;
        ensure!(
            state == "failed" || now["state"] != "failed",
            "the sign-in failed: {}",
            now["failure"]
        );
        Ok((now["state"] == state).then_some(now))
    })
    .await
}

/// A sign-in from its beginning to its end, taken by the panel's user; what it became.
///
/// # Errors
/// The step that failed.
pub async fn sign_in(panel: &Panel, wanted: &Value, user: &str) -> anyhow::Result<Value> {
    let begun = begin(panel, wanted).await?;
    let (id, url) = (text(&begun, "id")?, text(&begun, "url")?);
    let mut window = at_microsoft(&url, user)
        .await
        .context("signing in with Microsoft")?;
    confirm(&mut window).await?;
    in_state(panel, &id, "confirmed").await?;
    take(panel, &id, &json!({})).await
}

/// Takes a confirmed sign-in.
///
/// # Errors
/// When the panel's API does not let it be taken.
pub async fn take(panel: &Panel, id: &str, how: &Value) -> anyhow::Result<Value> {
    panel.post(&format!("/sign-ins/{id}/take"), how).await
}

/// Opens the link that was forwarded to an administrator and approves, at ours and at Microsoft's.
///
/// # Errors
/// A page that is not there.
pub async fn approve(url: &str, administrator: &str) -> anyhow::Result<Browser> {
    let mut window = Browser::open(url).await?;
    window.submit("approve", &[]).await?;
    go_on(window, administrator).await
}

/// Gives one user the rights on another's mailbox that an Exchange administrator would.
///
/// # Errors
/// When one of them does not exist.
pub async fn share(
    stack: &Stack,
    mailbox: &str,
    delegate: &str,
    send_as: bool,
) -> anyhow::Result<()> {
    let rights = json!({ "mailbox": mailbox, "delegate": delegate, "send_as": send_as });
    let url = format!("{}/microsoft/delegations", stack.control());
    stack.http.post(&url, &rights).await.map(drop)
}

/// A field that must be a text.
pub(super) fn text(value: &Value, field: &str) -> anyhow::Result<String> {
    Ok(value[field]
        .as_str()
        .with_context(|| format!("no {field} in {value}"))?
        .to_owned())
}
