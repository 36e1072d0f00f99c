//! Drafts: `POST /messages` ("Create message"), JSON or MIME, and `POST /messages/{id}/send` ("message: send").

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
use crate::microsoft::mailbox::{Outgoing, completed, post_and_keep};

pub(super) async fn create(caller: Caller, body: Bytes) -> Result<HttpResponse, GraphError> {
    caller.may(Right::Write)?;
    send::small(&body)?;
    let now = caller.world.clock.now();
    let raw = match send::content_type(&caller.request).as_str() {
        "text/plain" => send::mime(&body)?,
        _ => written(&caller, &body)?,
    };
    let mut cloud = caller.world.cloud();
    let mailbox = cloud
        .mailbox_mut(&caller.mailbox)
        .ok_or_else(GraphError::no_mailbox)?;
    let key = mailbox
        .put_draft(raw.into(), now)
        .ok_or_else(GraphError::item_not_found)?;
    let mail = mailbox.mail(key).ok_or_else(GraphError::item_not_found)?;
    let mut shown = View::new(&caller, mailbox).message(mail, &Select::default());
    let context = format!(
        "{}/v1.0/$metadata#users('{}')/messages/$entity",
        caller.base, caller.mailbox
    );
    shown.insert("@odata.context".into(), json!(context));
    Ok(HttpResponse::build(StatusCode::CREATED).json(shown))
}

fn written(caller: &Caller, body: &[u8]) -> Result<Vec<u8>, GraphError> {
    let given: Value = serde_json::from_slice(body)
        .map_err(|_| GraphError::bad_request("Unable to read JSON request payload."))?;
    let message = json!({ "message": given }).to_string();
    let now = caller.world.clock.now();
    Ok(send::json::message(caller, message.as_bytes(), now)?.0)
}

/// The draft goes out and is in Sent Items from then on, under the same immutable id.
pub(super) async fn submit(caller: Caller) -> Result<HttpResponse, GraphError> {
    caller.may(Right::Send)?;
    let (key, raw) = {
        let mut cloud = caller.world.cloud();
        let mailbox = cloud
            .mailbox_mut(&caller.mailbox)
            .ok_or_else(GraphError::no_mailbox)?;
        let mail = mailbox.find(&caller.part("message"))?;
        if !mail.is_draft {
            let text = "The message was sent already, or it is no draft.";
            return Err(GraphError::new(
                StatusCode::BAD_REQUEST,
                "ErrorInvalidRequest",
                text,
            ));
        }
        (mail.key(), mail.raw.to_vec())
    };
    send::may_go(&caller, &raw)?;
    let (at, id) = (caller.world.clock.now(), caller.world.clock.new_id());
    let mut cloud = caller.world.cloud();
    let another_id = cloud.sending.rewrite_message_id;
    let raw = completed(raw, &caller.mailbox, at, id, another_id);
    cloud.sending.rewrite_message_id = false;
    let outgoing = Outgoing {
        mailbox: caller.mailbox.clone(),
        raw: raw.clone(),
        save_copy: false,
        at,
        id,
    };
    post_and_keep(&mut cloud, outgoing, None);
    cloud.sending.rewrite_message_id = another_id;
    let mailbox = cloud
        .mailbox_mut(&caller.mailbox)
        .ok_or_else(GraphError::no_mailbox)?;
    mailbox.dispatch(key, raw.into(), at);
    Ok(HttpResponse::Accepted().finish())
}
