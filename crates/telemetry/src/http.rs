//! The one HTTP client of the service: spans, durations, timeouts, no redirects.

use std::{
    sync::Arc,
    time::{Duration, Instant},
};

use reqwest::{Method, Request, RequestBuilder, Response, redirect};
use tracing::{Instrument as _, Span, field::Empty};
use url::Url;

use crate::Metrics;

mod error;
mod origins;
mod read;

pub use error::SendError;
pub use origins::{OriginPatternError, Origins};
pub use read::{ReadError, read_limited};

/// A client for one outside system. Cheap to clone.
#[derive(Clone, Debug)]
pub struct HttpClient {
    system: &'static str,
    inner: reqwest::Client,
    metrics: Option<Metrics>,
    /// Each list must admit an address; none: any may be called.
    origins: Arc<[Origins]>,
}

impl HttpClient {
    /// A client whose spans and metrics carry `system` (`graph`, `jira`, `entra`, `connect_keys`).
    ///
    /// # Errors
    /// When the TLS back end cannot be set up.
    pub fn new(system: &'static str, timeout: Duration) -> Result<Self, reqwest::Error> {
        #[expect(
            clippy::disallowed_methods,
            reason = "the one place that builds a client"
        )]
        let inner = reqwest::Client::builder()
            .redirect(redirect::Policy::none())
            .connect_timeout(Duration::from_secs(5))
            .timeout(timeout)
            .user_agent(concat!("Postroom/", env!("CARGO_PKG_VERSION")))
            .build()?;
        Ok(Self {
            system,
            inner,
            metrics: None,
            origins: Arc::default(),
        })
    }

    /// The same client, which also records `postroom_http_client_duration_seconds`.
    #[must_use]
    pub fn with_metrics(mut self, metrics: &Metrics) -> Self {
        self.metrics = Some(metrics.clone());
        self
    }

    /// The same client, which calls these origins and no other: an address that came from outside (a site's URL, a
    /// page link, a key id) cannot lead it elsewhere. Called again it can only become narrower.
    #[must_use]
    pub fn within(mut self, origins: Origins) -> Self {
        let former = self.origins.iter().cloned();
        self.origins = former.chain([origins]).collect();
        self
    }

    /// Starts a request; hand it to [`HttpClient::send`].
    pub fn request(&self, method: Method, url: Url) -> RequestBuilder {
        self.inner.request(method, url)
    }

    /// Sends a request inside a span named after `operation` (a fixed word such as `create_issue`).
    ///
    /// The span says method, host, status and duration; never the path, the query, headers or bodies,
    /// which hold tokens, addresses and mail.
    ///
    /// # Errors
    /// See [`SendError`]. An answer of any status is `Ok`.
    pub async fn send(
        &self,
        operation: &'static str,
        request: RequestBuilder,
    ) -> Result<Response, SendError> {
        let (client, request) = request.build_split();
        let request = request.map_err(SendError::no_answer)?;
        let span = self.span(operation, &request);
        let started = Instant::now();
        let answer = if self.may_call(request.url()) {
            let sent = client.execute(request).instrument(span.clone()).await;
            sent.map_err(SendError::no_answer)
        } else {
            Err(SendError::Outside)
        };
        self.record(operation, &span, started.elapsed(), &answer);
        answer
    }

    fn may_call(&self, url: &Url) -> bool {
        self.origins.iter().all(|origins| origins.admit(url))
    }

    fn span(&self, operation: &'static str, request: &Request) -> Span {
        tracing::info_span!(
            "http",
            otel.name = format_args!("{} {operation}", self.system),
            otel.kind = "client",
            system = self.system,
            operation,
            http.request.method = request.method().as_str(),
            server.address = request.url().host_str().unwrap_or_default(),
            server.port = request.url().port_or_known_default(),
            http.response.status_code = Empty,
            error.type = Empty,
            otel.status_code = Empty,
            duration_ms = Empty,
        )
    }

    fn record(
        &self,
        operation: &'static str,
        span: &Span,
        took: Duration,
        answer: &Result<Response, SendError>,
    ) {
        let duration_ms = u64::try_from(took.as_millis()).unwrap_or(u64::MAX);
        span.record("duration_ms", duration_ms);
        let status = match answer {
            Ok(response) => {
                let status = response.status();
                span.record("http.response.status_code", status.as_u16());
                if status.is_client_error() || status.is_server_error() {
                    span.record("error.type", status.as_str());
                    span.record("otel.status_code", "ERROR");
                }
                status.as_str().to_owned()
            }
            Err(error) => {
                span.record("error.type", error.word());
                span.record("otel.status_code", "ERROR");
                error.word().to_owned()
            }
        };
        tracing::debug!(parent: span, status, duration_ms, "{} {operation}", self.system);
        if let Some(metrics) = &self.metrics {
            let labels = [self.system, operation, &status];
            metrics.http_client_duration.record(took, labels);
        }
    }
}

#[cfg(test)]
mod tests;
