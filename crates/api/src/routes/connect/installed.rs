//! `POST /connect/installed`

use actix_web::{HttpResponse, post, web::Data};
use postroom_registry::tenant::Installation;

use crate::{Api, Problem, doors::Installed};

/// A site installed the app, or has a new secret or address.
#[post("/installed")]
pub(crate) async fn installed(call: Installed, api: Data<Api>) -> Result<HttpResponse, Problem> {
    let call = call.0;
    api.registry
        .install(&Installation {
            client_key: call.client_key,
            cloud_id: call.payload.cloud_id,
            site_url: call.base_url.to_string(),
            display_url: Some(call.display_url.to_string()),
            shared_secret: call.shared_secret,
        })
        .await?;
    Ok(HttpResponse::NoContent().finish())
}
