use std::sync::Arc;

use postroom_clock::Clock;
use postroom_telemetry::HttpClient;
use url::Url;

use super::Credential;

/// The REST API of one Jira site, spoken as the app. Cheap to clone.
#[derive(Clone, Debug)]
pub struct JiraClient {
    pub(super) http: HttpClient,
    pub(super) clock: Clock,
    pub(super) base: Url,
    pub(super) credential: Arc<Credential>,
}

impl JiraClient {
    /// `base` is the site's base URL (Connect) or its API base URL (Forge); see [`Credential`].
    pub fn new(http: HttpClient, clock: Clock, base: Url, credential: Credential) -> Self {
        Self {
            http,
            clock,
            base,
            credential: Arc::new(credential),
        }
    }

    /// The base URL that this client was made with.
    pub fn base(&self) -> &Url {
        &self.base
    }
}
