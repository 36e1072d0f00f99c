use std::collections::HashSet;

use chrono::{DateTime, Utc};
use url::Url;

use super::call::Call;
use super::classify::Target;
use super::client::GraphClient;
use super::delta::received_since;
use super::message::FIELDS;
use super::path::query;
use crate::{AccessToken, MailboxAddress, MailboxError, MessageHead, Repeating};

/// 100,000 messages: a folder with more is reconciled over a shorter time.
const PAGE_CAP: usize = 1_000;

impl GraphClient {
    /// All messages of a folder, newest or oldest first as Graph likes, for the reconcile that finds what
    /// delta lost.
    ///
    /// # Errors
    /// [`MailboxError`]; `Repeating` when the pages go in a circle or never end.
    pub async fn list_messages(
        &self,
        token: &AccessToken,
        mailbox: &MailboxAddress,
        folder: &str,
        since: Option<DateTime<Utc>>,
    ) -> Result<Vec<MessageHead>, MailboxError> {
        let url = self.url(mailbox, &["mailFolders", folder, "messages"])?;
        let mut url = match since {
            None => query(url, &[("$select", FIELDS), ("$top", "100")]),
            Some(since) => {
                let since = received_since(since);
                query(
                    url,
                    &[("$select", FIELDS), ("$filter", &since), ("$top", "100")],
                )
            }
        };
        let (mut seen, mut messages) = (HashSet::new(), Vec::new());
        while seen.insert(url.clone()) && seen.len() <= PAGE_CAP {
            let (page, next) = self.list_page(token, url).await?;
            messages.extend(page);
            match next {
                Some(link) => url = link,
                None => return Ok(messages),
            }
        }
        Err(Repeating.into())
    }

    pub(crate) async fn list_page(
        &self,
        token: &AccessToken,
        url: Url,
    ) -> Result<(Vec<MessageHead>, Option<Url>), MailboxError> {
        let call = Call::get("list_messages", token, url, Target::Folder);
        let json = self.read(&call).await?.json()?;
        let heads: Option<Vec<_>> = json.items()?.iter().map(MessageHead::of).collect();
        let next = json
            .text("@odata.nextLink")
            .map(|link| self.own_link(&link))
            .transpose()?;
        Ok((heads.ok_or_else(|| json.garbled())?, next))
    }
}

#[cfg(test)]
mod tests;
