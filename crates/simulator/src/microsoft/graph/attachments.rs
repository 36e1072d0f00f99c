//! `/messages/{id}/attachments` and what is below it.

use actix_web::{HttpResponse, http::StatusCode};
use base64::{Engine as _, engine::general_purpose::STANDARD};
use bytes::Bytes;
use serde_json::{Value, json};

use super::{
    attachment,
    caller::{Caller, Right},
    error::GraphError,
};
use crate::microsoft::{
    cloud::Cloud,
    mailbox::{Mail, MailKey, Mailbox, NewFile, with_file},
};

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

/// A file for a draft, small enough for one request ("Add attachment").
pub(super) async fn add(caller: Caller, body: Bytes) -> Result<HttpResponse, GraphError> {
    caller.may(Right::Write)?;
    super::send::small(&body)?;
    let given: Value = serde_json::from_slice(&body)
        .map_err(|_| GraphError::bad_request("Unable to read JSON request payload."))?;
    let file = read(&given)?;
    let mut cloud = caller.world.cloud();
    let key = draft(&mut cloud, &caller)?;
    let boundary = caller.world.clock.new_id().simple().to_string();
    let shown = attach(&mut cloud, &caller, key, &file, &boundary)?;
    Ok(HttpResponse::Created().json(shown))
}

fn read(given: &Value) -> Result<NewFile, GraphError> {
    let text = |name: &str| given.get(name).and_then(Value::as_str);
    if text("@odata.type") != Some("#microsoft.graph.fileAttachment") {
        return Err(GraphError::bad_request(
            "Only attachments of type '#microsoft.graph.fileAttachment' can be added here.",
        ));
    }
    let needed = |name: &str| {
        let missing = || GraphError::bad_request(format!("The property '{name}' is required."));
        text(name).ok_or_else(missing)
    };
    let bytes = STANDARD
        .decode(needed("contentBytes")?)
        .map_err(|_| GraphError::bad_request("The property 'contentBytes' is not base64."))?;
    let inline = given.get("isInline").and_then(Value::as_bool) == Some(true);
    Ok(NewFile {
        name: needed("name")?.to_owned(),
        media_type: text("contentType")
            .unwrap_or("application/octet-stream")
            .to_owned(),
        content_id: text("contentId").filter(|_| inline).map(str::to_owned),
        bytes,
    })
}

/// The draft in the path.
pub(super) fn draft(cloud: &mut Cloud, caller: &Caller) -> Result<MailKey, GraphError> {
    let mailbox = cloud
        .mailbox_mut(&caller.mailbox)
        .ok_or_else(GraphError::no_mailbox)?;
    let mail = mailbox.find(&caller.part("message"))?;
    match mail.is_draft {
        true => Ok(mail.key()),
        false => {
            let text = "Attachments can be added to drafts alone.";
            Err(GraphError::new(
                StatusCode::BAD_REQUEST,
                "ErrorInvalidRequest",
                text,
            ))
        }
    }
}

fn attach(
    cloud: &mut Cloud,
    caller: &Caller,
    key: MailKey,
    file: &NewFile,
    boundary: &str,
) -> Result<Value, GraphError> {
    let now = caller.world.clock.now();
    let mailbox = cloud
        .mailbox_mut(&caller.mailbox)
        .ok_or_else(GraphError::no_mailbox)?;
    let mail = mailbox.mail(key).ok_or_else(GraphError::item_not_found)?;
    let raw = with_file(&mail.raw, file, boundary);
    mailbox.rewrite(key, raw.into(), now);
    let mail = mailbox.mail(key).ok_or_else(GraphError::item_not_found)?;
    let all = attachment::all(mailbox, mail);
    all.into_iter()
        .last()
        .ok_or_else(GraphError::item_not_found)
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
