//! The app that is installed on a site.

use std::collections::BTreeMap;

use serde_json::Value;

use crate::jira::lifecycle::descriptor::Descriptor;

/// An installed app.
#[derive(Clone)]
pub(crate) struct App {
    pub(crate) descriptor: Descriptor,
    /// What the app and the site sign their tokens with.
    pub(crate) secret: String,
    /// The account under which it acts.
    pub(crate) account_id: String,
    pub(crate) enabled: bool,
    /// App properties, kept until the app is uninstalled.
    pub(crate) properties: BTreeMap<String, Value>,
}

impl std::fmt::Debug for App {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("App")
            .field("key", &self.descriptor.key)
            .field("account_id", &self.account_id)
            .field("enabled", &self.enabled)
            .finish_non_exhaustive()
    }
}
