//! Forgetting the state of delta queries, as Outlook's cache does.

use actix_web::{HttpResponse, web};

use crate::{control::ControlError, world::World};

/// Every delta link of the mailbox answers 410 from now on.
pub(super) async fn expire(
    world: web::Data<World>,
    address: web::Path<String>,
) -> Result<HttpResponse, ControlError> {
    let mut cloud = world.cloud();
    let mailbox = cloud.mailbox_mut(&address);
    let mailbox = mailbox
        .ok_or_else(|| ControlError::NotFound(format!("there is no mailbox {address:?} here")))?;
    mailbox.generation += 1;
    Ok(HttpResponse::NoContent().finish())
}
