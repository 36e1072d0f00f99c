use std::collections::{HashMap, HashSet};
use std::hash::{DefaultHasher, Hash as _, Hasher as _};

use super::delta::DeltaCursor;
use super::error::GraphError;
use crate::{ChangePage, Next};

/// A page of the very same changes may be replayed once; three times is a loop.
const SAME_PAGE: u32 = 3;

/// Guards one round of delta pages against loops and against running for ever.
///
/// Graph is known to hand out one `nextLink` without end, and to change the link while the page stays the
/// same (msgraph-sdk-dotnet issue 3082).
#[derive(Debug)]
pub struct DeltaWalk {
    page_cap: u32,
    pages: u32,
    links: HashSet<String>,
    contents: HashMap<u64, u32>,
}

/// Where to go after a page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Step {
    /// Fetch this next.
    More(DeltaCursor),
    /// Enough for this round; go on from here in another one.
    Rest(DeltaCursor),
    /// All changes are seen; the next round begins here.
    Done(DeltaCursor),
}

impl DeltaWalk {
    /// A walk of at most `page_cap` pages.
    pub fn new(page_cap: u32) -> Self {
        Self {
            page_cap,
            pages: 0,
            links: HashSet::new(),
            contents: HashMap::new(),
        }
    }

    /// Looks at a page that was just read and says where to go.
    ///
    /// # Errors
    /// [`GraphError::RepeatingDelta`] when the walk goes in a circle: start again from
    /// [`DeltaCursor::Start`], the ledger knows what it has.
    pub fn follow(&mut self, page: &ChangePage) -> Result<Step, GraphError> {
        self.pages += 1;
        let link = match &page.next {
            Next::Done(link) => return Ok(Step::Done(DeltaCursor::Resume(link.clone()))),
            Next::More(link) => link,
        };
        if !self.links.insert(link.clone()) || self.same_again(page) {
            return Err(GraphError::RepeatingDelta);
        }
        let next = DeltaCursor::Resume(link.clone());
        Ok(if self.pages < self.page_cap {
            Step::More(next)
        } else {
            Step::Rest(next)
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
