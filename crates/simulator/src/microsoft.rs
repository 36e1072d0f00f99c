//! Microsoft: Entra ID, Graph mail and a webmail over the same mailboxes.

use actix_web::{HttpRequest, HttpResponse, http::StatusCode, web};
use postroom_clock::Clock;
use serde_json::{Value, json};

use crate::{faults::Fault, world::World};

/// Entra ID and the mailboxes.
#[derive(Debug)]
pub(crate) struct Cloud;

impl Cloud {
    pub(crate) fn new(_clock: &Clock) -> anyhow::Result<Self> {
        Ok(Self)
    }
}

/// `graph` or `login`; nothing for the webmail, which stands for a person.
pub(crate) fn host_of(path: &str) -> Option<&'static str> {
    match path {
        _ if path.starts_with("/v1.0") => Some("graph"),
        _ if path.starts_with("/webmail") || path == "/" => None,
        _ => Some("login"),
    }
}

/// The answer of the login host when it was asked to fail with an AADSTS number.
pub(crate) fn login_fault(
    _world: &World,
    _request: &HttpRequest,
    _code: u32,
    _fault: &Fault,
) -> HttpResponse {
    HttpResponse::BadRequest().finish()
}

/// The body that Graph sends with a status, when nobody said which.
pub(crate) fn usual_error(_status: StatusCode) -> Value {
    json!({})
}

/// The routes of the Microsoft listeners.
pub(crate) fn configure(_cfg: &mut web::ServiceConfig) {}

/// The routes `/microsoft/…` of the control API.
pub(crate) fn configure_control(_cfg: &mut web::ServiceConfig) {}
