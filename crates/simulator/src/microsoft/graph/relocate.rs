//! `POST /messages/{id}/move`.

use actix_web::HttpResponse;
use bytes::Bytes;
use serde_json::{Value, json};

use super::{
    caller::{Caller, Right},
    error::GraphError,
    message::View,
    select::Select,
};

pub(super) async fn message(caller: Caller, body: Bytes) -> Result<HttpResponse, GraphError> {
    caller.may(Right::Write)?;
    let destination = destination(&body)?;
    let now = caller.world.clock.now();
    let mut cloud = caller.world.cloud();
    let mailbox = cloud
        .mailbox_mut(&caller.mailbox)
        .ok_or_else(GraphError::no_mailbox)?;
    let key = mailbox.find(&caller.part("message"))?.key();
    let folder = mailbox
        .folder_key(&destination)
        .ok_or_else(GraphError::item_not_found)?;
    mailbox.relocate(key, folder, now);
    let mail = mailbox.mail(key).ok_or_else(GraphError::item_not_found)?;
    let mut shown = View::new(&caller, mailbox).message(mail, &Select::default());
    let context = format!(
        "{}/v1.0/$metadata#users('{}')/messages/$entity",
        caller.base, caller.mailbox
    );
    shown.insert("@odata.context".into(), json!(context));
    Ok(HttpResponse::Created().json(shown))
}

/// Documentation writes `destinationId`, the metadata `DestinationId`; clients send either.
fn destination(body: &[u8]) -> Result<String, GraphError> {
    let given: Value = serde_json::from_slice(body)
        .map_err(|_| GraphError::bad_request("Unable to read JSON request payload."))?;
    let id = given
        .get("destinationId")
        .or_else(|| given.get("DestinationId"))
        .and_then(Value::as_str);
    let id = id.filter(|id| !id.is_empty()).map(str::to_owned);
    id.ok_or_else(|| GraphError::bad_request("The parameter 'destinationId' is missing or empty."))
}
