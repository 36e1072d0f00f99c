//! `DELETE /messages/{id}`: into Deleted Items, and from there for good.

use actix_web::HttpResponse;

use super::{
    caller::{Caller, Right},
    error::GraphError,
};

pub(super) async fn message(caller: Caller) -> Result<HttpResponse, GraphError> {
    caller.may(Right::Write)?;
    let now = caller.world.clock.now();
    let mut cloud = caller.world.cloud();
    let mailbox = cloud
        .mailbox_mut(&caller.mailbox)
        .ok_or_else(GraphError::no_mailbox)?;
    let mail = mailbox.find(&caller.part("message"))?;
    let (key, folder) = (mail.key(), mail.folder());
    match mailbox
        .folder_key("deleteditems")
        .filter(|deleted| *deleted != folder)
    {
        Some(deleted) => mailbox.relocate(key, deleted, now),
        None => mailbox.remove(key),
    }
    Ok(HttpResponse::NoContent().finish())
}
