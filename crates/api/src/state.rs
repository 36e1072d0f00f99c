//! What the handlers work with, built once by the binary.

use std::{path::PathBuf, sync::Arc, time::Duration};

use postroom_atlassian::{Sites, connect::LifecycleDoor, forge::ForgeDoor};
use postroom_azure_oauth::Registrations;
use postroom_clock::Clock;
use postroom_connections::Connections;
use postroom_queue::Doorbell;
use postroom_registry::Registry;
use postroom_telemetry::{HttpClient, Metrics, Origins};
use url::Url;

use crate::{
    Limits,
    doors::{Administrators, Memory, ProjectAdministrators},
    limits::Counters,
    names::Names,
    pages::PanelBundle,
    routes::Readings,
    turns::Turns,
};

/// Calls of one tenant's panel that are answered at once; a page of it makes fewer.
const CALLS_AT_ONCE: usize = 4;
/// How long others of the same tenant wait.
const QUEUE: Duration = Duration::from_secs(10);

/// What the binary brings. Everything in it is cheap to clone.
#[derive(Clone, Debug)]
pub struct Parts {
    /// The book.
    pub registry: Registry,
    /// Wakes workers.
    pub doorbell: Doorbell,
    /// App registrations at Microsoft: Postroom's own, with `{base_url}/microsoft/callback` as its redirect URI, and those
    /// that tenants brought.
    pub registrations: Registrations,
    /// Mailboxes, opened with kept grants and with the patience that a person at a screen has.
    pub connections: Connections,
    /// The Jira of each tenant.
    pub sites: Sites,
    /// How `installed` and `uninstalled` are verified.
    pub lifecycle: LifecycleDoor,
    /// How invocations of Forge are verified; without it the Forge door is shut.
    pub forge: Option<ForgeDoor>,
    /// Calls the webhooks of chat tools, and nothing outside of `alert_origins`.
    pub alerts: HttpClient,
    /// Chat tools that a tenant may name.
    pub alert_origins: Origins,
    /// How much one tenant and one address may ask.
    pub limits: Limits,
    /// Where browsers and Jira reach us; may carry a path.
    pub base_url: Url,
    /// Connect's bridge script, that the panel page loads.
    pub connect_script: Url,
    /// The folder of the built panel, with its `index.html`.
    pub panel_dir: PathBuf,
    /// Seconds from the first poll of a new source to the second.
    pub poll_seconds: i32,
    /// Names of the migrations that this build needs.
    pub migrations: Vec<String>,
    /// The instruments of the process.
    pub metrics: Metrics,
}

/// The API: its parts and what it remembers. Cheap to clone; clones share the memory.
#[derive(Clone, Debug)]
pub struct Api(Arc<Shared>);

#[derive(Debug)]
pub(crate) struct Shared {
    parts: Parts,
    pub(crate) administrators: Administrators,
    pub(crate) project_administrators: ProjectAdministrators,
    pub(crate) memory: Memory,
    pub(crate) counters: Counters,
    pub(crate) names: Names,
    pub(crate) calls: Turns,
    pub(crate) exports: Turns,
    pub(crate) readings: Readings,
    pub(crate) panel: PanelBundle,
}

impl Api {
    /// An API of these parts.
    pub fn new(parts: Parts) -> Self {
        Self(Arc::new(Shared {
            administrators: Administrators::new(),
            project_administrators: ProjectAdministrators::new(),
            memory: Memory::new(),
            counters: Counters::new(&parts.limits),
            names: Names::new(),
            calls: Turns::new(CALLS_AT_ONCE, QUEUE, "the tenant asks too much at once"),
            exports: Turns::new(1, Duration::ZERO, "the tenant has an export under way"),
            readings: Readings::new(),
            panel: PanelBundle::new(parts.panel_dir.clone()),
            parts,
        }))
    }

    /// The time.
    pub(crate) fn clock(&self) -> &Clock {
        self.registry.clock()
    }

    /// The path of the base URL without a slash at its end: empty, or `/postroom`.
    pub(crate) fn base_path(&self) -> &str {
        self.base_url.path().trim_end_matches('/')
    }

    /// A page of ours as a whole URL; `path` begins with a slash.
    pub(crate) fn url(&self, path: &str) -> String {
        format!("{}{path}", self.base_url.as_str().trim_end_matches('/'))
    }

    /// Whether browsers reach us by TLS.
    pub(crate) fn is_https(&self) -> bool {
        self.base_url.scheme() == "https"
    }

    pub(crate) fn shared(&self) -> &Shared {
        &self.0
    }
}

impl std::ops::Deref for Api {
    type Target = Parts;

    fn deref(&self) -> &Parts {
        &self.0.parts
    }
}
