//! JSON over HTTP, with errors that say what was asked and what was answered.

use std::time::Duration;

use anyhow::{Context as _, bail};
use reqwest::{Method, RequestBuilder, Response, redirect};
use serde_json::Value;

/// A client without redirects; cookies are kept.
#[derive(Clone, Debug)]
pub struct Http(reqwest::Client);

impl Http {
    /// A client with an empty cookie jar.
    ///
    /// # Errors
    /// When the TLS back end cannot be set up.
    pub fn new() -> anyhow::Result<Self> {
        #[expect(
            clippy::disallowed_methods,
            reason = "a test's client is not the product's"
        )]
        let client = reqwest::Client::builder()
            .redirect(redirect::Policy::none())
            .cookie_store(true)
            .timeout(Duration::from_secs(60))
            // Sooner than the service ends a connection that says nothing: who ends it first loses no call.
            .pool_idle_timeout(Duration::from_secs(5))
            .build()?;
        Ok(Self(client))
    }

    /// Starts a request.
    pub fn request(&self, method: Method, url: &str) -> RequestBuilder {
        self.0.request(method, url)
    }

    /// Asks for JSON.
    ///
    /// # Errors
    /// When no answer comes, or one that is no success or no JSON.
    pub async fn get(&self, url: &str) -> anyhow::Result<Value> {
        json(self.request(Method::GET, url)).await
    }

    /// Posts JSON and gets JSON; nothing is `null`.
    ///
    /// # Errors
    /// As [`Http::get`].
    pub async fn post(&self, url: &str, body: &Value) -> anyhow::Result<Value> {
        json(self.request(Method::POST, url).json(body)).await
    }
}

/// Sends and reads JSON.
///
/// # Errors
/// When no answer comes, or one that is no success or no JSON.
pub(crate) async fn json(request: RequestBuilder) -> anyhow::Result<Value> {
    let response = succeed(request).await?;
    let url = response.url().path().to_owned();
    let text = response.text().await?;
    if text.is_empty() {
        return Ok(Value::Null);
    }
    serde_json::from_str(&text).with_context(|| format!("{url} did not answer with JSON"))
}

/// Sends and insists on a status below 400.
///
/// # Errors
/// When no answer comes, or one that is none.
pub(crate) async fn succeed(request: RequestBuilder) -> anyhow::Result<Response> {
    let response = request.send().await?;
    let (status, url) = (response.status(), response.url().path().to_owned());
    if status.as_u16() >= 400 {
        let text = response.text().await.unwrap_or_default();
        let start: String = text.chars().take(600).collect();
        bail!("{url} answered {status}: {start}");
    }
    Ok(response)
}
