//! One refresh of a grant at a time within the process, so that its tasks do not all ask the book who holds the claim.

use std::{
    collections::HashMap,
    sync::{Arc, Mutex as StdMutex, PoisonError, Weak},
};

use postroom_registry::GrantId;
use tokio::sync::{Mutex, OwnedMutexGuard};

/// Who holds it refreshes.
pub(super) type Turn = OwnedMutexGuard<()>;

/// The turns of all grants. Cheap to clone; clones share them.
#[derive(Clone, Debug, Default)]
pub(super) struct Turns(Arc<StdMutex<HashMap<GrantId, Weak<Mutex<()>>>>>);

impl Turns {
    /// Waits for the turn.
    pub(super) async fn wait(&self, id: GrantId) -> Turn {
        self.of(id).lock_owned().await
    }

    /// The turn, if nobody has it.
    pub(super) fn take(&self, id: GrantId) -> Option<Turn> {
        self.of(id).try_lock_owned().ok()
    }

    fn of(&self, id: GrantId) -> Arc<Mutex<()>> {
        let mut turns = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(turn) = turns.get(&id).and_then(Weak::upgrade) {
            return turn;
        }
        // Turns that nobody holds are gone; their names go with the next new one.
        turns.retain(|_, turn| turn.strong_count() > 0);
        let turn = Arc::default();
        turns.insert(id, Arc::downgrade(&turn));
        turn
    }
}

#[cfg(test)]
mod tests {
    use postroom_clock::Clock;

    use super::*;

    #[tokio::test]
    async fn a_turn_is_one_for_each_grant_and_free_again_when_it_ends() {
        let (turns, clock) = (Turns::default(), Clock::system());
        let (one, other) = (GrantId(clock.new_id()), GrantId(clock.new_id()));
        let held = turns.take(one).unwrap();
        assert!(turns.clone().take(one).is_none());
        assert!(turns.take(other).is_some());
        drop(held);
        drop(turns.wait(one).await);
        assert!(turns.take(other).is_some());
        assert_eq!(turns.0.lock().unwrap().len(), 1, "what ended is forgotten");
    }
}
