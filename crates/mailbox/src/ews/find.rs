use chrono::{DateTime, SecondsFormat, Utc};
use roxmltree::Node;

use super::answer::child;
use super::call::{Call, On, Target};
use super::client::EwsClient;
use super::element::{Element, element};
use super::folders::next_offset;
use super::names::{field_uri, folder_id, head_shape, restriction};
use crate::{AccessToken, MailboxAddress, MailboxError, MessageHead, Repeating};

/// Exchange gives no more at once to a search with a restriction.
const PAGE: usize = 250;
/// A folder with more is reconciled over a shorter time.
const MOST: usize = 100_000;

impl EwsClient {
    /// The message of a folder that has this `Message-ID` (Exchange web services: "FindItem").
    ///
    /// # Errors
    /// [`MailboxError`]; `FolderMissing` when the folder is gone.
    pub async fn find_by_message_id(
        &self,
        token: &AccessToken,
        mailbox: &MailboxAddress,
        folder: &str,
        internet_message_id: &str,
    ) -> Result<Option<MessageHead>, MailboxError> {
        let bare = internet_message_id
            .trim()
            .trim_start_matches('<')
            .trim_end_matches('>');
        let same = restriction(
            "t:IsEqualTo",
            "message:InternetMessageId",
            format!("<{bare}>"),
        );
        let found = self
            .find(On { token, mailbox }, folder, Some(&same), 1)
            .await?;
        Ok(found.into_iter().next())
    }

    /// All messages of a folder, the oldest first, for the reconcile that finds what the sync lost.
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
        let since = since.map(|since| {
            let since = since.to_rfc3339_opts(SecondsFormat::Secs, true);
            restriction("t:IsGreaterThanOrEqualTo", "item:DateTimeReceived", since)
        });
        self.find(On { token, mailbox }, folder, since.as_ref(), usize::MAX)
            .await
    }

    /// Pages can be short or empty and still not be the last.
    pub(super) async fn find(
        &self,
        on: On<'_>,
        folder: &str,
        restriction: Option<&Element<'_>>,
        enough: usize,
    ) -> Result<Vec<MessageHead>, MailboxError> {
        let mut heads = Vec::new();
        let mut offset = 0;
        while offset < MOST {
            let body = find_item(on.mailbox, folder, restriction, offset, enough.min(PAGE));
            let call = Call::read("list_messages", on, Target::Folder, body)?;
            let (found, next) = self.read(&call, |message| page_of(message, offset)).await?;
            heads.extend(found);
            match next {
                _ if heads.len() >= enough => return Ok(heads),
                None => return Ok(heads),
                Some(next) if next > offset => offset = next,
                Some(_) => break,
            }
        }
        Err(Repeating.into())
    }
}

/// The oldest first: what arrives meanwhile is at the end and moves nothing.
fn find_item<'a>(
    mailbox: &'a MailboxAddress,
    folder: &'a str,
    restriction: Option<&Element<'a>>,
    offset: usize,
    size: usize,
) -> Element<'a> {
    let page = element("m:IndexedPageItemView")
        .attribute("MaxEntriesReturned", size.to_string())
        .attribute("Offset", offset.to_string())
        .attribute("BasePoint", "Beginning");
    let order = element("t:FieldOrder")
        .attribute("Order", "Ascending")
        .child(field_uri("item:DateTimeReceived"));
    element("m:FindItem")
        .attribute("Traversal", "Shallow")
        .child(head_shape())
        .child(page)
        .children(restriction.cloned())
        .child(element("m:SortOrder").child(order))
        .child(element("m:ParentFolderIds").child(folder_id(mailbox, folder)))
}

fn page_of(message: Node<'_, '_>, offset: usize) -> Option<(Vec<MessageHead>, Option<usize>)> {
    let root = child(message, "RootFolder")?;
    let items = child(root, "Items");
    let items = items.into_iter().flat_map(|items| items.children());
    let heads: Vec<_> = items
        .filter(Node::is_element)
        .map(MessageHead::of_item)
        .collect::<Option<_>>()?;
    let next = next_offset(root, offset + heads.len())?;
    Some((heads, next))
}

#[cfg(test)]
mod tests;
