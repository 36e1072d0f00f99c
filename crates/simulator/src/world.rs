//! All that the simulated hosts know and share.

use std::{
    collections::BTreeMap,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
};

use postroom_clock::Clock;

use crate::{faults::Faults, jira, microsoft::Cloud, options::Options, requests::RequestLog};

/// The simulated world. One for each [`crate::Simulator`], shared by its listeners.
#[derive(Debug)]
pub(crate) struct World {
    /// The time everybody in the world goes by.
    pub(crate) clock: Clock,
    /// Every request that a simulated host got.
    pub(crate) requests: RequestLog,
    /// What shall go wrong next.
    pub(crate) faults: Faults,
    /// Entra ID, mailboxes and who may do what.
    pub(crate) microsoft: Mutex<Cloud>,
    /// The Jira sites.
    pub(crate) jira: jira::Sites,
    /// Where each listener is reached.
    pub(crate) urls: Urls,
    /// What the simulator was started with.
    pub(crate) options: Options,
    /// The certificate of the simulator's CA, PEM.
    pub(crate) ca_pem: String,
}

/// Base URLs without a slash at the end.
#[derive(Clone, Debug, Default)]
pub(crate) struct Urls {
    pub(crate) microsoft: String,
    pub(crate) microsoft_tls: String,
    pub(crate) control: String,
    /// Atlassian's gateway, and the host of Forge's pages.
    pub(crate) atlassian: String,
    /// By site name.
    pub(crate) jira: BTreeMap<String, String>,
}

/// One Jira site as its listener sees it.
#[derive(Clone, Debug)]
pub(crate) struct SiteHandle {
    pub(crate) world: Arc<World>,
    pub(crate) name: String,
}

impl World {
    pub(crate) fn new(options: Options, urls: Urls, ca_pem: String) -> anyhow::Result<Self> {
        let clock = options.clock.clone();
        Ok(Self {
            requests: RequestLog::default(),
            faults: Faults::default(),
            microsoft: Mutex::new(Cloud::new(&clock)?),
            jira: jira::Sites::new(&options, &urls, &clock)?,
            clock,
            urls,
            options,
            ca_pem,
        })
    }

    /// The Microsoft part, locked. Never hold it across an await.
    pub(crate) fn cloud(&self) -> MutexGuard<'_, Cloud> {
        lock(&self.microsoft)
    }
}

/// Locks, also after a panic elsewhere: a test world is worth reading even then.
pub(crate) fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
