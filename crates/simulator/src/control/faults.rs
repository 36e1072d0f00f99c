//! `/faults` and the hosts' own: asking for what shall go wrong.

use actix_web::{HttpResponse, web};

use super::ControlError;
use crate::{faults::Fault, world::World};

pub(super) async fn list(world: web::Data<World>) -> HttpResponse {
    HttpResponse::Ok().json(world.faults.list(world.clock.now()))
}

pub(super) async fn clear(world: web::Data<World>) -> HttpResponse {
    world.faults.clear();
    HttpResponse::NoContent().finish()
}

pub(super) async fn add_microsoft(
    world: web::Data<World>,
    fault: web::Json<Fault>,
) -> Result<HttpResponse, ControlError> {
    let fault = fault.into_inner();
    let host = fault.host.as_deref();
    if !matches!(host, Some("login" | "graph" | "ews" | "outlook" | "chat")) {
        return Err(ControlError::Invalid(
            "host must be \"login\", \"graph\", \"ews\", \"outlook\" (uploads) or \"chat\"".into(),
        ));
    }
    let fits = |code: &String| match host {
        Some("ews") => code.starts_with("Error"),
        Some("graph") => true,
        _ => false,
    };
    if !fault.response_code.iter().all(fits) {
        return Err(ControlError::Invalid(
            "response_code is a code of EWS such as ErrorServerBusy, or of Graph: it needs host \"ews\" or \"graph\"".into(),
        ));
    }
    if fault.code.is_some() && fault.host.as_deref() != Some("login") {
        return Err(ControlError::Invalid(
            "code is an AADSTS number: it needs host \"login\"".into(),
        ));
    }
    add(&world, fault)
}

pub(super) async fn add_jira(
    world: web::Data<World>,
    site: web::Path<String>,
    fault: web::Json<Fault>,
) -> Result<HttpResponse, ControlError> {
    let site = site.into_inner();
    if !world.urls.jira.contains_key(&site) {
        return Err(ControlError::NotFound(format!(
            "there is no Jira site {site:?} here"
        )));
    }
    let fault = Fault {
        host: Some("jira".into()),
        site: Some(site),
        code: None,
        response_code: None,
        silent: None,
        ..fault.into_inner()
    };
    add(&world, fault)
}

/// Faults of Atlassian's own host: the key set and the pages. Those of the gateway are the site's.
pub(super) async fn add_atlassian(
    world: web::Data<World>,
    fault: web::Json<Fault>,
) -> Result<HttpResponse, ControlError> {
    let fault = Fault {
        host: Some("atlassian".into()),
        site: None,
        code: None,
        response_code: None,
        silent: None,
        ..fault.into_inner()
    };
    add(&world, fault)
}

fn add(world: &World, fault: Fault) -> Result<HttpResponse, ControlError> {
    if let Some(problem) = fault.problem() {
        return Err(ControlError::Invalid(problem.into()));
    }
    world.faults.add(fault, world.clock.now());
    Ok(HttpResponse::NoContent().finish())
}
