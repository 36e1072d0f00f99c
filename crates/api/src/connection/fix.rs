//! What somebody can do to end a state, ready to be copied or opened.

use postroom_mailbox as mailbox;
use postroom_registry::connection;
use serde::Serialize;
use utoipa::ToSchema;

use crate::routes::vocabulary::words;

words! {
    /// What a fix is.
    FixKind of connection::FixKind {
        /// A command to copy, e.g. for Exchange Online PowerShell.
        Command,
        /// A page to open.
        Link,
        /// Something to do, in words.
        Step,
    }
}

/// One way out, for the person who must act.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub(crate) struct Fix {
    /// What it is.
    pub(crate) kind: FixKind,
    /// What it is for, in a few words.
    pub(crate) label: String,
    /// What to copy or to do.
    pub(crate) text: String,
    /// What to open.
    #[schema(required)]
    pub(crate) url: Option<String>,
}

impl From<&connection::Fix> for Fix {
    fn from(fix: &connection::Fix) -> Self {
        Self {
            kind: fix.kind.into(),
            label: fix.label.clone(),
            text: fix.text.clone(),
            url: fix.url.clone(),
        }
    }
}

impl From<mailbox::Fix> for Fix {
    fn from(fix: mailbox::Fix) -> Self {
        Self {
            kind: match fix.kind {
                mailbox::FixKind::Command => FixKind::Command,
                mailbox::FixKind::Link => FixKind::Link,
                mailbox::FixKind::Step => FixKind::Step,
            },
            label: fix.label,
            text: fix.text,
            url: fix.url,
        }
    }
}
