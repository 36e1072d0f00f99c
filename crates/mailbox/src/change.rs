use std::fmt;

use chrono::{DateTime, Utc};

use crate::MessageHead;

/// Where in a folder's changes a poll stands. EWS needs folder and time for every page, not only for
/// the first.
#[derive(Clone, PartialEq, Eq)]
pub struct ChangeCursor {
    /// A well-known name or an id.
    pub folder: String,
    /// Only mail received at or after this time. Graph then shows at most 5,000 messages; EWS has no such filter, and
    /// what is older is left out on our side.
    pub since: Option<DateTime<Utc>>,
    /// What the last page gave, untouched; `None` at the beginning.
    pub state: Option<String>,
}

impl fmt::Debug for ChangeCursor {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ChangeCursor")
            .field("since", &self.since)
            .field("begun", &self.state.is_some())
            .finish_non_exhaustive()
    }
}

/// One page of the changes in a folder. May be empty and still have more after it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ChangePage {
    /// New and changed messages, in no promised order; one may come twice.
    pub messages: Vec<MessageHead>,
    /// Ids that left the folder. With Graph's immutable ids a message that was moved away and back is reported
    /// here and nowhere else, so a removed id is a hint to look, not the truth.
    pub removed: Vec<String>,
    /// What comes after.
    pub next: Next,
}

/// What comes after a page: a link of Graph, or a sync state of EWS.
#[derive(Clone, PartialEq, Eq)]
pub enum Next {
    /// More pages of this round.
    More(String),
    /// The round is over; the next one begins here.
    Done(String),
}

impl fmt::Debug for Next {
    /// A link may carry the address of a mailbox, so it is not shown.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::More(_) => "More(..)",
            Self::Done(_) => "Done(..)",
        })
    }
}
