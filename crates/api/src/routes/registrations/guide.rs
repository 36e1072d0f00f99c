//! How to make an app registration, for the case that is asked for: each step, and what to copy into it.

mod steps;

use actix_web::{get, web};
use postroom_azure_oauth::scopes::{Work, needed};
use postroom_registry::connection;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use super::view::{Audience, Cloud, CredentialKind};
use crate::{
    Api, Problem, doors::Administrator, problem::ErrorBody, routes::connections::Protocol,
};
use steps::{Case, Step};

/// The case.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub(crate) struct Asked {
    cloud: Option<Cloud>,
    audience: Option<Audience>,
    credential: Option<CredentialKind>,
    protocol: Option<Protocol>,
}

/// How to make an app registration.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Guide {
    /// To be registered as a *Web* redirect URI, character for character.
    redirect_uri: String,
    /// The delegated permissions to add.
    permissions: Vec<String>,
    /// In their order.
    steps: Vec<Step>,
}

/// How to make an app registration in the Entra admin center.
#[utoipa::path(
    tag = "registrations",
    params(Asked),
    responses((status = OK, body = Guide), (status = "default", body = ErrorBody))
)]
#[get("/registrations/guide")]
pub(crate) async fn guide_registration(
    api: web::Data<Api>,
    _caller: Administrator,
    asked: web::Query<Asked>,
) -> Result<web::Json<Guide>, Problem> {
    let cloud = asked.cloud.unwrap_or(Cloud::Global).into();
    let protocol: connection::Protocol = asked.protocol.unwrap_or(Protocol::Graph).into();
    let case = Case {
        portal: &api.registrations.clouds().of(cloud).portal,
        redirect_uri: api.url("/microsoft/callback"),
        audience: asked.audience.unwrap_or(Audience::Single),
        credential: asked.credential.unwrap_or(CredentialKind::Certificate),
        protocol,
        permissions: permissions(protocol),
    };
    Ok(web::Json(Guide {
        steps: case.steps(),
        redirect_uri: case.redirect_uri,
        permissions: case.permissions,
    }))
}

/// All that a connection of this kind may ever ask for: its own mailbox and a shared one, reading and sending.
fn permissions(protocol: connection::Protocol) -> Vec<String> {
    let mut all = Vec::new();
    for shared in [false, true] {
        for scope in needed(&Work::outbound(protocol, shared)) {
            if !all.iter().any(|it| it == scope) {
                all.push(scope.to_owned());
            }
        }
    }
    all
}
