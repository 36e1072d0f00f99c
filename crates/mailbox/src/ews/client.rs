use backon::Retryable as _;
use postroom_clock::Clock;
use postroom_telemetry::{HttpClient, Origins};
use reqwest::header::{ACCEPT, CONTENT_TYPE, HeaderValue};
use reqwest::{Method, RequestBuilder};
use roxmltree::Node;
use url::Url;

use super::answer::Answer;
use super::call::Call;
use super::classify::Failure;
use crate::body::{BodyError, read_body};
use crate::{MailboxAddress, MailboxError, Retries, Support};

/// Error bodies are short; the rest of a long one says nothing more.
const ERROR_LIMIT: u64 = 256 << 10;

/// Exchange Web Services at one URL. Cheap to clone; holds no token.
#[derive(Clone, Debug)]
pub struct EwsClient {
    http: HttpClient,
    url: Url,
    pub(crate) clock: Clock,
    retries: Retries,
}

impl EwsClient {
    /// A client for EWS at `url`, such as `https://outlook.office365.com/EWS/Exchange.asmx`.
    pub fn new(http: HttpClient, url: Url, clock: Clock) -> Self {
        Self {
            http: http.within(Origins::of(&url)),
            url,
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

    /// Sends a read, and sends it again when that can help; `read` takes what is needed out of the answer.
    pub(crate) async fn read<T>(
        &self,
        call: &Call<'_>,
        read: impl Fn(Node<'_, '_>) -> Option<T> + Sync,
    ) -> Result<T, MailboxError> {
        self.patiently(|| self.once(call, &read)).await
    }

    /// Sends a request once. Changes go this way: a second try could do them twice.
    pub(crate) async fn once<T>(
        &self,
        call: &Call<'_>,
        read: impl Fn(Node<'_, '_>) -> Option<T> + Sync,
    ) -> Result<T, MailboxError> {
        let answer = self.exchange(call).await?;
        answer.read(call.target, self.clock.now(), read)
    }

    /// Tries again what can go better at once. Never sleeps longer than [`Retries::budget`].
    pub(crate) async fn patiently<T, F>(
        &self,
        attempt: impl FnMut() -> F,
    ) -> Result<T, MailboxError>
    where
        F: Future<Output = Result<T, MailboxError>>,
    {
        attempt
            .retry(self.retries.backoff())
            .when(|error| self.retries.helps(error))
            .adjust(self.retries.obey(MailboxError::retry_after))
            .await
    }

    /// Sends a request once and reads the answer whole. What is in it is not looked at yet.
    pub(crate) async fn exchange(&self, call: &Call<'_>) -> Result<Answer, MailboxError> {
        let changes = call.changes;
        let sent = self.http.send(call.operation, self.build(call)).await;
        let response = sent.map_err(|source| MailboxError::unreachable(source, changes))?;
        let support = Support::of(&response);
        let (status, headers) = (response.status(), response.headers().clone());
        let limit = match status.is_success() {
            true => call.limit,
            false => ERROR_LIMIT,
        };
        match read_body(response, limit).await {
            Ok(body) if status.is_success() => Ok(Answer {
                operation: call.operation,
                status,
                headers,
                support,
                body,
            }),
            Err(BodyError::TooLarge) if status.is_success() => {
                Err(MailboxError::TooLarge { limit, support })
            }
            Err(BodyError::Broken(source)) if status.is_success() => {
                Err(MailboxError::unreachable(source, changes))
            }
            other => {
                let failure = Failure {
                    status,
                    headers: &headers,
                    support,
                    now: self.clock.now(),
                };
                Err(failure.classify(&other.unwrap_or_default(), call.target))
            }
        }
    }

    fn build(&self, call: &Call<'_>) -> RequestBuilder {
        let request = self
            .http
            .request(Method::POST, self.url.clone())
            .bearer_auth(call.on.token.expose())
            .header(CONTENT_TYPE, "text/xml; charset=utf-8")
            .header(ACCEPT, "text/xml")
            .header("client-request-id", self.clock.new_id().to_string())
            .body(call.body.clone());
        match anchor(call.on.mailbox) {
            Some(anchor) => request.header("x-anchormailbox", anchor),
            None => request,
        }
    }
}

/// A hint for Exchange's routing; an address that cannot stand in a header goes without it.
fn anchor(mailbox: &MailboxAddress) -> Option<HeaderValue> {
    match mailbox {
        MailboxAddress::Me => None,
        MailboxAddress::Shared(address) => HeaderValue::from_str(address).ok(),
    }
}

#[cfg(test)]
mod tests;
