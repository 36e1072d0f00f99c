use std::fmt;

use postroom_mail::Kind;
use serde::{Deserialize, Serialize};

/// Why a mail is not delivered: a code for programs, a [sentence](Self::sentence) for an administrator.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "code", rename_all = "snake_case")]
#[non_exhaustive]
pub enum Reason {
    /// A mail that Postroom itself sent came back.
    OwnMail,
    /// The same mail is in this source already.
    Duplicate {
        /// The id of the mail that came first.
        mail_id: String,
    },
    /// A machine wrote it.
    Automatic {
        /// What kind of automatic mail it is.
        kind: Kind,
        /// The field that told so.
        because: String,
    },
    /// The administrator has not chosen yet where new issues go.
    NoTarget,
}

impl Reason {
    /// The code, as in the JSON.
    pub fn code(&self) -> &'static str {
        match self {
            Self::OwnMail => "own_mail",
            Self::Duplicate { .. } => "duplicate",
            Self::Automatic { .. } => "automatic",
            Self::NoTarget => "no_target",
        }
    }

    /// A sentence for an administrator.
    pub fn sentence(&self) -> String {
        match self {
            Self::OwnMail => "Postroom sent this mail itself.".to_owned(),
            Self::Duplicate { .. } => "The same mail was received before.".to_owned(),
            Self::Automatic { kind, because } => format!("{} ({because}).", kind_words(*kind)),
            Self::NoTarget => {
                "Choose the project and issue type that this source's mail goes to.".to_owned()
            }
        }
    }
}

fn kind_words(kind: Kind) -> &'static str {
    match kind {
        Kind::Bounce => "This is a report that a mail was not delivered",
        Kind::ReadReceipt => "This is a read receipt",
        Kind::Report => "This is a report about mail",
        Kind::AutoReply => "This is an automatic answer",
        Kind::Generated => "A program wrote this mail",
        Kind::Bulk => "This was sent to many",
        Kind::Person => "A person wrote this mail",
    }
}

/// The code only: fields of a mail are not for logs.
impl fmt::Debug for Reason {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.code())
    }
}
