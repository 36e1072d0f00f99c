//! One Jira Cloud site.

use std::sync::{Arc, Mutex, MutexGuard};

use chrono::{DateTime, TimeDelta, Utc};
use postroom_clock::Clock;

use super::{
    adf::AdfRules,
    forge::Forge,
    keys::InstallKeys,
    model::{fixed_uuid, state::State},
    points::Points,
    upm::Upm,
    webhooks::outbox::Outbox,
};
use crate::world::lock;

/// A site: who it is, and its data behind one lock.
#[derive(Debug)]
pub(crate) struct Site {
    pub(crate) name: String,
    /// The id that Atlassian gave the site; nothing changes it.
    pub(crate) cloud_id: String,
    pub(crate) clock: Clock,
    pub(crate) shared: Arc<Shared>,
    pub(crate) outbox: Outbox,
    /// Installs that a developer's tool asked for.
    pub(crate) upm: Upm,
    names: Mutex<Names>,
    state: Mutex<State>,
}

/// What a rename or an import of the site changes. URLs have no slash at the end.
#[derive(Clone, Debug)]
pub(crate) struct Names {
    /// Where browsers and apps reach it.
    pub(crate) base_url: String,
    /// The custom domain that people see, where there is one.
    pub(crate) display_url: Option<String>,
    /// The tenant's key in Connect: the same over uninstall and install, another after a site import.
    pub(crate) client_key: String,
}

/// What all sites have in common.
#[derive(Debug)]
pub(crate) struct Shared {
    pub(crate) keys: Arc<InstallKeys>,
    pub(crate) points: Points,
    pub(crate) adf: AdfRules,
    pub(crate) forge: Forge,
    /// For callbacks and webhooks.
    pub(crate) http: reqwest::Client,
}

impl Site {
    pub(crate) fn new(name: &str, base_url: &str, clock: Clock, shared: Arc<Shared>) -> Self {
        Self {
            name: name.to_owned(),
            cloud_id: fixed_uuid(&["cloudId", name]).to_string(),
            clock,
            shared,
            outbox: Outbox::default(),
            upm: Upm::default(),
            names: Mutex::new(Names {
                base_url: base_url.to_owned(),
                display_url: None,
                client_key: fixed_uuid(&["clientKey", name]).to_string(),
            }),
            state: Mutex::new(State::new(name)),
        }
    }

    /// Its data, locked. Never hold it across an await.
    pub(crate) fn state(&self) -> MutexGuard<'_, State> {
        lock(&self.state)
    }

    /// Its names, as they are now.
    pub(crate) fn names(&self) -> Names {
        lock(&self.names).clone()
    }

    /// Gives it other names; those that it had.
    pub(crate) fn rename(&self, names: Names) -> Names {
        std::mem::replace(&mut *lock(&self.names), names)
    }

    /// What time the site writes into its tokens: its clock may be off. Not to be asked under the lock of its data.
    pub(crate) fn signing_time(&self) -> DateTime<Utc> {
        let offset = self.state().settings.clock_offset_seconds;
        self.clock.now() + TimeDelta::seconds(offset)
    }

    pub(crate) fn base_url(&self) -> String {
        lock(&self.names).base_url.clone()
    }

    pub(crate) fn client_key(&self) -> String {
        lock(&self.names).client_key.clone()
    }

    /// Its REST API behind Atlassian's gateway, up to and without `/rest`.
    pub(crate) fn api_base_url(&self) -> String {
        format!("{}/ex/jira/{}", self.shared.forge.gateway, self.cloud_id)
    }
}
