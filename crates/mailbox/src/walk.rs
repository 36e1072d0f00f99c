use std::collections::{HashMap, HashSet};
use std::hash::{DefaultHasher, Hash as _, Hasher as _};

use crate::{ChangePage, Next};

/// A page of the very same changes may be replayed once; three times is a loop.
const SAME_PAGE: u32 = 3;

/// Guards one round of pages of changes against loops and against running for ever.
///
/// Graph is known to hand out one `nextLink` without end, and to change the link while the page stays the
/// same (msgraph-sdk-dotnet issue 3082).
#[derive(Debug)]
pub struct ChangeWalk {
    page_cap: u32,
    pages: u32,
    states: HashSet<String>,
    contents: HashMap<u64, u32>,
}

/// Where to go after a page. What is inside is the state of the next [`ChangeCursor`](crate::ChangeCursor).
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Pace {
    /// Fetch the next page.
    More(String),
    /// Enough for this round; go on from here in another one.
    Rest(String),
    /// All changes are seen; the next round begins here.
    Done(String),
}

/// The walk goes in a circle: start again from the beginning, the ledger knows what it has.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("Microsoft repeats its pages")]
pub struct Repeating;

impl ChangeWalk {
    /// A walk of at most `page_cap` pages.
    pub fn new(page_cap: u32) -> Self {
        Self {
            page_cap,
            pages: 0,
            states: HashSet::new(),
            contents: HashMap::new(),
        }
    }

    /// Looks at a page that was just read and says where to go.
    ///
    /// # Errors
    /// [`Repeating`] when the walk goes in a circle.
    pub fn follow(&mut self, page: &ChangePage) -> Result<Pace, Repeating> {
        self.pages += 1;
        let state = match &page.next {
            Next::Done(state) => return Ok(Pace::Done(state.clone())),
            Next::More(state) => state,
        };
        if !self.states.insert(state.clone()) || self.same_again(page) {
            return Err(Repeating);
        }
        Ok(match self.pages < self.page_cap {
            true => Pace::More(state.clone()),
            false => Pace::Rest(state.clone()),
        })
    }

    fn same_again(&mut self, page: &ChangePage) -> bool {
        if page.messages.is_empty() && page.removed.is_empty() {
            return false;
        }
        let mut hasher = DefaultHasher::new();
        for message in &page.messages {
            (&message.id, message.is_read).hash(&mut hasher);
        }
        page.removed.hash(&mut hasher);
        let times = self.contents.entry(hasher.finish()).or_default();
        *times += 1;
        *times >= SAME_PAGE
    }
}

#[cfg(test)]
mod tests;
