//! `DELETE /subscriptions/{id}`.

use actix_web::HttpResponse;

use super::{Caller, GraphError, held};

pub(super) async fn subscription(caller: Caller) -> Result<HttpResponse, GraphError> {
    let mut cloud = caller.world.cloud();
    let id = held(&caller, &cloud.subscriptions)?.id;
    cloud.subscriptions.all.remove(&id);
    Ok(HttpResponse::NoContent().finish())
}
