//! Turns at what is dear: so many at once for each tenant, and the others wait a little.

use std::{
    collections::HashMap,
    fmt,
    sync::{Arc, Mutex, PoisonError},
    time::Duration,
};

use postroom_registry::TenantId;
use tokio::sync::{OwnedSemaphorePermit, Semaphore};

use crate::Problem;

/// After so many tenants, those are forgotten that have no turn.
const TIDY_ABOVE: usize = 1024;

/// A turn; it ends when it is dropped.
#[derive(Debug)]
pub(crate) struct Turn {
    _place: OwnedSemaphorePermit,
}

/// Who is at something now, in this process.
pub(crate) struct Turns {
    at_once: usize,
    patience: Duration,
    context: &'static str,
    tenants: Mutex<HashMap<TenantId, Arc<Semaphore>>>,
}

impl Turns {
    /// `at_once` for each tenant; others of the same tenant wait for `patience`. `context` says to the operator what they
    /// waited for.
    pub(crate) fn new(at_once: usize, patience: Duration, context: &'static str) -> Self {
        Self {
            at_once,
            patience,
            context,
            tenants: Mutex::default(),
        }
    }

    /// A turn of a tenant, in the order in which they are asked for.
    ///
    /// # Errors
    /// `too_many_requests` when none comes in time.
    pub(crate) async fn take(&self, tenant: TenantId) -> Result<Turn, Problem> {
        let places = self.places(tenant);
        if let Ok(place) = Arc::clone(&places).try_acquire_owned() {
            return Ok(Turn { _place: place });
        }
        match tokio::time::timeout(self.patience, places.acquire_owned()).await {
            Ok(Ok(place)) => Ok(Turn { _place: place }),
            _ => {
                let wait = self.patience.max(Duration::from_secs(1));
                Err(Problem::too_many_requests(wait, self.context))
            }
        }
    }

    fn places(&self, tenant: TenantId) -> Arc<Semaphore> {
        let mut tenants = self.tenants.lock().unwrap_or_else(PoisonError::into_inner);
        if tenants.len() > TIDY_ABOVE {
            // Whoever has or awaits a turn holds the places, too.
            tenants.retain(|_, places| Arc::strong_count(places) > 1);
        }
        let places = || Arc::new(Semaphore::new(self.at_once));
        Arc::clone(tenants.entry(tenant).or_insert_with(places))
    }
}

impl fmt::Debug for Turns {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Turns").finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests {
    use actix_web::{ResponseError as _, http::StatusCode};
    use uuid::Uuid;

    use super::*;

    fn tenant(number: usize) -> TenantId {
        TenantId(Uuid::from_u128(number as u128))
    }

    #[tokio::test]
    async fn a_tenant_has_its_own_turns_and_no_more() {
        let turns = Turns::new(2, Duration::ZERO, "a test");
        let first = turns.take(tenant(1)).await.unwrap();
        let _second = turns.take(tenant(1)).await.unwrap();
        let refused = turns.take(tenant(1)).await.unwrap_err();
        assert_eq!(refused.status_code(), StatusCode::TOO_MANY_REQUESTS);
        turns.take(tenant(2)).await.unwrap();
        drop(first);
        turns.take(tenant(1)).await.unwrap();
    }

    #[tokio::test]
    async fn who_waits_gets_the_turn_that_ends() {
        let turns = Turns::new(1, Duration::from_secs(60), "a test");
        let first = turns.take(tenant(1)).await.unwrap();
        let waits = turns.take(tenant(1));
        let ends = async { drop(first) };
        let (waited, ()) = tokio::join!(waits, ends);
        waited.unwrap();
    }

    #[tokio::test]
    async fn tenants_at_rest_are_forgotten_and_no_turn_is_given_twice() {
        let turns = Turns::new(1, Duration::ZERO, "a test");
        let _taken = turns.take(tenant(0)).await.unwrap();
        for number in 1..TIDY_ABOVE + 10 {
            turns.take(tenant(number)).await.unwrap();
        }
        assert!(turns.tenants.lock().unwrap().len() < 20);
        turns.take(tenant(0)).await.unwrap_err();
    }
}
