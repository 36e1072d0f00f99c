use std::fmt;

use chrono::{DateTime, SecondsFormat, Utc};

use super::answer::{Json, text};
use super::call::Call;
use super::classify::Target;
use super::client::GraphClient;
use super::error::GraphError;
use super::message::{FIELDS, MessageHead};
use super::path::query;
use crate::{AccessToken, MailboxAddress};

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

/// One page of changes. May be empty and still have more after it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DeltaPage {
    /// New and changed messages, in no promised order; one may come twice.
    pub messages: Vec<MessageHead>,
    /// Ids that left the folder. With immutable ids a message that was moved away and back is reported
    /// here and nowhere else, so a removed id is a hint to look, not the truth.
    pub removed: Vec<String>,
    /// What comes after.
    pub next: Next,
}

/// What comes after a page.
#[derive(Clone, PartialEq, Eq)]
pub enum Next {
    /// More pages of this round: `@odata.nextLink`.
    More(String),
    /// The round is over; the next one begins here: `@odata.deltaLink`.
    Done(String),
}

impl fmt::Debug for Next {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::More(_) => "More(..)",
            Self::Done(_) => "Done(..)",
        })
    }
}

impl GraphClient {
    /// One page of the changes in a folder (Microsoft Graph: "Get incremental changes to messages in a
    /// folder"). Keep the cursor only once everything of the page is durable.
    ///
    /// # Errors
    /// [`GraphError`]; `Resync` when Graph lost the state, `ForeignLink` for a link that is not of this Graph.
    pub async fn delta_page(
        &self,
        token: &AccessToken,
        mailbox: &MailboxAddress,
        cursor: &DeltaCursor,
        page_size: u32,
    ) -> Result<DeltaPage, GraphError> {
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

fn page(json: &Json) -> Result<DeltaPage, GraphError> {
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
    Ok(DeltaPage {
        messages,
        removed,
        next,
    })
}

#[cfg(test)]
mod tests;
