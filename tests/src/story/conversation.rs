//! An agent's comment goes out as a mail in the thread; the customer's answer comes back as a comment.

use anyhow::{Context as _, ensure};
use reqwest::multipart::Form;
use serde_json::{Value, json};

use super::{CUSTOMER, MAILBOX, PATIENCE, Panel, issues, person};
use crate::{Stack, http, until};

const QUESTION: &str = "Which floor is the printer on?";
const ANSWER: &str = "It is on the third floor.";

/// Plays the conversation on the issue that the customer's first mail made.
///
/// # Errors
/// What did not arrive.
pub async fn converse(stack: &Stack, panel: &Panel) -> anyhow::Result<()> {
    let issue = issues(stack, "acme")
        .await?
        .into_iter()
        .find(|issue| issue["summary"] == "The printer is on fire")
        .context("the first mail made no issue")?;
    let key = issue["key"]
        .as_str()
        .context("an issue without a key")?
        .to_owned();
    comment_as_agent(stack, "acme", &key, QUESTION).await?;
    let mail = until(
        "the agent's comment arrives as a mail",
        PATIENCE,
        async || customer_got(stack).await,
    )
    .await?;
    let message_id = mail["internet_message_id"]
        .as_str()
        .context("no Message-ID")?
        .to_owned();
    answer(stack, &message_id).await?;
    until("the answer is a comment", PATIENCE, async || {
        let issue = issues(stack, "acme")
            .await?
            .into_iter()
            .find(|issue| issue["key"] == key.as_str());
        let comments = issue
            .map(|issue| issue["comments"].to_string())
            .unwrap_or_default();
        Ok(comments.contains(ANSWER).then_some(()))
    })
    .await?;
    sent_once(panel).await
}

/// The site's agent comments on an issue.
///
/// # Errors
/// When the site has none, or no such issue.
pub async fn comment_as_agent(
    stack: &Stack,
    site: &str,
    key: &str,
    text: &str,
) -> anyhow::Result<()> {
    let agent = person(stack, site, false).await?;
    let body = json!({ "account_id": agent, "text": text });
    let url = format!("{}/jira/{site}/issues/{key}/comments", stack.control());
    stack.http.post(&url, &body).await.map(drop)
}

async fn customer_got(stack: &Stack) -> anyhow::Result<Option<Value>> {
    let url = format!(
        "{}/microsoft/mailboxes/{CUSTOMER}/mails?folder=inbox",
        stack.control()
    );
    let mails = stack.http.get(&url).await?;
    let mails = mails.as_array().cloned().unwrap_or_default();
    Ok(mails
        .into_iter()
        .find(|mail| mail["subject"] == "Re: The printer is on fire"))
}

async fn answer(stack: &Stack, message_id: &str) -> anyhow::Result<()> {
    let form = Form::new()
        .text("to", MAILBOX)
        .text("subject", "Re: The printer is on fire")
        .text("body", ANSWER)
        .text("in_reply_to", message_id.to_owned())
        .text("references", message_id.to_owned());
    let url = format!("{}/{CUSTOMER}/send", stack.webmail());
    http::succeed(
        stack
            .http
            .request(reqwest::Method::POST, &url)
            .multipart(form),
    )
    .await
    .map(drop)
}

/// One notification went out; the comment that came by mail made none.
async fn sent_once(panel: &Panel) -> anyhow::Result<()> {
    let list = until("no notification is waiting", PATIENCE, async || {
        let list = panel.get("/notifications?limit=100").await?;
        let items = list["items"].as_array().cloned().unwrap_or_default();
        Ok(items
            .iter()
            .all(|item| item["state"] != "waiting")
            .then_some(items))
    })
    .await?;
    let sent = list.iter().filter(|item| item["state"] == "sent").count();
    ensure!(
        sent == 1,
        "{sent} notifications were sent in place of one: {list:?}"
    );
    Ok(())
}
