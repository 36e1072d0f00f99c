//! `/faults` and the hosts' own: asking for what shall go wrong.

use actix_web::{HttpResponse, web};

use super::ControlError;
use crate::{faults::Fault, world::World};

pub(super) async fn list(world: web::Data<World>) -> HttpResponse {
    HttpResponse::Ok().json(world.faults.list())
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
    if !matches!(fault.host.as_deref(), Some("login" | "graph" | "ews")) {
        return Err(ControlError::Invalid(
            "host must be \"login\", \"graph\" or \"ews\"".into(),
        ));
    }
    let of_ews = |code: &String| fault.host.as_deref() == Some("ews") && code.starts_with("Error");
    if !fault.response_code.iter().all(of_ews) {
        return Err(ControlError::Invalid(
            "response_code is a code of EWS such as ErrorServerBusy: it needs host \"ews\"".into(),
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
        ..fault.into_inner()
    };
    add(&world, fault)
}

fn add(world: &World, fault: Fault) -> Result<HttpResponse, ControlError> {
    if let Some(problem) = fault.problem() {
        return Err(ControlError::Invalid(problem.into()));
    }
    world.faults.add(fault);
    Ok(HttpResponse::NoContent().finish())
}
