use super::delta::DeltaCursor;
use super::error::GraphError;
use crate::{ChangePage, ChangeWalk, Pace, Repeating};

/// [`ChangeWalk`] in the words of Graph's delta.
#[derive(Debug)]
pub struct DeltaWalk(ChangeWalk);

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
        Self(ChangeWalk::new(page_cap))
    }

    /// Looks at a page that was just read and says where to go.
    ///
    /// # Errors
    /// [`GraphError::RepeatingDelta`] when the walk goes in a circle: start again from
    /// [`DeltaCursor::Start`], the ledger knows what it has.
    pub fn follow(&mut self, page: &ChangePage) -> Result<Step, GraphError> {
        Ok(match self.0.follow(page)? {
            Pace::More(link) => Step::More(DeltaCursor::Resume(link)),
            Pace::Rest(link) => Step::Rest(DeltaCursor::Resume(link)),
            Pace::Done(link) => Step::Done(DeltaCursor::Resume(link)),
        })
    }
}

impl From<Repeating> for GraphError {
    fn from(_: Repeating) -> Self {
        Self::RepeatingDelta
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Next;

    fn page(next: Next) -> ChangePage {
        ChangePage {
            messages: Vec::new(),
            removed: Vec::new(),
            next,
        }
    }

    #[test]
    fn a_circle_is_graphs_own_and_passes() {
        let mut walk = DeltaWalk::new(1);
        let first = walk.follow(&page(Next::More("1".into()))).unwrap();
        assert_eq!(first, Step::Rest(DeltaCursor::Resume("1".into())));
        let error = walk.follow(&page(Next::More("1".into()))).unwrap_err();
        assert!(matches!(error, GraphError::RepeatingDelta) && error.is_transient());
    }
}
