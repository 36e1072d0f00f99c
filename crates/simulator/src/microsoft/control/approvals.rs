//! Requests for an administrator's consent.

use actix_web::{HttpResponse, web};
use serde::Deserialize;
use uuid::Uuid;

use crate::{control::ControlError, world::World};

#[derive(Debug, Deserialize)]
pub(super) struct Decision {
    approve: bool,
}

pub(super) async fn list(world: web::Data<World>) -> HttpResponse {
    HttpResponse::Ok().json(&world.cloud().approvals)
}

/// An administrator decides.
pub(super) async fn decide(
    world: web::Data<World>,
    id: web::Path<Uuid>,
    decision: web::Json<Decision>,
) -> Result<HttpResponse, ControlError> {
    let decided = world.cloud().decide(*id, decision.approve);
    let missing = || ControlError::NotFound("there is no such request".into());
    decided
        .map(|approval| HttpResponse::Ok().json(approval))
        .ok_or_else(missing)
}
