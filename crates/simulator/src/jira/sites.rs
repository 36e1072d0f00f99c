//! All sites of the world.

use std::{collections::BTreeMap, sync::Arc, time::Duration};

use postroom_clock::Clock;

use super::{
    adf::AdfRules,
    forge::Forge,
    keys::InstallKeys,
    points::Points,
    site::{Shared, Site},
};
use crate::{options::Options, world::Urls};

/// All sites, by name.
#[derive(Debug)]
pub(crate) struct Sites {
    by_name: BTreeMap<String, Arc<Site>>,
    shared: Arc<Shared>,
}

impl Sites {
    /// The sites that the options name, each with its default people and projects.
    pub(crate) fn new(options: &Options, urls: &Urls, clock: &Clock) -> anyhow::Result<Self> {
        let shared = Arc::new(Shared {
            keys: Arc::default(),
            points: Points::default(),
            adf: AdfRules::load(options.adf_schema.as_deref())?,
            forge: Forge::new(options, &urls.atlassian, clock)?,
            http: http_client()?,
        });
        let site = |(name, url): (&String, &String)| {
            let site = Site::new(name, url, clock.clone(), Arc::clone(&shared));
            (name.clone(), Arc::new(site))
        };
        Ok(Self {
            by_name: urls.jira.iter().map(site).collect(),
            shared,
        })
    }

    pub(crate) fn get(&self, name: &str) -> Option<Arc<Site>> {
        self.by_name.get(name).cloned()
    }

    /// All sites.
    pub(crate) fn all(&self) -> impl Iterator<Item = Arc<Site>> {
        self.by_name.values().cloned()
    }

    /// What the sites have in common of Forge.
    pub(crate) fn forge(&self) -> &Forge {
        &self.shared.forge
    }

    /// The install keys of all sites, on one key server like Atlassian's.
    pub(crate) fn keys(&self) -> Arc<InstallKeys> {
        Arc::clone(&self.shared.keys)
    }
}

#[expect(
    clippy::disallowed_methods,
    reason = "the simulator stands in for foreign hosts: its calls must not carry the service's spans"
)]
fn http_client() -> reqwest::Result<reqwest::Client> {
    reqwest::Client::builder()
        .user_agent("Atlassian HttpClient (postroom-simulator)")
        .redirect(reqwest::redirect::Policy::none())
        .connect_timeout(Duration::from_secs(5))
        .timeout(Duration::from_secs(30))
        .no_proxy()
        .build()
}
