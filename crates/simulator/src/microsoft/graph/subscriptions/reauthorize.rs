//! `POST /subscriptions/{id}/reauthorize`.

use actix_web::HttpResponse;

use super::{Caller, GraphError, held, renew};

pub(super) async fn subscription(caller: Caller) -> Result<HttpResponse, GraphError> {
    let mut cloud = caller.world.cloud();
    let id = held(&caller, &cloud.subscriptions)?.id;
    renew::authorize(&mut cloud, &caller, id);
    Ok(HttpResponse::NoContent().finish())
}
