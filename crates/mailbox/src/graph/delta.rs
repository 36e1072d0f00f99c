use std::fmt;

use chrono::{DateTime, SecondsFormat, Utc};

use super::answer::{Json, text};
use super::call::Call;
use super::classify::Target;
use super::client::GraphClient;
use super::message::FIELDS;
use super::path::query;
use crate::{AccessToken, ChangePage, MailboxAddress, MailboxError, MessageHead, Next};

/// Where in a folder's changes a poll stands.
#[derive(Clone, PartialEq, Eq)]
pub enum DeltaCursor {
    /// From the beginning.
    Start {
        /// A well-known name or an id.
        folder: String,
        /// Only mail received at or after this time. Graph then shows at most 5,000 messages.
        since: Option<DateTime<Utc>>,
    },
    /// A link that Graph gave, untouched. Folder and filter are inside it.
    Resume(String),
}

impl DeltaCursor {
    /// The beginning of `folder`.
    pub fn start(folder: impl Into<String>, since: Option<DateTime<Utc>>) -> Self {
        Self::Start {
            folder: folder.into(),
            since,
        }
    }
}

impl fmt::Debug for DeltaCursor {
    /// A link may carry the address of a mailbox, so it is not shown.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Start { since, .. } => f.debug_struct("Start").field("since", since).finish(),
            Self::Resume(_) => f.write_str("Resume(..)"),
        }
    }
}

impl GraphClient {
    /// One page of the changes in a folder (Microsoft Graph: "Get incremental changes to messages in a
    /// folder"). Keep the cursor only once everything of the page is durable.
    ///
    /// # Errors
    /// [`MailboxError`]; `Resync` when Graph lost the state, `ForeignLink` for a link that is not of this Graph.
    pub async fn delta_page(
        &self,
        token: &AccessToken,
        mailbox: &MailboxAddress,
        cursor: &DeltaCursor,
        page_size: u32,
    ) -> Result<ChangePage, MailboxError> {
        let url = match cursor {
            DeltaCursor::Resume(link) => self.own_link(link)?,
            DeltaCursor::Start { folder, since } => {
                let url = self.url(mailbox, &["mailFolders", folder, "messages", "delta"])?;
                match since {
                    None => query(url, &[("$select", FIELDS)]),
                    Some(since) => query(
                        url,
                        &[("$select", FIELDS), ("$filter", &received_since(*since))],
                    ),
                }
            }
        };
        let call = Call::get("delta", token, url, Target::Delta).paged(page_size);
        page(&self.read(&call).await?.json()?)
    }
}

/// The one filter that delta knows.
pub(crate) fn received_since(since: DateTime<Utc>) -> String {
    format!(
        "receivedDateTime ge {}",
        since.to_rfc3339_opts(SecondsFormat::Secs, true)
    )
}

fn page(json: &Json) -> Result<ChangePage, MailboxError> {
    let (mut messages, mut removed) = (Vec::new(), Vec::new());
    for item in json.items()? {
        if item.get("@removed").is_some() {
            removed.push(text(item, "id").ok_or_else(|| json.garbled())?);
        } else {
            messages.push(MessageHead::of(item).ok_or_else(|| json.garbled())?);
        }
    }
    let next = match (json.text("@odata.nextLink"), json.text("@odata.deltaLink")) {
        (Some(link), _) => Next::More(link),
        (None, Some(link)) => Next::Done(link),
        (None, None) => return Err(json.garbled()),
    };
    Ok(ChangePage {
        messages,
        removed,
        next,
    })
}

#[cfg(test)]
mod tests;
