//! Who may open whose mailbox.

use actix_web::{HttpResponse, web};

use crate::{control::ControlError, microsoft::directory::Delegation, world::World};

/// Adds or replaces the delegation of this pair.
pub(super) async fn put(
    world: web::Data<World>,
    delegation: web::Json<Delegation>,
) -> Result<HttpResponse, ControlError> {
    let delegation = delegation.into_inner();
    let mut cloud = world.cloud();
    for address in [&delegation.mailbox, &delegation.delegate] {
        if cloud.user(address).is_none() {
            return Err(ControlError::NotFound(format!(
                "there is no user {address:?} here"
            )));
        }
    }
    let other = |held: &Delegation| {
        held.mailbox != delegation.mailbox || held.delegate != delegation.delegate
    };
    cloud.delegations.retain(other);
    cloud.delegations.push(delegation);
    Ok(HttpResponse::NoContent().finish())
}

pub(super) async fn clear(world: web::Data<World>) -> HttpResponse {
    world.cloud().delegations.clear();
    HttpResponse::NoContent().finish()
}
