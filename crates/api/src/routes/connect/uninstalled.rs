use actix_web::{HttpResponse, post, web};
use postroom_registry::tenant::{self, TenantState};

use crate::{Api, Problem, doors::Uninstalled};

/// A site removed the app: its secret is forgotten, its data kept until the end of retention.
#[post("/uninstalled")]
pub(crate) async fn uninstalled(
    api: web::Data<Api>,
    call: Uninstalled,
) -> Result<HttpResponse, Problem> {
    // A site that we never knew is gone already.
    if let Some(tenant) = api
        .registry
        .tenant_by_client_key(&call.0.client_key)
        .await?
    {
        let tx = api.registry.begin(tenant).await?;
        tenant::set_state(&tx, TenantState::Uninstalled).await?;
        tx.commit().await?;
        tracing::info!(%tenant, "a site removed the app");
    }
    Ok(HttpResponse::NoContent().finish())
}
