use backon::Retryable as _;
use postroom_clock::Clock;
use postroom_telemetry::{HttpClient, Origins, SendError};
use reqwest::header::{ACCEPT, CONTENT_TYPE};
use reqwest::{Method, RequestBuilder};
use url::Url;

use super::answer::Answer;
use super::call::{Body, Call};
use super::classify::Failure;
use super::error::GraphError;
use crate::Retries;
use crate::body::{BodyError, read_body};
use crate::support::Support;

/// Error bodies are short; the rest of a long one says nothing more.
const ERROR_LIMIT: u64 = 256 << 10;

/// Microsoft Graph at one base URL. Cheap to clone; holds no token.
#[derive(Clone, Debug)]
pub struct GraphClient {
    http: HttpClient,
    pub(crate) base: Url,
    clock: Clock,
    retries: Retries,
}

impl GraphClient {
    /// A client for Graph at `base`, such as `https://graph.microsoft.com/v1.0`.
    pub fn new(http: HttpClient, base: Url, clock: Clock) -> Self {
        Self {
            http: http.within(Origins::of(&base)),
            base,
            clock,
            retries: Retries::default(),
        }
    }

    /// The same client with other patience for reads.
    #[must_use]
    pub fn with_retries(mut self, retries: Retries) -> Self {
        self.retries = retries;
        self
    }

    /// Sends a read, and sends it again when that can help. Never sleeps longer than [`Retries::budget`].
    pub(crate) async fn read(&self, call: &Call<'_>) -> Result<Answer, GraphError> {
        (|| self.once(call))
            .retry(self.retries.backoff())
            .when(GraphError::worth_a_retry)
            .adjust(self.retries.obey(GraphError::retry_after))
            .await
    }

    /// Sends a request once. Changes go this way: a second try could do them twice.
    pub(crate) async fn once(&self, call: &Call<'_>) -> Result<Answer, GraphError> {
        let changes = call.method != Method::GET;
        let sent = self.http.send(call.operation, self.build(call)).await;
        let response = sent.map_err(|source| unreachable_after(source, changes))?;
        let support = Support::of(&response);
        let (status, headers) = (response.status(), response.headers().clone());
        let limit = if status.is_success() {
            call.limit
        } else {
            ERROR_LIMIT
        };
        match read_body(response, limit).await {
            Ok(body) if status.is_success() => Ok(Answer {
                operation: call.operation,
                status,
                support,
                body,
            }),
            Err(BodyError::TooLarge) if status.is_success() => {
                Err(GraphError::TooLarge { limit, support })
            }
            Err(BodyError::Broken(source)) if status.is_success() => {
                Err(unreachable_after(source, changes))
            }
            other => {
                let body = other.unwrap_or_default();
                let failure = Failure {
                    status,
                    headers: &headers,
                    body: &body,
                    support,
                };
                Err(failure.classify(call.target, self.clock.now()))
            }
        }
    }

    fn build(&self, call: &Call<'_>) -> RequestBuilder {
        let request = self
            .http
            .request(call.method.clone(), call.url.clone())
            .bearer_auth(call.token.expose())
            .header("prefer", call.prefer())
            .header("client-request-id", self.clock.new_id().to_string());
        match &call.body {
            Body::None => request,
            Body::Json(body) => request.header(ACCEPT, "application/json").json(body),
            Body::Text(body) => request
                .header(CONTENT_TYPE, "text/plain")
                .body(body.clone()),
        }
    }
}

fn unreachable_after(source: SendError, changes: bool) -> GraphError {
    GraphError::Unreachable {
        maybe_done: changes && !source.was_not_sent(),
        source,
    }
}

#[cfg(test)]
mod tests;
