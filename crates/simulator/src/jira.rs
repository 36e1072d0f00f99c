//! Jira Cloud sites.

use actix_web::web;
use postroom_clock::Clock;

use crate::{
    options::Options,
    world::{SiteHandle, Urls},
};

/// All sites of the world, by name.
#[derive(Debug, Default)]
pub(crate) struct Sites;

impl Sites {
    /// The sites that the options name, each with its default people and projects.
    pub(crate) fn new(_options: &Options, _urls: &Urls, _clock: &Clock) -> anyhow::Result<Self> {
        Ok(Self)
    }
}

/// `jira` for the REST API and the key server; nothing for the pages that people look at.
pub(crate) fn host_of(path: &str) -> Option<&'static str> {
    let api =
        path.starts_with("/rest/") || path.starts_with("/keys/") || path.starts_with("/_edge/");
    api.then_some("jira")
}

/// The routes of one site's listener.
pub(crate) fn configure(cfg: &mut web::ServiceConfig, site: SiteHandle) {
    cfg.app_data(web::Data::new(site));
}

/// The routes `/jira/{site}/…` of the control API.
pub(crate) fn configure_control(_cfg: &mut web::ServiceConfig) {}
