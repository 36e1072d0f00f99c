//! `GET /messages/{id}` and its `$value`.

use actix_web::{HttpResponse, http::StatusCode};
use serde_json::json;

use super::{
    caller::{Caller, Right},
    error::GraphError,
    message::View,
    select::Select,
};

pub(super) async fn message(caller: Caller) -> Result<HttpResponse, GraphError> {
    caller.may(Right::Read)?;
    let select = Select::read(&caller.query())?;
    let mut cloud = caller.world.cloud();
    let mailbox = cloud
        .mailbox_mut(&caller.mailbox)
        .ok_or_else(GraphError::no_mailbox)?;
    let mail = mailbox.find(&caller.part("message"))?;
    let mut shown = View::new(&caller, mailbox).message(mail, &select);
    let context = format!(
        "{}/v1.0/$metadata#users('{}')/messages/$entity",
        caller.base, caller.mailbox
    );
    shown.insert("@odata.context".into(), json!(context));
    Ok(HttpResponse::Ok().json(shown))
}

/// The message as it came in, byte for byte.
pub(super) async fn raw(caller: Caller) -> Result<HttpResponse, GraphError> {
    caller.may(Right::Read)?;
    let mut cloud = caller.world.cloud();
    let limit = cloud.graph.value_limit.unwrap_or(usize::MAX);
    let mailbox = cloud
        .mailbox_mut(&caller.mailbox)
        .ok_or_else(GraphError::no_mailbox)?;
    let mail = mailbox.find(&caller.part("message"))?;
    if mail.raw.len() > limit {
        let late = GraphError::new(StatusCode::GATEWAY_TIMEOUT, "UnknownError", "");
        return Err(late);
    }
    Ok(HttpResponse::Ok()
        .content_type("text/plain")
        .body(mail.raw.clone()))
}
