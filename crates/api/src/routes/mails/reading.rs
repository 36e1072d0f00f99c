//! Raw mails in memory: they are the largest that we hold for anybody, so few are held at once.

use std::{fmt, sync::Arc, time::Duration};

use postroom_registry::TenantId;
use tokio::sync::{OwnedSemaphorePermit, Semaphore};

use crate::{
    Api, Problem,
    turns::{Turn, Turns},
};

/// Of one tenant, until they are sent.
const OF_A_TENANT: usize = 2;
/// Of all tenants, until they are opened and understood.
const AT_ONCE: usize = 6;
/// How long others wait.
const PATIENCE: Duration = Duration::from_secs(10);

/// Who reads raw mails now, in this process.
pub(crate) struct Readings {
    tenants: Turns,
    opening: Arc<Semaphore>,
}

impl Readings {
    pub(crate) fn new() -> Self {
        let context = "the tenant reads too many mails at once";
        Self {
            tenants: Turns::new(OF_A_TENANT, PATIENCE, context),
            opening: Arc::new(Semaphore::new(AT_ONCE)),
        }
    }
}

impl fmt::Debug for Readings {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Readings").finish_non_exhaustive()
    }
}

/// A raw mail is in hand.
#[derive(Debug)]
pub(super) struct Reading {
    turn: Turn,
    _place: OwnedSemaphorePermit,
}

impl Reading {
    /// It is open. What follows, such as sending it to somebody who takes it slowly, keeps its own tenant waiting and
    /// nobody else.
    pub(super) fn opened(self) -> Turn {
        self.turn
    }
}

impl Api {
    /// Leave to hold a raw mail; to be had before a session of the database is.
    ///
    /// # Errors
    /// `too_many_requests`, or `unavailable` when too many others read theirs.
    pub(super) async fn reading(&self, tenant: TenantId) -> Result<Reading, Problem> {
        let readings = &self.shared().readings;
        let turn = readings.tenants.take(tenant).await?;
        let place = Arc::clone(&readings.opening).acquire_owned();
        match tokio::time::timeout(PATIENCE, place).await {
            Ok(Ok(place)) => Ok(Reading {
                turn,
                _place: place,
            }),
            _ => Err(Problem::unavailable("too many mails are read at once")),
        }
    }
}
