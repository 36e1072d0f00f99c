//! The Forge door: an app whose back end is a remote of its own ("Forge Remote"), installed on a site.
//!
//! ```text
//! manifest ─► install ─► ForgeApp on the site
//! events, clockwork, pages ─► remote (invocation token, system token) ─► the app's back end
//! the app's back end ─► Atlassian's gateway (/ex/jira/{cloudId}, system token) ─► rest/
//! ```
//!
//! Source: Atlassian's pages "Forge Remote essentials", "Sending product events to a remote backend", "Scheduled
//! triggers" and "Calling product APIs from a remote backend".

pub(crate) mod app;
pub(crate) mod clockwork;
pub(crate) mod delivery;
pub(crate) mod events;
pub(crate) mod gateway;
pub(crate) mod installation;
pub(crate) mod invocation;
pub(crate) mod keys;
pub(crate) mod manifest;
pub(crate) mod pace;
mod panel;
mod payload;
pub(crate) mod place;
pub(crate) mod remote;
pub(crate) mod scopes;
pub(crate) mod tokens;

use std::sync::Arc;

use anyhow::Context as _;
use postroom_clock::Clock;

use self::{keys::Keys, manifest::Manifest, tokens::Tokens};
use crate::options::Options;

/// What all sites have in common of Forge.
#[derive(Debug)]
pub(crate) struct Forge {
    /// Where Atlassian's gateway is reached, without a slash at the end.
    pub(crate) gateway: String,
    /// The app that an install without `app_id` installs, an ARI.
    pub(crate) app_id: String,
    pub(crate) manifest: Arc<Manifest>,
    pub(crate) keys: Keys,
    pub(crate) tokens: Tokens,
}

impl Forge {
    pub(crate) fn new(options: &Options, gateway: &str, clock: &Clock) -> anyhow::Result<Self> {
        let manifest = Manifest::load(options.forge_manifest.as_deref())?;
        Ok(Self {
            gateway: gateway.to_owned(),
            app_id: options.forge_app_id.clone(),
            manifest: Arc::new(manifest),
            keys: Keys::new(clock).context("cannot make the RSA key of Forge")?,
            tokens: Tokens::default(),
        })
    }
}
