use actix_web::{HttpResponse, post, web};
use postroom_registry::tenant;

use crate::{Api, Problem, doors::Toggled};

/// A site switched the app on.
#[post("/enabled")]
pub(crate) async fn enabled(api: web::Data<Api>, call: Toggled) -> Result<HttpResponse, Problem> {
    let tx = api.registry.begin(call.tenant).await?;
    tenant::set_enabled(&tx, true).await?;
    tx.commit().await?;
    api.forget(call.tenant).await;
    // Who we are on the site: needed to know our own comments, and asked again when one comes.
    api.learn_app_account_soon(call.tenant).await;
    Ok(HttpResponse::NoContent().finish())
}
