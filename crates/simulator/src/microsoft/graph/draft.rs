//! `POST /messages` ("Create message"): a draft in Drafts.

use actix_web::{HttpResponse, http::StatusCode};
use bytes::Bytes;
use serde_json::{Value, json};

use super::{
    caller::{Caller, Right},
    error::GraphError,
    message::View,
    select::Select,
    send,
};

pub(super) async fn create(caller: Caller, body: Bytes) -> Result<HttpResponse, GraphError> {
    caller.may(Right::Write)?;
    let given: Value = serde_json::from_slice(&body)
        .map_err(|_| GraphError::bad_request("Unable to read JSON request payload."))?;
    let now = caller.world.clock.now();
    let (raw, _) = send::json::message(
        &caller,
        json!({ "message": given }).to_string().as_bytes(),
        now,
    )?;
    let mut cloud = caller.world.cloud();
    let mailbox = cloud
        .mailbox_mut(&caller.mailbox)
        .ok_or_else(GraphError::no_mailbox)?;
    let drafts = mailbox
        .folder_key("drafts")
        .ok_or_else(GraphError::item_not_found)?;
    let key = mailbox.put(drafts, raw.into(), now, true);
    let mail = mailbox.mail(key).ok_or_else(GraphError::item_not_found)?;
    let mut shown = View::new(&caller, mailbox).message(mail, &Select::default());
    shown.insert("isDraft".into(), json!(true));
    Ok(HttpResponse::build(StatusCode::CREATED).json(shown))
}
