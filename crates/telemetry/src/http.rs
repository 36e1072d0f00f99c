//! The one HTTP client of the service: spans, durations, timeouts, no redirects.

use std::time::Duration;

use reqwest::{Method, RequestBuilder, Response, redirect};
use url::Url;

/// A client for one outside system. Cheap to clone.
#[derive(Clone, Debug)]
pub struct HttpClient {
    system: &'static str,
    inner: reqwest::Client,
}

impl HttpClient {
    /// A client whose spans and metrics carry `system` (`graph`, `jira`, `entra`, `connect_keys`).
    ///
    /// # Errors
    /// When the TLS back end cannot be set up.
    pub fn new(system: &'static str, timeout: Duration) -> Result<Self, reqwest::Error> {
        #[expect(clippy::disallowed_methods, reason = "the one place that builds a client")]
        let inner = reqwest::Client::builder()
            .redirect(redirect::Policy::none())
            .connect_timeout(Duration::from_secs(5))
            .timeout(timeout)
            .user_agent(concat!("Postroom/", env!("CARGO_PKG_VERSION")))
            .build()?;
        Ok(Self { system, inner })
    }

    /// Starts a request; hand it to [`HttpClient::send`].
    pub fn request(&self, method: Method, url: Url) -> RequestBuilder {
        self.inner.request(method, url)
    }

    /// Sends a request inside a span named after `operation` (a fixed word such as `create_issue`).
    ///
    /// # Errors
    /// When no answer came: connection, TLS or timeout. An answer of any status is `Ok`.
    pub async fn send(
        &self,
        operation: &'static str,
        request: RequestBuilder,
    ) -> Result<Response, reqwest::Error> {
        tracing::debug!(system = self.system, operation, "request");
        request.send().await
    }
}
