use chrono::{DurationRound as _, TimeDelta};
use roxmltree::Node;

use super::answer::{child, flag, id, text};
use super::call::{Call, On, Target};
use super::client::EwsClient;
use super::element::element;
use super::names::{folder_id, head_shape};
use crate::{
    AccessToken, ChangeCursor, ChangePage, MailboxAddress, MailboxError, MessageHead, Next,
};

/// `MaxSyncChangesReturnedType` of the schema.
const PAGE_LIMIT: u32 = 512;

impl EwsClient {
    /// One page of the changes in a folder (Exchange web services: "SyncFolderItems"), the newest first. Keep the state
    /// only once everything of the page is durable. Changes of the read flag alone are left out: it is never state.
    ///
    /// # Errors
    /// [`MailboxError`]; `Resync` when Exchange does not know the state any more.
    pub async fn sync_page(
        &self,
        token: &AccessToken,
        mailbox: &MailboxAddress,
        cursor: &ChangeCursor,
        page_size: u32,
    ) -> Result<ChangePage, MailboxError> {
        let state = cursor.state.as_deref();
        let size = page_size.clamp(1, PAGE_LIMIT).to_string();
        let body = element("m:SyncFolderItems")
            .child(head_shape())
            .child(element("m:SyncFolderId").child(folder_id(mailbox, &cursor.folder)))
            .children(state.map(|state| element("m:SyncState").text(state)))
            .child(element("m:MaxChangesReturned").text(size))
            .child(element("m:SyncScope").text("NormalItems"));
        let call = Call::read("sync", On { token, mailbox }, Target::Folder, body)?;
        let mut page = self.read(&call, page).await?;
        if let Some(since) = cursor.since {
            // Exchange tells whole seconds: what came within the second of the start looks older than it is.
            let since = since.duration_trunc(TimeDelta::seconds(1)).unwrap_or(since);
            let wanted = |head: &MessageHead| head.received_at.is_none_or(|at| at >= since);
            page.messages.retain(wanted);
        }
        Ok(page)
    }
}

fn page(message: Node<'_, '_>) -> Option<ChangePage> {
    let (mut messages, mut removed) = (Vec::new(), Vec::new());
    let changes = child(message, "Changes");
    for change in changes.into_iter().flat_map(|changes| changes.children()) {
        match change.tag_name().name() {
            "Create" | "Update" => {
                messages.push(MessageHead::of_item(change.first_element_child()?)?);
            }
            "Delete" => removed.push(id(change, "ItemId")?),
            _ => {}
        }
    }
    let state = text(message, "SyncState")?;
    Some(ChangePage {
        messages,
        removed,
        next: match flag(message, "IncludesLastItemInRange")? {
            true => Next::Done(state),
            false => Next::More(state),
        },
    })
}

#[cfg(test)]
mod tests;
