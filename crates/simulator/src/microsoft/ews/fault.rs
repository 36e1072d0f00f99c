//! What EWS answers when it was asked to fail with a response code.

use actix_web::{HttpMessage as _, HttpRequest, HttpResponse, http::StatusCode};

use super::{Operation, Problem, operation, reply};
use crate::{faults::Fault, microsoft::discipline::BackOff};

/// With status 500 a SOAP fault; without a status, the code in the operation's own response message.
pub(crate) fn fault(request: &HttpRequest, code: &str, fault: &Fault) -> HttpResponse {
    let problem = Problem {
        back_off: fault.back_off_ms,
        inner: fault.inner_code.clone(),
        ..Problem::new(code)
    };
    let name = request
        .extensions()
        .get::<Operation>()
        .map(|operation| operation.0.clone());
    let mut answer = match (fault.status, name) {
        (None, Some(name)) => {
            let body = reply::answers(&name, operation::empty(&name), &[Err(problem)]);
            reply::envelope(StatusCode::OK, &body)
        }
        _ => reply::fault(&problem),
    };
    if let Some(ms) = fault.back_off_ms {
        answer.extensions_mut().insert(BackOff(ms));
    }
    answer
}
