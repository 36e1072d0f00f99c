//! One request: address, token, sending, and what became of it.

use std::time::Duration;

use backon::{ExponentialBuilder, Retryable as _};
use postroom_telemetry::SendError;
use reqwest::{Method, RequestBuilder, Response, header};
use serde::de::DeserializeOwned;
use url::Url;

use super::{JiraClient, JiraError, answer};
use crate::connect::{Canonical, qsh};

/// A read does not sit on a worker for longer than this between two tries; a longer wait is the caller's.
const LONGEST_WAIT: Duration = Duration::from_secs(3);

/// Where a request goes, relative to `rest/api/3`, and whether it changes anything.
#[derive(Clone, Debug)]
pub(super) struct Call<'a> {
    operation: &'static str,
    method: Method,
    segments: Vec<&'a str>,
    query: Vec<(&'static str, String)>,
    write: bool,
}

impl<'a> Call<'a> {
    /// A request without a body, safe to repeat. (A GET with a body is refused by Jira with 403.)
    pub(super) fn get(operation: &'static str, segments: &[&'a str]) -> Self {
        Self::of(operation, Method::GET, segments, false)
    }

    /// A POST that only looks something up, safe to repeat.
    pub(super) fn lookup(operation: &'static str, segments: &[&'a str]) -> Self {
        Self::of(operation, Method::POST, segments, false)
    }

    /// A request that changes something.
    pub(super) fn write(operation: &'static str, method: Method, segments: &[&'a str]) -> Self {
        Self::of(operation, method, segments, true)
    }

    fn of(operation: &'static str, method: Method, segments: &[&'a str], write: bool) -> Self {
        Self {
            operation,
            method,
            segments: segments.to_vec(),
            query: Vec::new(),
            write,
        }
    }

    pub(super) fn query(mut self, name: &'static str, value: impl Into<String>) -> Self {
        self.query.push((name, value.into()));
        self
    }

    fn url(&self, base: &Url) -> Result<Url, JiraError> {
        let mut url = base.clone();
        url.set_query(None);
        url.set_fragment(None);
        // An id comes from outside at times (a webhook): it must not leave its place in the path.
        let plain = |s: &&str| {
            s.bytes()
                .all(|c| c.is_ascii_alphanumeric() || matches!(c, b'-' | b'_'))
        };
        if !self.segments.iter().all(|s| !s.is_empty() && plain(s)) {
            return Err(JiraError::BadRequest("an id has characters that no id has"));
        }
        url.path_segments_mut()
            .map_err(|()| JiraError::BadRequest("the site's URL cannot carry a path"))?
            .pop_if_empty()
            .extend(["rest", "api", "3"])
            .extend(&self.segments);
        if !self.query.is_empty() {
            url.query_pairs_mut().extend_pairs(&self.query);
        }
        Ok(url)
    }
}

impl JiraClient {
    /// Sends a write once and reads its answer.
    pub(super) async fn write<T: DeserializeOwned>(
        &self,
        call: &Call<'_>,
        body: impl FnOnce(RequestBuilder) -> RequestBuilder,
    ) -> Result<T, JiraError> {
        let response = self.send(call, body).await?;
        answer::json(response, call.write).await
    }

    /// Sends a write once and expects no content.
    pub(super) async fn write_silent(
        &self,
        call: &Call<'_>,
        body: impl FnOnce(RequestBuilder) -> RequestBuilder,
    ) -> Result<(), JiraError> {
        self.send(call, body).await.map(|_| ())
    }

    /// Sends a read, again while Jira is out of reach or asks for a short wait.
    pub(super) async fn read<T: DeserializeOwned>(
        &self,
        call: &Call<'_>,
        body: Option<&serde_json::Value>,
    ) -> Result<T, JiraError> {
        let once = || async {
            let response = self
                .send(call, |request| match body {
                    Some(body) => request.json(body),
                    None => request,
                })
                .await?;
            answer::json(response, call.write).await
        };
        let tries = ExponentialBuilder::default()
            .with_min_delay(Duration::from_millis(200))
            .with_max_delay(LONGEST_WAIT)
            .with_max_times(2)
            .with_jitter();
        once.retry(tries)
            .when(JiraError::is_transient)
            .adjust(|error: &JiraError, planned| match error.retry_after() {
                Some(asked) if asked > LONGEST_WAIT => None,
                Some(asked) => planned.map(|planned| planned.max(asked)),
                None => planned,
            })
            .await
    }

    async fn send(
        &self,
        call: &Call<'_>,
        body: impl FnOnce(RequestBuilder) -> RequestBuilder,
    ) -> Result<Response, JiraError> {
        let url = call.url(&self.base)?;
        let path = qsh::strip_base(url.path(), self.base.path());
        let canonical = Canonical::new(call.method.as_str(), path, url.query());
        let authorization = self
            .credential
            .authorization(&canonical, self.clock.now())?;
        let request = self
            .http
            .request(call.method.clone(), url)
            .header(header::AUTHORIZATION, authorization)
            .header(header::ACCEPT, "application/json");
        let sent = self.http.send(call.operation, body(request)).await;
        let response = sent.map_err(|error| no_answer(&error, call.write))?;
        let checked = answer::check(response, call.write, self.clock.now()).await;
        if matches!(checked, Err(JiraError::Unauthorized)) {
            self.credential_refused().await;
        }
        checked
    }
}

fn no_answer(error: &SendError, write: bool) -> JiraError {
    if matches!(error, SendError::Outside) {
        return JiraError::BadRequest("the site's URL leads to where this client may not call");
    }
    if error.is_builder() {
        return JiraError::BadRequest("the body cannot be encoded");
    }
    JiraError::Unreachable {
        timeout: error.is_timeout(),
        maybe_done: write && !error.was_not_sent(),
    }
}
