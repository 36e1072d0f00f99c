//! Subscriptions, what was sent to them, and what shall go wrong on the way.

use actix_web::{HttpResponse, web};
use serde::Deserialize;
use uuid::Uuid;

use crate::{
    control::ControlError,
    microsoft::subscriptions::{Lifecycle, Settings, Subscription},
    world::World,
};

#[derive(Debug, Deserialize)]
pub(super) struct Event {
    event: Lifecycle,
}

/// All, of every application and mailbox; with whether something was not told while the access had ended.
pub(super) async fn list(world: web::Data<World>) -> HttpResponse {
    let cloud = world.cloud();
    let row = |held: &Subscription| {
        let mut row = held.json();
        row["has_missed"] = held.has_missed.into();
        row
    };
    let all: Vec<_> = cloud.subscriptions.all.values().map(row).collect();
    HttpResponse::Ok().json(all)
}

/// Every attempt to tell something, oldest first.
pub(super) async fn notifications(world: web::Data<World>) -> HttpResponse {
    HttpResponse::Ok().json(&world.cloud().subscriptions.deliveries)
}

/// Replaces all settings.
pub(super) async fn set(world: web::Data<World>, settings: web::Json<Settings>) -> HttpResponse {
    let mut cloud = world.cloud();
    cloud.subscriptions.settings = settings.into_inner();
    HttpResponse::Ok().json(&cloud.subscriptions.settings)
}

/// Sends a lifecycle notification; `subscriptionRemoved` also removes.
pub(super) async fn lifecycle(
    world: web::Data<World>,
    id: web::Path<Uuid>,
    event: web::Json<Event>,
) -> Result<HttpResponse, ControlError> {
    let mut cloud = world.cloud();
    if !cloud.subscriptions.all.contains_key(&id) {
        return Err(ControlError::NotFound(
            "there is no such subscription".into(),
        ));
    }
    let told = cloud.tell_lifecycle(event.event, *id, world.clock.now());
    match told {
        true => Ok(HttpResponse::NoContent().finish()),
        false => Err(ControlError::Refused(
            "this subscription has no lifecycleNotificationUrl".into(),
        )),
    }
}

/// Removes one and tells nobody, as it has happened.
pub(super) async fn forget(
    world: web::Data<World>,
    id: web::Path<Uuid>,
) -> Result<HttpResponse, ControlError> {
    let removed = world.cloud().subscriptions.all.remove(&id);
    let missing = || ControlError::NotFound("there is no such subscription".into());
    removed
        .map(|_| HttpResponse::NoContent().finish())
        .ok_or_else(missing)
}
