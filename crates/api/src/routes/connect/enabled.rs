use actix_web::{HttpResponse, post, web};
use postroom_registry::tenant::{self, TenantState};

use crate::{Api, Problem, doors::Toggled};

/// A site switched the app on.
#[post("/enabled")]
pub(crate) async fn enabled(api: web::Data<Api>, call: Toggled) -> Result<HttpResponse, Problem> {
    let tx = api.registry.begin(call.tenant).await?;
    tenant::set_state(&tx, TenantState::Installed).await?;
    tx.commit().await?;
    // Who we are on the site: needed to know our own comments, and asked again when one comes.
    if let Err(problem) = api.learn_app_account(call.tenant).await {
        tracing::warn!(cause = %problem, "Jira did not say which account the app has");
    }
    Ok(HttpResponse::NoContent().finish())
}
