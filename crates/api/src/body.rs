//! How much of a request is read, and what a body, a query or a path that cannot be read answers.

use actix_web::{
    Error,
    error::{JsonPayloadError, PathError, QueryPayloadError},
    web::{JsonConfig, PathConfig, QueryConfig, ServiceConfig},
};

use crate::Problem;

/// Bytes of a JSON body of the panel.
const JSON: usize = 1 << 20;
/// Bytes of a call of Jira: a comment is in it.
pub(crate) const WEBHOOK: usize = 5 << 20;

pub(crate) fn configure(cfg: &mut ServiceConfig) {
    cfg.app_data(
        JsonConfig::default()
            .limit(JSON)
            .error_handler(|error, _| json(error)),
    )
    .app_data(QueryConfig::default().error_handler(|error, _| query(error)))
    .app_data(PathConfig::default().error_handler(|error, _| path(error)));
}

fn json(error: JsonPayloadError) -> Error {
    let problem = match &error {
        JsonPayloadError::Overflow { .. } | JsonPayloadError::OverflowKnownLength { .. } => {
            Problem::too_large()
        }
        _ => Problem::invalid("body", "The body of the request cannot be read."),
    };
    problem.because(error).into()
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
