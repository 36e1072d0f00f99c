//! `GET /messages/{id}/attachments` and what is below it.

use actix_web::{HttpResponse, http::StatusCode};
use bytes::Bytes;
use serde_json::json;

use super::{
    attachment,
    caller::{Caller, Right},
    error::GraphError,
};
use crate::microsoft::mailbox::{Mail, Mailbox};

pub(super) async fn list(caller: Caller) -> Result<HttpResponse, GraphError> {
    with(&caller, |mailbox, mail| {
        Ok(HttpResponse::Ok().json(json!({
            "@odata.context": format!("{}/v1.0/$metadata#attachments", caller.base),
            "value": attachment::all(mailbox, mail),
        })))
    })
}

pub(super) async fn show(caller: Caller) -> Result<HttpResponse, GraphError> {
    with(&caller, |mailbox, mail| {
        let index = mailbox.attachment_index(mail, &caller.part("attachment"))?;
        let message = mail.parsed().ok_or_else(GraphError::item_not_found)?;
        let part = message
            .attachment(index)
            .ok_or_else(GraphError::item_not_found)?;
        Ok(HttpResponse::Ok().json(attachment::show(mailbox, mail, part, index, true)))
    })
}

/// The bytes of an attachment; of an attached message, its MIME.
pub(super) async fn raw(caller: Caller) -> Result<HttpResponse, GraphError> {
    with(&caller, |mailbox, mail| {
        let index = mailbox.attachment_index(mail, &caller.part("attachment"))?;
        let message = mail.parsed().ok_or_else(GraphError::item_not_found)?;
        let part = message
            .attachment(index)
            .ok_or_else(GraphError::item_not_found)?;
        let content = Bytes::copy_from_slice(attachment::bytes(part));
        Ok(HttpResponse::build(StatusCode::OK)
            .content_type(attachment::media_type(part))
            .body(content))
    })
}

fn with(
    caller: &Caller,
    answer: impl FnOnce(&Mailbox, &Mail) -> Result<HttpResponse, GraphError>,
) -> Result<HttpResponse, GraphError> {
    caller.may(Right::Read)?;
    let mut cloud = caller.world.cloud();
    let mailbox = cloud
        .mailbox_mut(&caller.mailbox)
        .ok_or_else(GraphError::no_mailbox)?;
    let mail = mailbox.find(&caller.part("message"))?;
    answer(mailbox, mail)
}
