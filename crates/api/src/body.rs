//! How much of a request is read and for how long, and what a body, a query or a path that cannot be read answers.

mod bounded;

use actix_web::{
    Error,
    dev::Payload,
    error::{JsonPayloadError, PathError, PayloadError, QueryPayloadError, UrlencodedError},
    web::{Bytes, BytesMut, FormConfig, JsonConfig, PathConfig, QueryConfig, ServiceConfig},
};
use futures_util::StreamExt as _;

use crate::Problem;

pub(crate) use bounded::{bounded, declared};

/// Bytes of a JSON body of the panel.
pub(crate) const JSON: usize = 1 << 20;
/// Bytes of `installed` and `uninstalled`. They are read before their signature is known to be good: the issuer that it is
/// measured against is in them.
pub(crate) const LIFECYCLE: usize = 64 << 10;
/// Bytes of a notification of Microsoft: it carries no mail, only which ones changed.
pub(crate) const NOTICE: usize = 256 << 10;
/// Bytes of a call of Jira: a comment is in it. No request may be longer.
pub(crate) const WEBHOOK: usize = 5 << 20;

pub(crate) fn configure(cfg: &mut ServiceConfig) {
    cfg.app_data(
        JsonConfig::default()
            .limit(JSON)
            .error_handler(|error, _| json(error)),
    )
    .app_data(FormConfig::default().error_handler(|error, _| form(error)))
    .app_data(QueryConfig::default().error_handler(|error, _| query(error)))
    .app_data(PathConfig::default().error_handler(|error, _| path(error)));
}

/// The whole body, up to `limit` bytes.
///
/// # Errors
/// `too_large`, `too_slow` or `unreadable`.
pub(crate) async fn whole(payload: &mut Payload, limit: usize) -> Result<Bytes, Problem> {
    let mut whole = BytesMut::new();
    while let Some(chunk) = payload.next().await {
        let chunk = chunk.map_err(broken)?;
        if whole.len() + chunk.len() > limit {
            return Err(Problem::too_large());
        }
        whole.extend_from_slice(&chunk);
    }
    Ok(whole.freeze())
}

/// A body that did not come whole.
fn broken(error: PayloadError) -> Problem {
    let problem = match &error {
        PayloadError::Overflow => Problem::too_large(),
        error if bounded::is_too_slow(error) => Problem::too_slow(),
        _ => Problem::unreadable(),
    };
    problem.because(error)
}

fn json(error: JsonPayloadError) -> Error {
    let problem = match error {
        JsonPayloadError::Payload(error) => broken(error),
        JsonPayloadError::Overflow { .. } | JsonPayloadError::OverflowKnownLength { .. } => {
            Problem::too_large().because(error)
        }
        _ => Problem::invalid("body", "The body of the request cannot be read.").because(error),
    };
    problem.into()
}

fn form(error: UrlencodedError) -> Error {
    let problem = match error {
        UrlencodedError::Payload(error) => broken(error),
        UrlencodedError::Overflow { .. } => Problem::too_large().because(error),
        _ => Problem::invalid("body", "The body of the request cannot be read.").because(error),
    };
    problem.into()
}

fn query(error: QueryPayloadError) -> Error {
    Problem::invalid("query", "The query of the request cannot be read.")
        .because(error)
        .into()
}

/// An id that is none belongs to nobody.
fn path(error: PathError) -> Error {
    Problem::not_found().because(error).into()
}
