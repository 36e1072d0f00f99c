use std::sync::Arc;

use postroom_clock::Clock;
use postroom_registry::tenant::TokenWatch;
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
    watch: Option<TokenWatch>,
}

impl JiraClient {
    /// `base` is the site's base URL (Connect) or its API base URL (Forge); see [`Credential`].
    pub fn new(http: HttpClient, clock: Clock, base: Url, credential: Credential) -> Self {
        Self {
            http,
            clock,
            base,
            credential: Arc::new(credential),
            watch: None,
        }
    }

    /// The same, and the watch hears of a system token that Jira does not accept.
    #[must_use]
    pub fn watched(mut self, watch: TokenWatch) -> Self {
        self.watch = Some(watch);
        self
    }

    /// Jira answered 401. What made it do so is told to the watch, not to the caller: the call failed all the same.
    pub(super) async fn credential_refused(&self) {
        let (Credential::Forge { token }, Some(watch)) = (self.credential.as_ref(), &self.watch)
        else {
            return;
        };
        match watch.refused(token).await {
            Ok(true) => tracing::warn!(
                "Jira does not accept the system token; another one may take its place"
            ),
            Ok(false) => {}
            Err(error) => {
                tracing::warn!(cause = %error, "a system token that Jira refused cannot be marked");
            }
        }
    }

    /// The base URL that this client was made with.
    pub fn base(&self) -> &Url {
        &self.base
    }
}
