//! `/clock`: the time of the world, and moving it.

use actix_web::{HttpResponse, web};
use chrono::TimeDelta;
use serde::Deserialize;
use serde_json::json;

use super::ControlError;
use crate::world::World;

#[derive(Debug, Deserialize)]
pub(super) struct Advance {
    /// Negative for a clock that jumps back.
    advance_seconds: i64,
}

pub(super) async fn read(world: web::Data<World>) -> HttpResponse {
    HttpResponse::Ok().json(json!({ "now": world.clock.now() }))
}

pub(super) async fn advance(
    world: web::Data<World>,
    by: web::Json<Advance>,
) -> Result<HttpResponse, ControlError> {
    /// A century: beyond it dates stop to make sense.
    const MOST: i64 = 100 * 366 * 86_400;
    let seconds = by.advance_seconds;
    if seconds.abs() > MOST {
        return Err(ControlError::Invalid(
            "the clock moves by a century at most".into(),
        ));
    }
    world.clock.advance(TimeDelta::seconds(seconds));
    Ok(read(world).await)
}
