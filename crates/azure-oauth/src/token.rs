use std::time::Duration;

use chrono::{DateTime, TimeDelta, Utc};
use postroom_telemetry::SendError;
use reqwest::header::{HeaderMap, RETRY_AFTER};
use reqwest::{Method, Response, StatusCode};
use secrecy::SecretString;
use serde_json::Value;

use crate::{Microsoft, OAuthError, TokenError, answer::read_whole, assertion::exposed};

/// What the token endpoint gave.
#[derive(Clone, Debug)]
pub struct TokenSet {
    /// Opaque; for the one resource whose scopes were asked for.
    pub access_token: SecretString,
    /// When it ends. Microsoft makes it 60 to 90 minutes at random.
    pub expires_at: DateTime<Utc>,
    /// The newest refresh token. The one before it stays valid.
    pub refresh_token: Option<SecretString>,
    /// What was really granted: may be less, or more, than was asked for.
    pub scopes: Vec<String>,
}

/// A [`TokenSet`] and the id token that came with it.
pub(crate) struct Granted {
    pub(crate) tokens: TokenSet,
    pub(crate) id_token: Option<SecretString>,
}

impl Microsoft {
    /// Posts a grant to the token endpoint, with the registration's credential.
    ///
    /// Written on the HTTP client itself and not on the `oauth2` crate: that keeps neither `Retry-After` nor
    /// the status of an error, and Microsoft's `error_codes`, `suberror` and `claims` would need types of our
    /// own all the same.
    pub(crate) async fn token(
        &self,
        operation: &'static str,
        grant: &[(&str, &str)],
    ) -> Result<Granted, OAuthError> {
        let response = match self.post(operation, grant).await {
            // A kept connection that the other side closed while we wrote on it. No grant is spent by asking again: an
            // old refresh token stays valid, and a code that did arrive is refused as used.
            Err(OAuthError::Unreachable(SendError::NoAnswer(error))) if broke_off(&error) => {
                self.post(operation, grant).await?
            }
            answered => answered?,
        };
        let (status, headers) = (response.status(), response.headers().clone());
        let body = read_whole(response).await?;
        let now = self.clock.now();
        if status.is_success() {
            return granted(&body, now).ok_or(OAuthError::Garbled {
                status: status.as_u16(),
            });
        }
        Err(self.refused(status, &headers, &body))
    }

    async fn post(
        &self,
        operation: &'static str,
        grant: &[(&str, &str)],
    ) -> Result<Response, OAuthError> {
        let proof = self.proof()?;
        let mut form = vec![("client_id", self.registration.client_id.as_str())];
        form.extend(exposed(&proof));
        form.extend(grant);
        let request = self
            .http
            .request(Method::POST, self.token_endpoint())
            .form(&form);
        let sent = self.http.send(operation, request).await;
        sent.map_err(OAuthError::Unreachable)
    }

    /// 429 and 5xx are nobody's, whatever the body says.
    fn refused(&self, status: StatusCode, headers: &HeaderMap, body: &[u8]) -> OAuthError {
        if status == StatusCode::TOO_MANY_REQUESTS || status.is_server_error() {
            return OAuthError::Busy {
                status: status.as_u16(),
                retry_after: retry_after(headers, self.clock.now()),
            };
        }
        match TokenError::from_body(body) {
            Some(error) => OAuthError::Refused(Box::new(error.at(self.whose))),
            None => OAuthError::Garbled {
                status: status.as_u16(),
            },
        }
    }
}

/// Somebody was there, and went.
fn broke_off(error: &reqwest::Error) -> bool {
    !error.is_connect() && !error.is_timeout()
}

fn granted(body: &[u8], now: DateTime<Utc>) -> Option<Granted> {
    let body: Value = serde_json::from_slice(body).ok()?;
    let text = |field: &str| body.get(field)?.as_str();
    let secret = |field: &str| {
        text(field)
            .filter(|it| !it.is_empty())
            .map(SecretString::from)
    };
    if !text("token_type")?.eq_ignore_ascii_case("bearer") {
        return None;
    }
    let seconds = match body.get("expires_in")? {
        Value::String(seconds) => seconds.parse().ok()?,
        seconds => seconds.as_i64()?,
    };
    let tokens = TokenSet {
        access_token: secret("access_token")?,
        expires_at: now.checked_add_signed(TimeDelta::try_seconds(seconds)?)?,
        refresh_token: secret("refresh_token"),
        scopes: text("scope")
            .unwrap_or_default()
            .split_whitespace()
            .map(str::to_owned)
            .collect(),
    };
    Some(Granted {
        tokens,
        id_token: secret("id_token"),
    })
}

/// `Retry-After` in seconds or as an HTTP date (RFC 9110, section 10.2.3).
fn retry_after(headers: &HeaderMap, now: DateTime<Utc>) -> Option<Duration> {
    let value = headers.get(RETRY_AFTER)?.to_str().ok()?.trim();
    match value.parse() {
        Ok(seconds) => Some(Duration::from_secs(seconds)),
        Err(_) => {
            let until = DateTime::parse_from_rfc2822(value).ok()?;
            Some((until.to_utc() - now).to_std().unwrap_or_default())
        }
    }
}

#[cfg(test)]
mod tests;
