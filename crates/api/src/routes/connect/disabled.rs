use actix_web::{HttpResponse, post, web};
use postroom_registry::tenant::{self, TenantState};

use crate::{Api, Problem, doors::Toggled};

/// A site switched the app off: nothing is done for it until it is switched on again, and nothing is lost.
#[post("/disabled")]
pub(crate) async fn disabled(api: web::Data<Api>, call: Toggled) -> Result<HttpResponse, Problem> {
    let tx = api.registry.begin(call.tenant).await?;
    tenant::set_state(&tx, TenantState::Disabled).await?;
    tx.commit().await?;
    Ok(HttpResponse::NoContent().finish())
}
