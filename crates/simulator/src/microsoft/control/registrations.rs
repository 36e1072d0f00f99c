//! App registrations.

use actix_web::{HttpResponse, web};

use crate::{control::ControlError, microsoft::directory::Registration, world::World};

/// Adds or replaces one.
pub(super) async fn put(
    world: web::Data<World>,
    registration: web::Json<Registration>,
) -> Result<HttpResponse, ControlError> {
    let registration = registration.into_inner();
    for uri in &registration.redirect_uris {
        if let Err(error) = url::Url::parse(uri) {
            return Err(ControlError::Invalid(format!(
                "the redirect URI {uri:?} is no URL: {error}"
            )));
        }
    }
    world
        .cloud()
        .registrations
        .insert(registration.client_id.clone(), registration);
    Ok(HttpResponse::NoContent().finish())
}
