//! A folder as EWS shows it ("Folder").

use super::{
    folder_shape::FolderShape,
    item::folder_id,
    write::{around, element},
};
use crate::microsoft::mailbox::{FolderKey, Mailbox};

/// Properties in the order of the schema.
const PROPERTIES: [&str; 9] = [
    "folder:FolderId",
    "folder:ParentFolderId",
    "folder:FolderClass",
    "folder:DisplayName",
    "folder:TotalCount",
    "folder:ChildFolderCount",
    "folder:EffectiveRights",
    "folder:DistinguishedFolderId",
    "folder:UnreadCount",
];

pub(super) fn write(mailbox: &Mailbox, key: FolderKey, shape: &FolderShape) -> String {
    let wanted = PROPERTIES.iter().filter(|uri| shape.wants(uri));
    let inner: String = wanted
        .filter_map(|uri| property(mailbox, key, uri))
        .collect();
    around("t:Folder", &inner)
}

fn property(mailbox: &Mailbox, key: FolderKey, uri: &str) -> Option<String> {
    let (_, name) = uri.split_once(':')?;
    let folder = mailbox.folder(key);
    let tag = format!("t:{name}");
    let mails = || mailbox.mails(Some(key));
    Some(match name {
        "FolderId" => folder_id(mailbox, key, name),
        "ParentFolderId" => folder_id(mailbox, folder.parent.unwrap_or(key), name),
        "FolderClass" => element(&tag, "IPF.Note"),
        "DisplayName" => element(&tag, &folder.name),
        "TotalCount" => element(&tag, mails().len()),
        "ChildFolderCount" => element(&tag, mailbox.children(key).count()),
        "UnreadCount" => element(&tag, mails().iter().filter(|mail| !mail.is_read).count()),
        "EffectiveRights" => {
            let rights = [
                "CreateAssociated",
                "CreateContents",
                "CreateHierarchy",
                "Delete",
                "Modify",
                "Read",
                "ViewPrivateItems",
            ];
            let all = rights
                .iter()
                .map(|right| element(&format!("t:{right}"), "true"));
            around(&tag, &all.collect::<String>())
        }
        // The name "archive" of Graph is none of the schema's.
        "DistinguishedFolderId" => {
            let known = folder.well_known.filter(|name| *name != "archive")?;
            element(&tag, known)
        }
        _ => return None,
    })
}
