use actix_web::{HttpResponse, post, web};
use postroom_registry::tenant;

use crate::{Api, Problem, doors::Uninstalled};

/// A site removed the app: its secret is forgotten, its data kept until the end of retention. A site that moved to
/// Forge goes on there. A call from before the present installation changes nothing.
#[post("/uninstalled")]
pub(crate) async fn uninstalled(
    api: web::Data<Api>,
    call: Uninstalled,
) -> Result<HttpResponse, Problem> {
    let call = call.0;
    // A site that we never knew is gone already.
    let known = api.registry.tenant_by_client_key(&call.client_key).await?;
    if let Some(tenant) = known {
        let tx = api.registry.begin(tenant).await?;
        let closed = tenant::uninstalled(&tx, &call.client_key, call.issued_at).await?;
        tx.commit().await?;
        if closed {
            tracing::info!(%tenant, "a site removed the app");
        }
        api.forget(tenant).await;
    }
    Ok(HttpResponse::NoContent().finish())
}
