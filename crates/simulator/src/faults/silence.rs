//! Taking a request and answering nothing useful.

use std::time::Duration;

use actix_web::{HttpRequest, HttpResponse};
use serde_json::json;

use super::{Fault, drop, rule::Silent};
use crate::world::World;

/// How often somebody who waits looks whether the fault still stands.
const LOOK: Duration = Duration::from_millis(50);

pub(super) async fn answer(
    world: &World,
    silent: Silent,
    fault: &Fault,
    request: &HttpRequest,
) -> HttpResponse {
    match silent {
        Silent::Empty => HttpResponse::Ok().finish(),
        Silent::Hang => {
            let clears = world.faults.clears();
            while world.faults.clears() == clears && !fault.is_over(world.clock.now()) {
                tokio::time::sleep(LOOK).await;
            }
            drop::socket()
        }
        Silent::EmptyPages => {
            let at = request.connection_info();
            let here = format!("{}://{}{}", at.scheme(), at.host(), request.uri());
            HttpResponse::Ok().json(json!({ "value": [], "@odata.nextLink": here }))
        }
    }
}
