//! Whether a machine wrote a mail, and which field told so.

mod headers;
mod wording;

use serde::{Deserialize, Serialize};

use crate::{Address, mime::Part};

/// What kind of mail it is, as far as a machine had a part in it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Kind {
    /// A person's mail, as far as one can see.
    #[default]
    Person,
    /// A mail was not delivered, or late (RFC 3464).
    Bounce,
    /// A mail was shown to its reader, or deleted (RFC 8098).
    ReadReceipt,
    /// Somebody marked a mail as spam (RFC 5965), or another report about mail.
    Report,
    /// "I am away" and other answers of a mailbox (RFC 3834 `auto-replied`).
    AutoReply,
    /// Written by a program on its own account (RFC 3834 `auto-generated`).
    Generated,
    /// Sent to a mailing list (RFC 2919) or to many at once: a person or a program wrote it.
    Bulk,
}

/// Whether a mail needs no issue because a machine answered.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Automatic {
    /// True for every [`Kind`] but [`Kind::Person`] and [`Kind::Bulk`].
    pub is_automatic: bool,
    /// What it is.
    pub kind: Kind,
    /// The field that told so, as `Name: value`, cut to 120 characters.
    pub because: Option<String>,
}

impl Automatic {
    pub(crate) fn of(mail: &Part<'_>, from: Option<&Address>, text: Option<&str>) -> Self {
        let told = headers::told(&mail.fields, &mail.fields.media_type().unwrap_or_default())
            .or_else(|| headers::status_part(mail))
            .or_else(|| wording::told(&mail.fields, from, text.unwrap_or_default()))
            .or_else(|| headers::bulk(&mail.fields));
        let Some((kind, because)) = told else {
            return Self::default();
        };
        let because = because
            .chars()
            .filter(|character| !character.is_control())
            .take(120)
            .collect();
        Self {
            is_automatic: kind != Kind::Bulk,
            kind,
            because: Some(because),
        }
    }
}

#[cfg(test)]
mod tests;
