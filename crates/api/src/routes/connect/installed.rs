//! `POST /connect/installed`

use actix_web::{HttpResponse, post, web::Data};
use postroom_registry::{RegistryError, tenant::Installation};

use crate::{Api, Problem, doors::Installed};

/// A site installed the app, or has a new secret or address. What an administrator sees of it is in the audit trail.
#[post("/installed")]
pub(crate) async fn installed(call: Installed, api: Data<Api>) -> Result<HttpResponse, Problem> {
    let call = call.0;
    let installation = Installation {
        client_key: call.client_key,
        cloud_id: call.payload.cloud_id,
        site_url: call.base_url.to_string(),
        display_url: Some(call.display_url.to_string()),
        shared_secret: call.shared_secret,
        issued_at: call.issued_at,
    };
    let installed = match api.registry.install(&installation).await {
        Err(error @ RegistryError::Stale) => {
            return Err(Problem::unauthorized("an install of before came again").because(error));
        }
        other => other?,
    };
    api.forget(installed.tenant).await;
    tracing::info!(tenant = %installed.tenant, new = installed.is_new(), "a site installed the app");
    Ok(HttpResponse::NoContent().finish())
}
