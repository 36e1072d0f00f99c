//! The calls of Forge itself. The paths are those of the manifest.

mod events;
mod goodbye;
mod lifecycle;
mod tick;

use actix_web::web::{self, ServiceConfig};
use postroom_atlassian::forge::routes;

pub(crate) fn configure(cfg: &mut ServiceConfig) {
    cfg.route(routes::EVENTS, web::post().to(events::events))
        .route(routes::TICK, web::post().to(tick::tick))
        .route(routes::LIFECYCLE, web::post().to(lifecycle::lifecycle))
        .route(routes::GOODBYE, web::post().to(goodbye::goodbye));
}
