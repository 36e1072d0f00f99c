//! One invocation token, one call. A token of Forge is not bound to path or body, so whoever saw one could send
//! something else with it while it lives (*Forge Remote essentials*, Atlassian).
//!
//! It is remembered in Redis with a hash of what it came with. Redis away means: go on, for a call that is made twice
//! with the same content is caught by what it changes.

use std::time::Duration;

use actix_web::HttpRequest;
use postroom_atlassian::forge::InvocationToken;
use sha2::{Digest as _, Sha256};

use crate::{Api, Problem};

/// Longer than a token lives (25 seconds, and the clocks' leeway on both ends).
const REMEMBERED: Duration = Duration::from_secs(15 * 60);

/// What tells one invocation token from another.
pub(super) struct Token(String);

impl Token {
    /// Its `jti`, or a hash of the whole where it has none.
    pub(super) fn of(token: &InvocationToken, raw: &str) -> Self {
        let own = token.token_id.as_deref().unwrap_or(raw);
        Self(hex(&[token.installation_id.as_bytes(), own.as_bytes()]))
    }
}

/// Refuses a token that came before with other content. The same content may come again: a proxy sends a request
/// twice when the first answer was lost, and what events change, they change once.
///
/// # Errors
/// 401.
pub(super) async fn same_content(
    api: &Api,
    token: &Token,
    request: &HttpRequest,
    body: &[u8],
) -> Result<(), Problem> {
    let uri = request.uri();
    let content = hex(&[
        request.method().as_str().as_bytes(),
        uri.path().as_bytes(),
        uri.query().unwrap_or_default().as_bytes(),
        body,
    ]);
    let key = format!("invocation:{}", token.0);
    match api.doorbell.once_as(&key, &content, REMEMBERED).await {
        Ok(true) => Ok(()),
        Ok(false) => Err(Problem::unauthorized(
            "the invocation token was used for another call",
        )),
        Err(error) => {
            tracing::warn!(cause = %error, "an invocation token cannot be remembered");
            Ok(())
        }
    }
}

/// Refuses a token that came before, whatever with.
///
/// # Errors
/// 401 with other content, 409 with the same.
pub(super) async fn only_once(
    api: &Api,
    token: &Token,
    request: &HttpRequest,
    body: &[u8],
) -> Result<(), Problem> {
    same_content(api, token, request, body).await?;
    match api
        .doorbell
        .once(&format!("call:{}", token.0), REMEMBERED)
        .await
    {
        Ok(false) => Err(Problem::repeated()),
        Ok(true) | Err(_) => Ok(()),
    }
}

/// A hash of parts that cannot be mistaken for other parts.
fn hex(parts: &[&[u8]]) -> String {
    let mut hash = Sha256::new();
    for part in parts {
        hash.update(part.len().to_be_bytes());
        hash.update(part);
    }
    ::hex::encode(hash.finalize())
}
