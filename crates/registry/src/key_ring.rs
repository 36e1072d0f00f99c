//! The master keys of the process, and the tenants' data keys that were opened with them.

use std::{
    collections::HashMap,
    fmt,
    sync::{Arc, Mutex, OnceLock, PoisonError, RwLock},
};

use chrono::{DateTime, TimeDelta, Utc};
use futures_util::future::BoxFuture;
use postroom_secrets::{DataKey, MasterKeys, OpenError};

use crate::{Registry, RegistryError, TenantId, TenantTx};

/// How long an opened data key is kept. A key that another process destroyed is gone from this one after that, too.
const KEPT: TimeDelta = TimeDelta::minutes(10);
/// A source that did not have a master key is not asked for the same one again for so long.
const ASKED_AGAIN_AFTER: TimeDelta = TimeDelta::seconds(5);

/// Where the operator's keys come from when they have to be read again; `None` when they cannot be read now.
pub type KeySource = Arc<dyn Fn() -> BoxFuture<'static, Option<MasterKeys>> + Send + Sync>;

pub(crate) struct KeyRing {
    master: RwLock<Arc<MasterKeys>>,
    source: OnceLock<KeySource>,
    /// When the source was asked last in vain, and for which key. Its lock makes one caller ask for all.
    asked: tokio::sync::Mutex<HashMap<String, DateTime<Utc>>>,
    opened: Mutex<HashMap<TenantId, Opened>>,
}

struct Opened {
    since: DateTime<Utc>,
    key: Arc<DataKey>,
}

impl KeyRing {
    pub(crate) fn new(master: MasterKeys) -> Self {
        Self {
            master: RwLock::new(Arc::new(master)),
            source: OnceLock::new(),
            asked: tokio::sync::Mutex::default(),
            opened: Mutex::default(),
        }
    }

    pub(crate) fn master(&self) -> Arc<MasterKeys> {
        Arc::clone(&self.master.read().unwrap_or_else(PoisonError::into_inner))
    }

    fn replace(&self, master: MasterKeys) {
        *self.master.write().unwrap_or_else(PoisonError::into_inner) = Arc::new(master);
    }

    /// Keeps an opened key, and lets go of those that are due.
    pub(crate) fn remember(&self, tenant: TenantId, key: Arc<DataKey>, now: DateTime<Utc>) {
        let mut opened = self.opened.lock().unwrap_or_else(PoisonError::into_inner);
        opened.retain(|_, key| now - key.since < KEPT);
        opened.insert(tenant, Opened { since: now, key });
    }

    pub(crate) fn remembered(&self, tenant: TenantId, now: DateTime<Utc>) -> Option<Arc<DataKey>> {
        let opened = self.opened.lock().unwrap_or_else(PoisonError::into_inner);
        let found = opened.get(&tenant)?;
        (now - found.since < KEPT).then(|| Arc::clone(&found.key))
    }

    pub(crate) fn drop_key(&self, tenant: TenantId) {
        self.opened
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .remove(&tenant);
    }

    /// Runs `with` on the master keys. When it meets a key id that is not among them, the source is asked once, and
    /// `with` runs again.
    pub(crate) async fn try_with<T>(
        &self,
        now: DateTime<Utc>,
        with: impl Fn(&MasterKeys) -> Result<T, OpenError>,
    ) -> Result<T, OpenError> {
        let had = self.master();
        match with(&had) {
            Err(OpenError::UnknownMasterKey(id)) => {
                self.ask_source(&id, &had, now).await;
                with(&self.master())
            }
            other => other,
        }
    }

    async fn ask_source(&self, id: &str, had: &Arc<MasterKeys>, now: DateTime<Utc>) {
        let Some(source) = self.source.get() else {
            return;
        };
        let mut asked = self.asked.lock().await;
        let replaced_meanwhile = !Arc::ptr_eq(had, &self.master());
        asked.retain(|_, at| now - *at < ASKED_AGAIN_AFTER);
        if replaced_meanwhile || asked.contains_key(id) {
            return;
        }
        match source().await {
            Some(master) => self.replace(master),
            None => tracing::error!(key = id, "the master keys cannot be read again"),
        }
        if !self.master().ids().any(|known| known == id) {
            asked.insert(id.to_owned(), now);
        }
    }
}

impl Registry {
    /// Puts the operator's newest list of master keys in place of the old one. What runs goes on with either.
    pub fn replace_master_keys(&self, master: MasterKeys) {
        self.keys().replace(master);
    }

    /// Says where the master keys are read again when a data key was wrapped with one that this process does not
    /// know: another process may be further in a rotation. The source is asked by one caller for all, and not again
    /// for the same key within seconds. Only the first source counts.
    pub fn on_unknown_master_key(&self, source: KeySource) {
        let _ = self.keys().source.set(source);
    }
}

impl TenantTx {
    /// The tenant's data key: from memory, or opened from its row.
    pub(crate) async fn key(&self) -> Result<Arc<DataKey>, RegistryError> {
        let now = self.clock().now();
        if let Some(key) = self.keys().remembered(self.tenant(), now) {
            return Ok(key);
        }
        let key = match self.open_key(now).await {
            // A rotation may have ended between our look at the row and the loss of the old master key.
            Err(RegistryError::Sealed(OpenError::UnknownMasterKey(_))) => self.open_key(now).await,
            other => other,
        }?;
        let key = Arc::new(key);
        self.keys().remember(self.tenant(), Arc::clone(&key), now);
        Ok(key)
    }

    async fn open_key(&self, now: DateTime<Utc>) -> Result<DataKey, RegistryError> {
        let wrapped = crate::tenant::wrapped_key(self).await?;
        let opened = self
            .keys()
            .try_with(now, |master| master.unwrap_key(&wrapped, self.tenant().0))
            .await;
        Ok(opened?)
    }
}

impl fmt::Debug for KeyRing {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("KeyRing")
            .field("master", &self.master())
            .finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests;
