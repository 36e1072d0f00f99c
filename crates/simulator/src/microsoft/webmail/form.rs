//! What the compose form holds.

use serde::Serialize;

/// The fields of the form.
#[derive(Clone, Debug, Default, Serialize)]
pub(super) struct Draft {
    pub(super) to: String,
    pub(super) cc: String,
    pub(super) subject: String,
    pub(super) body: String,
    /// An HTML version, sent beside the text.
    pub(super) html: String,
    /// Message id that is answered.
    pub(super) in_reply_to: String,
    /// Message ids of the thread, oldest first.
    pub(super) references: String,
    #[serde(skip)]
    pub(super) files: Vec<File>,
}

/// An attached file.
#[derive(Clone, Debug)]
pub(super) struct File {
    pub(super) name: String,
    pub(super) media_type: String,
    pub(super) bytes: Vec<u8>,
}

impl Draft {
    /// Puts a field of the form in its place; fields that the form does not have are ignored.
    pub(super) fn set(&mut self, name: &str, value: String) {
        let place = match name {
            "to" => &mut self.to,
            "cc" => &mut self.cc,
            "subject" => &mut self.subject,
            "body" => &mut self.body,
            "html" => &mut self.html,
            "in_reply_to" => &mut self.in_reply_to,
            "references" => &mut self.references,
            _ => return,
        };
        *place = value;
    }
}
