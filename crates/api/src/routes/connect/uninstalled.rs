use actix_web::{HttpResponse, post, web};
use postroom_registry::tenant::{self, Door};

use crate::{Api, Problem, doors::Uninstalled};

/// A site removed the app: its secret is forgotten, its data kept until the end of retention. A site that moved to
/// Forge goes on there.
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
        let row = tenant::this(&tx).await?;
        // Calls come in any order: this one may be of before the present installation.
        let overtaken = row.secret_issued_at.is_some_and(|at| at > call.issued_at);
        let current = row.client_key.as_deref() == Some(&call.client_key);
        if current && !overtaken {
            tenant::close(&tx, Door::Connect).await?;
            tracing::info!(%tenant, "a site removed the app");
        }
        tx.commit().await?;
        api.forget(tenant).await;
    }
    Ok(HttpResponse::NoContent().finish())
}
