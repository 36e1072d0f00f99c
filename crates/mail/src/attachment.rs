use std::fmt;

/// A part of a mail that is a file.
#[derive(Clone, PartialEq, Eq)]
pub struct Attachment {
    /// A safe file name: never empty, no path, unique within the mail whatever the case.
    pub name: String,
    /// `type/subtype` in lower case.
    pub media_type: String,
    /// The decoded bytes.
    pub content: Vec<u8>,
    /// Content-ID without `<>`: what a `cid:` address in the HTML names.
    pub content_id: Option<String>,
    /// Shown in the text by the mail program of the writer, not listed beside it.
    pub inline: bool,
}

/// Without name and content.
impl fmt::Debug for Attachment {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Attachment")
            .field("media_type", &self.media_type)
            .field("size", &self.content.len())
            .field("inline", &self.inline)
            .finish_non_exhaustive()
    }
}
