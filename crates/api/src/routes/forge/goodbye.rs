use actix_web::{HttpResponse, web};
use postroom_registry::tenant::{self, Door};

use crate::{Api, Problem, doors::ForgeGoodbye};

/// The app is about to be removed: its token is forgotten, its data kept until the end of retention.
pub(crate) async fn goodbye(
    api: web::Data<Api>,
    told: ForgeGoodbye,
) -> Result<HttpResponse, Problem> {
    // An installation that we never knew is gone already.
    if let Some(tenant) = told.tenant {
        let tx = api.registry.begin(tenant).await?;
        tenant::close(&tx, Door::Forge).await?;
        tx.commit().await?;
        api.forget(tenant).await;
        tracing::info!(%tenant, "a site removed the app");
    }
    Ok(HttpResponse::NoContent().finish())
}
