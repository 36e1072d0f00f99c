use actix_web::{HttpResponse, post, web};
use postroom_registry::tenant;

use crate::{Api, Problem, doors::Toggled};

/// A site switched the app off: nothing is done for it until it is switched on again, and nothing is lost.
#[post("/disabled")]
pub(crate) async fn disabled(api: web::Data<Api>, call: Toggled) -> Result<HttpResponse, Problem> {
    let tx = api.registry.begin(call.tenant).await?;
    tenant::set_enabled(&tx, false).await?;
    tx.commit().await?;
    api.forget(call.tenant).await;
    Ok(HttpResponse::NoContent().finish())
}
