//! One Jira Cloud site.

use std::sync::{Arc, Mutex, MutexGuard};

use postroom_clock::Clock;

use super::{
    adf::AdfRules,
    keys::InstallKeys,
    model::{fixed_uuid, state::State},
    points::Points,
    webhooks::outbox::Outbox,
};
use crate::world::lock;

/// A site: who it is, and its data behind one lock.
#[derive(Debug)]
pub(crate) struct Site {
    pub(crate) name: String,
    /// Where browsers and apps reach it, without a slash at the end.
    pub(crate) base_url: String,
    /// The tenant's key in Connect: the same over uninstall and install.
    pub(crate) client_key: String,
    pub(crate) cloud_id: String,
    pub(crate) clock: Clock,
    pub(crate) shared: Arc<Shared>,
    pub(crate) outbox: Outbox,
    state: Mutex<State>,
}

/// What all sites have in common.
#[derive(Debug)]
pub(crate) struct Shared {
    pub(crate) keys: Arc<InstallKeys>,
    pub(crate) points: Points,
    pub(crate) adf: AdfRules,
    /// For callbacks and webhooks.
    pub(crate) http: reqwest::Client,
}

impl Site {
    pub(crate) fn new(name: &str, base_url: &str, clock: Clock, shared: Arc<Shared>) -> Self {
        Self {
            name: name.to_owned(),
            base_url: base_url.to_owned(),
            client_key: fixed_uuid(&["clientKey", name]).to_string(),
            cloud_id: fixed_uuid(&["cloudId", name]).to_string(),
            clock,
            shared,
            outbox: Outbox::default(),
            state: Mutex::new(State::new(name)),
        }
    }

    /// Its data, locked. Never hold it across an await.
    pub(crate) fn state(&self) -> MutexGuard<'_, State> {
        lock(&self.state)
    }
}
