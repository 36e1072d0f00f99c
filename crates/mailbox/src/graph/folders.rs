use std::collections::HashSet;

use serde_json::Value;

use super::answer::text;
use super::call::Call;
use super::classify::Target;
use super::client::GraphClient;
use super::path::query;
use crate::{AccessToken, Folder, MailboxAddress, MailboxError, Repeating};

const FIELDS: &str =
    "id,displayName,parentFolderId,childFolderCount,totalItemCount,unreadItemCount";

/// Ten thousand folders; a mailbox with more is not browsed in a list.
const PAGE_CAP: usize = 100;

impl GraphClient {
    /// One folder, by a well-known name (`inbox`, `sentitems`, …) or by id.
    ///
    /// # Errors
    /// [`MailboxError`]; `FolderMissing` when there is none, `MailboxMissing` when there is no mailbox.
    pub async fn mailbox_folder(
        &self,
        token: &AccessToken,
        mailbox: &MailboxAddress,
        folder: &str,
    ) -> Result<Folder, MailboxError> {
        let url = query(
            self.url(mailbox, &["mailFolders", folder])?,
            &[("$select", FIELDS)],
        );
        let json = self
            .read(&Call::get("get_folder", token, url, Target::Folder))
            .await?
            .json()?;
        folder_of(&json.value).ok_or_else(|| json.garbled())
    }

    /// The folders at the top of the mailbox, or inside `parent`, all pages of them.
    ///
    /// # Errors
    /// [`MailboxError`].
    pub async fn folders(
        &self,
        token: &AccessToken,
        mailbox: &MailboxAddress,
        parent: Option<&str>,
    ) -> Result<Vec<Folder>, MailboxError> {
        let url = match parent {
            None => self.url(mailbox, &["mailFolders"])?,
            Some(parent) => self.url(mailbox, &["mailFolders", parent, "childFolders"])?,
        };
        let mut url = query(url, &[("$select", FIELDS), ("$top", "100")]);
        let (mut seen, mut folders) = (HashSet::new(), Vec::new());
        while seen.insert(url.clone()) && seen.len() <= PAGE_CAP {
            let call = Call::get("list_folders", token, url, Target::Folder);
            let json = self.read(&call).await?.json()?;
            for item in json.items()? {
                folders.push(folder_of(item).ok_or_else(|| json.garbled())?);
            }
            match json.text("@odata.nextLink") {
                Some(link) => url = self.own_link(&link)?,
                None => return Ok(folders),
            }
        }
        Err(Repeating.into())
    }
}

fn folder_of(item: &Value) -> Option<Folder> {
    let count = |field: &str| item.get(field).and_then(Value::as_u64).unwrap_or_default();
    Some(Folder {
        id: text(item, "id")?,
        name: text(item, "displayName").unwrap_or_default(),
        parent_id: text(item, "parentFolderId"),
        children: count("childFolderCount"),
        total: count("totalItemCount"),
        unread: count("unreadItemCount"),
    })
}

#[cfg(test)]
mod tests;
