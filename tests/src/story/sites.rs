//! What a site's administrator does with the app, and who is on the site.

use anyhow::Context as _;
use serde_json::{Value, json};

use crate::Stack;

/// Installs the Connect app on a site, or installs it again, which rotates its secret.
///
/// # Errors
/// When Jira or Postroom refuse.
pub async fn install(stack: &Stack, site: &str) -> anyhow::Result<()> {
    let descriptor = format!("{}/atlassian-connect.json", stack.app());
    let url = format!("{}/jira/{site}/install", stack.control());
    stack
        .http
        .post(&url, &json!({ "descriptor_url": descriptor }))
        .await?;
    Ok(())
}

/// Installs the Forge app on a site and gives the installation's id; again makes another installation.
///
/// # Errors
/// When Postroom does not take the event.
pub async fn install_forge(stack: &Stack, site: &str) -> anyhow::Result<String> {
    let url = format!("{}/jira/{site}/forge/install", stack.control());
    let installed = stack
        .http
        .post(&url, &json!({ "remote_url": stack.app() }))
        .await?;
    let status = installed["status"].as_u64().unwrap_or_default();
    anyhow::ensure!(
        (200..300).contains(&status),
        "the installation's event was answered {status}: {installed}"
    );
    Ok(installed["installation_id"]
        .as_str()
        .context("no installation id")?
        .to_owned())
}

/// What the control API knows of a site.
///
/// # Errors
/// When it does not answer.
pub async fn site(stack: &Stack, site: &str) -> anyhow::Result<Value> {
    let url = format!("{}/jira/{site}", stack.control());
    stack.http.get(&url).await
}

/// The account id of a person of the site: its first administrator, or its first agent.
///
/// # Errors
/// When there is none.
pub async fn person(stack: &Stack, name: &str, admin: bool) -> anyhow::Result<String> {
    let facts = site(stack, name).await?;
    let users = facts["users"].as_array().cloned().unwrap_or_default();
    let found = users
        .iter()
        .find(|user| user["admin"] == admin && user["account_type"] == "atlassian")
        .context("the site has no such person")?;
    Ok(found["account_id"]
        .as_str()
        .context("a person without an id")?
        .to_owned())
}
