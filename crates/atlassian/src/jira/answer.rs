//! Reading Jira's answers, the unhappy ones too: three kinds of JSON, HTML, or nothing.

mod refusal;
mod wait;

use chrono::{DateTime, Utc};
use postroom_telemetry::{ReadError, read_limited};
use reqwest::{Response, StatusCode};
use serde::de::DeserializeOwned;

use super::JiraError;

/// Longer than any page of comments or projects that we ask for.
const LONGEST_ANSWER: usize = 16 * 1024 * 1024;
const LONGEST_REFUSAL: usize = 64 * 1024;

/// Lets a success through and names everything else.
pub(super) async fn check(
    response: Response,
    write: bool,
    now: DateTime<Utc>,
) -> Result<Response, JiraError> {
    let status = response.status();
    let maybe_done = write;
    match status {
        status if status.is_success() => return Ok(response),
        StatusCode::TOO_MANY_REQUESTS => {}
        StatusCode::SERVICE_UNAVAILABLE if wait::is_named(response.headers()) => {}
        StatusCode::UNAUTHORIZED => return Err(JiraError::Unauthorized),
        StatusCode::FORBIDDEN => return Err(JiraError::Forbidden),
        StatusCode::NOT_FOUND => return Err(JiraError::NotFound),
        StatusCode::PAYLOAD_TOO_LARGE => return Err(JiraError::TooLarge),
        status if is_transient(status) => {
            let status = status.as_u16();
            return Err(JiraError::Server { status, maybe_done });
        }
        status => {
            let bytes = read_limited(response, LONGEST_REFUSAL)
                .await
                .unwrap_or_default();
            return Err(refusal::parse(status.as_u16(), &bytes));
        }
    }
    Err(JiraError::Throttled {
        retry_after: wait::asked(response.headers(), now),
        quota: wait::quota(response.headers()),
    })
}

/// 5xx; a redirect (a gateway or a login page speaks in Jira's place); 408 and 425.
fn is_transient(status: StatusCode) -> bool {
    status.is_server_error() || status.is_redirection() || matches!(status.as_u16(), 408 | 425)
}

pub(super) async fn json<T: DeserializeOwned>(
    response: Response,
    write: bool,
) -> Result<T, JiraError> {
    let status = response.status().as_u16();
    let maybe_done = write;
    let bytes = read_limited(response, LONGEST_ANSWER)
        .await
        .map_err(|error| match error {
            ReadError::TooLarge { .. } => JiraError::Unreadable { status, maybe_done },
            ReadError::BrokeOff(error) => JiraError::Unreachable {
                timeout: error.is_timeout(),
                maybe_done,
            },
        })?;
    serde_json::from_slice(&bytes).map_err(|_| JiraError::Unreadable { status, maybe_done })
}
