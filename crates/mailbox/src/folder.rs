/// A mail folder.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Folder {
    /// Its id; stable.
    pub id: String,
    /// Its name in the mailbox's language. May hold a `/`: never a path.
    pub name: String,
    /// The folder it lies in.
    pub parent_id: Option<String>,
    /// Folders directly inside.
    pub children: u64,
    /// Messages in it.
    pub total: u64,
    /// Unread messages in it.
    pub unread: u64,
}
