//! What the doors know of the tenants that called lately: a call that proves itself with it costs no query.
//!
//! What is remembered is believed for [`BELIEVED`] at most, and never to refuse: whoever would be refused by it is
//! measured again by what the registry says now. So a new secret is good at once in every process; a lost right ends
//! at once in the process that hears of it ([`Api::forget`]), and within [`BELIEVED`] in the others.

use std::{
    fmt,
    hash::{BuildHasher as _, RandomState},
    sync::{
        Arc,
        atomic::{AtomicU64, Ordering},
    },
    time::Duration,
};

use chrono::{DateTime, TimeDelta, Utc};
use moka::future::Cache;
use postroom_registry::{RegistryError, TenantId, tenant};
use secrecy::SecretString;
use tokio::sync::{Mutex, MutexGuard};

use crate::{Api, Problem, doors::Site};

/// How long a tenant is remembered.
const BELIEVED: TimeDelta = TimeDelta::seconds(5);
/// The memory lets go of entries a little later than they end.
const KEPT: Duration = Duration::from_secs(10);
/// How long it is remembered that a tenant was forgotten: longer than anything that was read before is kept.
const FORGOTTEN: Duration = Duration::from_secs(60);
const MOST: u64 = 20_000;
const READERS: usize = 64;
/// How long a call waits for another that reads the same tenant.
const PATIENCE: Duration = Duration::from_secs(10);

/// By what a front door finds a tenant.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(super) enum Name {
    /// Connect's `clientKey`.
    ClientKey(String),
    /// Forge's installation.
    Installation(String),
}

/// A tenant as it was when the registry was asked last.
pub(super) struct Known {
    pub(super) tenant: TenantId,
    pub(super) row: tenant::Model,
    pub(super) site: Site,
    /// What a Connect token may be signed with.
    pub(super) secrets: Vec<SecretString>,
    at: DateTime<Utc>,
    /// When the reading began, on the memory's own count.
    began: u64,
}

/// Tenants that called lately.
pub(crate) struct Memory {
    known: Cache<Name, Arc<Known>>,
    forgotten: Cache<TenantId, u64>,
    count: AtomicU64,
    readers: Box<[Mutex<()>]>,
    hasher: RandomState,
}

/// A judgement on a caller that may rest on what is remembered.
pub(super) enum Refusal {
    /// No tenant's row can change it.
    Final(Box<Problem>),
    /// Another secret or state could.
    Doubtful(Box<Problem>),
}

impl Refusal {
    pub(super) fn is_final(problem: Problem) -> Self {
        Self::Final(Box::new(problem))
    }

    pub(super) fn is_doubtful(problem: Problem) -> Self {
        Self::Doubtful(Box::new(problem))
    }
}

impl Memory {
    pub(crate) fn new() -> Self {
        let readers = std::iter::repeat_with(|| Mutex::new(()));
        Self {
            known: Cache::builder()
                .max_capacity(MOST)
                .time_to_live(KEPT)
                .build(),
            forgotten: Cache::builder().time_to_live(FORGOTTEN).build(),
            count: AtomicU64::new(0),
            readers: readers.take(READERS).collect(),
            hasher: RandomState::new(),
        }
    }

    fn next(&self) -> u64 {
        self.count.fetch_add(1, Ordering::SeqCst)
    }

    /// What is remembered, if it may still be believed.
    async fn believed(&self, name: &Name, now: DateTime<Utc>) -> Option<Arc<Known>> {
        let known = self.known.get(name).await?;
        let fresh = (now - known.at).abs() < BELIEVED;
        let forgotten = self.forgotten.get(&known.tenant).await;
        (fresh && forgotten.is_none_or(|forgotten| forgotten < known.began)).then_some(known)
    }

    /// One reader for a name at a time: the others find what it read. While the database is away they do not wait for
    /// each other for ever.
    async fn reader(&self, name: &Name) -> Result<MutexGuard<'_, ()>, Problem> {
        let hash = self.hasher.hash_one(name) % READERS as u64;
        let lane = usize::try_from(hash)
            .ok()
            .and_then(|it| self.readers.get(it));
        let lane = lane.ok_or_else(|| Problem::internal("there is no lane for a reader"))?;
        tokio::time::timeout(PATIENCE, lane.lock())
            .await
            .map_err(|_| Problem::unavailable("others wait for the same tenant already"))
    }
}

impl Api {
    /// Judges a caller by the tenant that answers to `name`; nothing when there is no such tenant.
    ///
    /// # Errors
    /// The judgement's, made on what the registry said after the call came where it could depend on that.
    pub(super) async fn recall<T>(
        &self,
        name: &Name,
        judge: impl Fn(&Known) -> Result<T, Refusal>,
    ) -> Result<Option<(Arc<Known>, T)>, Problem> {
        let memory = &self.shared().memory;
        let came = memory.next();
        let known = match memory.believed(name, self.clock().now()).await {
            Some(known) => known,
            None => match self.read(name, came).await? {
                Some(known) => known,
                None => return Ok(None),
            },
        };
        let refused = match judge(&known) {
            Ok(judged) => return Ok(Some((known, judged))),
            Err(Refusal::Final(problem)) => return Err(*problem),
            Err(Refusal::Doubtful(problem)) => problem,
        };
        if known.began > came {
            return Err(*refused);
        }
        let Some(known) = self.read(name, came).await? else {
            return Ok(None);
        };
        match judge(&known) {
            Ok(judged) => Ok(Some((known, judged))),
            Err(Refusal::Final(problem) | Refusal::Doubtful(problem)) => Err(*problem),
        }
    }

    /// Reads a tenant from the registry, or takes what another call read after `came`.
    async fn read(&self, name: &Name, came: u64) -> Result<Option<Arc<Known>>, Problem> {
        let memory = &self.shared().memory;
        let _reader = memory.reader(name).await?;
        if let Some(known) = memory.believed(name, self.clock().now()).await
            && known.began > came
        {
            return Ok(Some(known));
        }
        let (began, at) = (memory.next(), self.clock().now());
        let tenant = match name {
            Name::ClientKey(key) => self.registry.tenant_by_client_key(key).await?,
            Name::Installation(id) => self.registry.tenant_by_installation(id).await?,
        };
        let Some(tenant) = tenant else {
            memory.known.invalidate(name).await;
            return Ok(None);
        };
        let tx = self.registry.begin(tenant).await?;
        let row = match tenant::this(&tx).await {
            Ok(row) => row,
            Err(RegistryError::Missing) => return Ok(None),
            Err(error) => return Err(error.into()),
        };
        let secrets = tenant::secrets(&tx, &row).await?;
        tx.commit().await?;
        let known = Arc::new(Known {
            tenant,
            site: Site::of(&row),
            row,
            secrets,
            at,
            began,
        });
        memory.known.insert(name.clone(), Arc::clone(&known)).await;
        Ok(Some(known))
    }

    /// Forgets what is remembered of a tenant. Call it after a change of its secrets, state or doors is committed.
    pub(crate) async fn forget(&self, tenant: TenantId) {
        let memory = &self.shared().memory;
        memory.forgotten.insert(tenant, memory.next()).await;
    }
}

impl fmt::Debug for Memory {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Memory").finish_non_exhaustive()
    }
}
