//! The story of a mail, told over HTTP: installed, signed in, connected, delivered, answered, answered again.

mod connect;
mod conversation;
mod figures;
mod ledger;
mod panel;
pub mod signing;
mod sites;

use std::{path::Path, time::Duration};

use anyhow::Context as _;
use chrono::{DateTime, SecondsFormat, Utc};

pub use connect::{Connected, aim, connect};
pub use conversation::{comment_as_agent, converse};
pub use figures::Figures;
pub use ledger::all_ended;
pub use panel::{Answer, Door, Panel};
pub use sites::{install, install_forge, person, site};

use crate::Stack;

/// How long a step of the story may take.
pub const PATIENCE: Duration = Duration::from_secs(90);
/// The mailbox that is connected.
pub const MAILBOX: &str = "support@contoso.example";
/// The customer's mailbox.
pub const CUSTOMER: &str = "carl@customer.example";

/// Plays the whole story; with `mails`, every .eml of that folder is dropped in place of the built-in mails and of
/// the conversation.
///
/// # Errors
/// Whatever is missing at the end of a step, by name.
pub async fn play(stack: &Stack, mails: Option<&Path>) -> anyhow::Result<Figures> {
    install(stack, "acme").await.context("installing")?;
    let panel = Panel::open(stack, "acme").await?;
    let connected = connect(&panel).await.context("connecting the mailbox")?;
    stack
        .http
        .request(
            reqwest::Method::DELETE,
            &format!("{}/requests", stack.control()),
        )
        .send()
        .await?;
    let raws = match mails {
        Some(folder) => eml_files(folder)?,
        None => built_in(),
    };
    for raw in &raws {
        drop_mail(stack, raw.clone()).await?;
    }
    all_ended(&panel, &connected.source_id, raws.len()).await?;
    let mut dropped = raws.len();
    let figures_of_mails = figures::requests(stack, raws.len()).await?;
    if mails.is_none() {
        converse(stack, &panel).await.context("the conversation")?;
        dropped += 1;
        all_ended(&panel, &connected.source_id, dropped).await?;
    }
    figures::collect(stack, &panel, dropped, figures_of_mails).await
}

/// Drops a raw mail into the connected mailbox.
///
/// # Errors
/// When the simulator does not take it.
pub async fn drop_mail(stack: &Stack, raw: Vec<u8>) -> anyhow::Result<()> {
    drop_into(stack, MAILBOX, None, raw).await
}

/// Drops a raw mail into a mailbox; with `received`, as if it had come then.
///
/// # Errors
/// When the simulator does not take it.
pub async fn drop_into(
    stack: &Stack,
    mailbox: &str,
    received: Option<DateTime<Utc>>,
    raw: Vec<u8>,
) -> anyhow::Result<()> {
    let mut url = format!("{}/microsoft/mailboxes/{mailbox}/mails", stack.control());
    if let Some(received) = received {
        let received = received.to_rfc3339_opts(SecondsFormat::Millis, true);
        url.push_str(&format!("?received={received}"));
    }
    let request = stack
        .http
        .request(reqwest::Method::POST, &url)
        .header("content-type", "message/rfc822")
        .body(raw);
    crate::http::json(request).await.map(drop)
}

fn eml_files(folder: &Path) -> anyhow::Result<Vec<Vec<u8>>> {
    let mut paths: Vec<_> = std::fs::read_dir(folder)
        .with_context(|| format!("{} cannot be read", folder.display()))?
        .filter_map(|entry| Some(entry.ok()?.path()))
        .filter(|path| path.extension().is_some_and(|extension| extension == "eml"))
        .collect();
    paths.sort();
    anyhow::ensure!(!paths.is_empty(), "{} has no .eml file", folder.display());
    paths.iter().map(|path| Ok(std::fs::read(path)?)).collect()
}

/// A plain mail, one with structure, one with a file and an image in its text, and one that a machine wrote.
fn built_in() -> Vec<Vec<u8>> {
    [
        &include_bytes!("../mails/plain.eml")[..],
        include_bytes!("../mails/html.eml"),
        include_bytes!("../mails/files.eml"),
        include_bytes!("../mails/vacation.eml"),
    ]
    .map(<[u8]>::to_vec)
    .to_vec()
}

/// The control API's view of the issues of a site.
///
/// # Errors
/// When it does not answer.
pub async fn issues(stack: &Stack, site: &str) -> anyhow::Result<Vec<serde_json::Value>> {
    let issues = stack
        .http
        .get(&format!("{}/jira/{site}/issues", stack.control()))
        .await?;
    Ok(issues.as_array().cloned().unwrap_or_default())
}
