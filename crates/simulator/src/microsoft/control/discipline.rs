//! Whether callers kept within the limits.

use actix_web::{HttpResponse, web};
use serde_json::json;

use crate::{microsoft::discipline::Watch, world::World};

pub(super) async fn show(world: web::Data<World>) -> HttpResponse {
    let cloud = world.cloud();
    HttpResponse::Ok().json(json!({
        "max_parallel_by_mailbox": cloud.watch.most,
        "requests_before_retry_after": cloud.watch.early,
        "max_sent_in_a_minute_by_mailbox": cloud.sending.most_in_a_minute(),
    }))
}

pub(super) async fn clear(world: web::Data<World>) -> HttpResponse {
    let mut cloud = world.cloud();
    cloud.watch = Watch::default();
    cloud.sending.times.clear();
    HttpResponse::NoContent().finish()
}
