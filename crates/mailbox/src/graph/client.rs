use backon::Retryable as _;
use postroom_clock::Clock;
use postroom_telemetry::{HttpClient, Origins};
use reqwest::header::{ACCEPT, CONTENT_TYPE};
use reqwest::{Method, RequestBuilder};
use url::Url;

use super::answer::Answer;
use super::call::{Body, Call};
use super::classify::Failure;
use crate::MailboxError;
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
    pub(crate) clock: Clock,
    pub(crate) retries: Retries,
    /// Puts large attachments where Graph says, as far as that is one of `upload_hosts`.
    pub(crate) uploads: HttpClient,
    pub(crate) upload_hosts: Origins,
}

/// Where Graph was seen to send uploads: Outlook's own hosts, of all clouds.
const UPLOAD_HOSTS: &str = "https://outlook.office.com,https://outlook.office365.com,https://outlook.office365.us,\
    https://webmail.apps.mil,https://partner.outlook.cn";

impl GraphClient {
    /// A client for Graph at `base`, such as `https://graph.microsoft.com/v1.0`.
    pub fn new(http: HttpClient, base: Url, clock: Clock) -> Self {
        let outlook: Origins = UPLOAD_HOSTS.parse().unwrap_or_default();
        let upload_hosts = Origins::of(&base).and(&outlook);
        Self {
            uploads: http.clone().within(upload_hosts.clone()),
            upload_hosts,
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
    pub(crate) async fn read(&self, call: &Call<'_>) -> Result<Answer, MailboxError> {
        (|| self.once(call))
            .retry(self.retries.backoff())
            .when(|error| self.retries.helps(error))
            .adjust(self.retries.obey(MailboxError::retry_after))
            .await
    }

    /// Sends a request once. Changes go this way: a second try could do them twice.
    pub(crate) async fn once(&self, call: &Call<'_>) -> Result<Answer, MailboxError> {
        let changes = call.method != Method::GET;
        let sent = self.http.send(call.operation, self.build(call)).await;
        let response = sent.map_err(|source| MailboxError::unreachable(source, changes))?;
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
                Err(MailboxError::TooLarge { limit, support })
            }
            Err(BodyError::Broken(source)) if status.is_success() => {
                Err(MailboxError::unreachable(source, changes))
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

#[cfg(test)]
mod tests;
