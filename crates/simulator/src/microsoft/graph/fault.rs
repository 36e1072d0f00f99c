//! What Graph answers when it was asked to fail with an error code.

use actix_web::{HttpRequest, HttpResponse, HttpResponseBuilder, http::StatusCode};
use base64::{Engine as _, engine::general_purpose::STANDARD};
use serde_json::{Value, json};

use super::error::GraphError;
use crate::{faults::Fault, microsoft::public_base, world::World};

/// One code a line: status, code, message.
const CODES: &str = include_str!("codes.txt");

/// `error` of the challenge with which Conditional Access takes a token back ("Claims challenges, claims requests, and
/// client capabilities"). As a code of ours it stands for the whole answer.
const CLAIMS: &str = "insufficient_claims";

/// Status and body as the code has them; the fault's status, headers and body replace them.
pub(crate) fn fault(
    world: &World,
    request: &HttpRequest,
    code: &str,
    fault: &Fault,
) -> HttpResponse {
    let mut error = match code {
        CLAIMS => challenge(world, request),
        _ => usual(code),
    };
    let given = fault.status.and_then(|it| StatusCode::from_u16(it).ok());
    error.status = given.unwrap_or(error.status);
    let id = world.clock.new_id().to_string();
    let mut answer = HttpResponseBuilder::new(error.status);
    answer.insert_header(("request-id", id.as_str()));
    for (name, value) in &error.headers {
        answer.insert_header((*name, value.as_str()));
    }
    for (name, value) in &fault.headers {
        answer.insert_header((name.as_str(), value.as_str()));
    }
    if let Some(body) = &fault.body {
        return answer.json(body);
    }
    let date = world.clock.now().format("%Y-%m-%dT%H:%M:%S").to_string();
    let inner = json!({ "date": date, "request-id": id, "client-request-id": id });
    answer.json(error.body(&inner))
}

/// A code that is in no table is a request that makes no sense.
fn usual(code: &str) -> GraphError {
    let row = |line: &'static str| {
        let mut parts = line.splitn(3, '|');
        let status: u16 = parts.next()?.parse().ok()?;
        let same = parts.next()? == code;
        same.then_some((status, parts.next()?))
    };
    let (status, message) = CODES
        .lines()
        .find_map(row)
        .unwrap_or((400, "The request is invalid."));
    let status = StatusCode::from_u16(status).unwrap_or(StatusCode::BAD_REQUEST);
    GraphError::new(status, code, message)
}

fn challenge(world: &World, request: &HttpRequest) -> GraphError {
    let base = public_base(world, request);
    let wanted: Value = json!({ "access_token": { "nbf": { "essential": true, "value": world.clock.now().timestamp().to_string() } } });
    let claims = STANDARD.encode(wanted.to_string());
    let text = "Continuous access evaluation resulted in challenge with result: InteractionRequired and code: TokenIssuedBeforeRevocationTimestamp";
    let mut error = GraphError::new(StatusCode::UNAUTHORIZED, "InvalidAuthenticationToken", text);
    let challenge = format!(
        "Bearer realm=\"\", authorization_uri=\"{base}/common/oauth2/authorize\", error=\"{CLAIMS}\", claims=\"{claims}\""
    );
    error.headers.push(("www-authenticate", challenge));
    error
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_code_has_its_status_and_another_is_a_bad_request() {
        assert_eq!(usual("ErrorQuotaExceeded").status.as_u16(), 507);
        assert_eq!(usual("ErrorSendAsDenied").status.as_u16(), 403);
        assert_eq!(usual("Nonsense").status.as_u16(), 400);
        for line in CODES.lines().filter(|line| !line.starts_with('#')) {
            let mut parts = line.splitn(3, '|');
            assert!(
                parts.next().is_some_and(|it| it.parse::<u16>().is_ok()),
                "{line}"
            );
            assert_eq!(parts.count(), 2, "{line}");
        }
    }
}
