//! Mail folders.

use base64::{Engine as _, engine::general_purpose::URL_SAFE};
use sha2::{Digest as _, Sha256};

use super::Mailbox;

/// Place of a folder in its mailbox.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct FolderKey(pub(super) usize);

/// A folder. Its id never changes.
#[derive(Clone, Debug)]
pub(crate) struct Folder {
    pub(crate) id: String,
    pub(crate) name: String,
    /// The name that may stand for the id (resource type mailFolder).
    pub(crate) well_known: Option<&'static str>,
    /// None at the root.
    pub(crate) parent: Option<FolderKey>,
}

/// The root, which is no place for mail.
const ROOT: FolderKey = FolderKey(0);

const WELL_KNOWN: [(&str, &str); 8] = [
    ("msgfolderroot", "Top of Information Store"),
    ("inbox", "Inbox"),
    ("drafts", "Drafts"),
    ("sentitems", "Sent Items"),
    ("deleteditems", "Deleted Items"),
    ("archive", "Archive"),
    ("junkemail", "Junk Email"),
    ("outbox", "Outbox"),
];

impl Folder {
    pub(super) fn defaults(address: &str) -> Vec<Self> {
        let folder = |(place, (well_known, name)): (usize, &(&'static str, &str))| Self {
            id: id(address, place),
            name: (*name).to_owned(),
            well_known: Some(*well_known),
            parent: (place > 0).then_some(ROOT),
        };
        WELL_KNOWN.iter().enumerate().map(folder).collect()
    }
}

/// Looks like Exchange's, without saying anything; of one mailbox alone, as EWS finds the mailbox by it.
fn id(address: &str, place: usize) -> String {
    let digest = Sha256::digest(format!("folder {place} of {}", address.to_lowercase()));
    format!("AQMkAF{}", URL_SAFE.encode(&digest[..25]))
}

impl Mailbox {
    /// A folder by its id alone.
    pub(crate) fn folder_with_id(&self, id: &str) -> Option<FolderKey> {
        self.folders
            .iter()
            .position(|folder| folder.id == id)
            .map(FolderKey)
    }

    /// A folder by its id or its well-known name.
    pub(crate) fn folder_key(&self, name: &str) -> Option<FolderKey> {
        let same = |folder: &Folder| {
            folder.id == name
                || folder
                    .well_known
                    .is_some_and(|known| known.eq_ignore_ascii_case(name))
        };
        self.folders.iter().position(same).map(FolderKey)
    }

    pub(crate) fn folder(&self, key: FolderKey) -> &Folder {
        &self.folders[key.0]
    }

    pub(crate) fn children(&self, parent: FolderKey) -> impl Iterator<Item = (FolderKey, &Folder)> {
        let all = self
            .folders
            .iter()
            .enumerate()
            .map(|(place, folder)| (FolderKey(place), folder));
        all.filter(move |(_, folder)| folder.parent == Some(parent))
    }

    /// Makes a folder; nothing when the parent has one of that name.
    pub(crate) fn add_folder(&mut self, parent: FolderKey, name: &str) -> Option<FolderKey> {
        if self
            .children(parent)
            .any(|(_, folder)| folder.name.eq_ignore_ascii_case(name))
        {
            return None;
        }
        let place = self.folders.len();
        let folder = Folder {
            id: id(&self.address, place),
            name: name.to_owned(),
            well_known: None,
            parent: Some(parent),
        };
        self.folders.push(folder);
        Some(FolderKey(place))
    }

    /// The root, whose children are the folders that people see.
    pub(crate) fn root(&self) -> FolderKey {
        ROOT
    }
}
