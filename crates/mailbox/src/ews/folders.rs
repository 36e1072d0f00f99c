use roxmltree::Node;

use super::answer::{boolean, child, id, text};
use super::call::{Call, On, Target};
use super::client::EwsClient;
use super::element::element;
use super::names::{folder_id, with_fields};
use crate::{AccessToken, Folder, MailboxAddress, MailboxError, Repeating};

const FIELDS: [&str; 5] = [
    "folder:DisplayName",
    "folder:ParentFolderId",
    "folder:ChildFolderCount",
    "folder:TotalCount",
    "folder:UnreadCount",
];

const PAGE: usize = 500;
/// Ten thousand folders; a mailbox with more is not browsed in a list.
const MOST: usize = 10_000;

impl EwsClient {
    /// One folder, by a well-known name (`inbox`, `sentitems`, …) or by id (Exchange web services: "GetFolder").
    ///
    /// # Errors
    /// [`MailboxError`]; `FolderMissing` when there is none, `MailboxMissing` when there is no mailbox.
    pub async fn mailbox_folder(
        &self,
        token: &AccessToken,
        mailbox: &MailboxAddress,
        folder: &str,
    ) -> Result<Folder, MailboxError> {
        let body = element("m:GetFolder")
            .child(with_fields("m:FolderShape", FIELDS))
            .child(element("m:FolderIds").child(folder_id(mailbox, folder)));
        let call = Call::read("get_folder", On { token, mailbox }, Target::Folder, body)?;
        self.read(&call, |message| {
            folder_of(child(message, "Folders")?.first_element_child()?)
        })
        .await
    }

    /// The mail folders at the top of the mailbox, or inside `parent`, all pages of them (Exchange web services:
    /// "FindFolder").
    ///
    /// # Errors
    /// [`MailboxError`]; `Repeating` when the pages go in a circle or never end.
    pub async fn folders(
        &self,
        token: &AccessToken,
        mailbox: &MailboxAddress,
        parent: Option<&str>,
    ) -> Result<Vec<Folder>, MailboxError> {
        let parent = parent.unwrap_or("msgfolderroot");
        let mut folders = Vec::new();
        let mut offset = 0;
        while offset < MOST {
            let page = element("m:IndexedPageFolderView")
                .attribute("MaxEntriesReturned", PAGE.to_string())
                .attribute("Offset", offset.to_string())
                .attribute("BasePoint", "Beginning");
            let body = element("m:FindFolder")
                .attribute("Traversal", "Shallow")
                .child(with_fields("m:FolderShape", FIELDS))
                .child(page)
                .child(element("m:ParentFolderIds").child(folder_id(mailbox, parent)));
            let call = Call::read("list_folders", On { token, mailbox }, Target::Folder, body)?;
            let (found, next) = self.read(&call, |message| page_of(message, offset)).await?;
            folders.extend(found);
            match next {
                None => return Ok(folders),
                Some(next) if next > offset => offset = next,
                Some(_) => break,
            }
        }
        Err(Repeating.into())
    }
}

fn page_of(message: Node<'_, '_>, offset: usize) -> Option<(Vec<Folder>, Option<usize>)> {
    let root = child(message, "RootFolder")?;
    let listed: Vec<_> = child(root, "Folders")
        .map(|folders| folders.children().filter(Node::is_element).collect())
        .unwrap_or_default();
    let next = next_offset(root, offset + listed.len())?;
    // Calendars, contacts and the like have elements of their own names.
    let folders = listed
        .into_iter()
        .filter(|node| node.tag_name().name() == "Folder");
    Some((folders.map(folder_of).collect::<Option<_>>()?, next))
}

/// Where the next page begins; the inner `None` after the last one. A page may be shorter than was asked for.
pub(super) fn next_offset(root: Node<'_, '_>, counted: usize) -> Option<Option<usize>> {
    if boolean(root.attribute("IncludesLastItemInRange")?)? {
        return Some(None);
    }
    let told = root.attribute("IndexedPagingOffset");
    Some(Some(
        told.and_then(|told| told.parse().ok()).unwrap_or(counted),
    ))
}

fn folder_of(node: Node<'_, '_>) -> Option<Folder> {
    let count = |name| {
        text(node, name)
            .and_then(|text| text.parse().ok())
            .unwrap_or_default()
    };
    Some(Folder {
        id: id(node, "FolderId")?,
        name: text(node, "DisplayName").unwrap_or_default(),
        parent_id: id(node, "ParentFolderId"),
        children: count("ChildFolderCount"),
        total: count("TotalCount"),
        unread: count("UnreadCount"),
    })
}

#[cfg(test)]
mod tests;
