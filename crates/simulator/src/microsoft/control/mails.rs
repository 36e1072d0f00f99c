//! Mails in a mailbox: dropping one in, and looking.

use actix_web::{HttpResponse, web};
use bytes::Bytes;
use chrono::{DateTime, Utc};
use serde::Deserialize;
use serde_json::{Value, json};

use crate::{
    control::ControlError,
    microsoft::mailbox::{Mail, Mailbox},
    world::World,
};

#[derive(Debug, Deserialize)]
pub(super) struct Where {
    folder: Option<String>,
    /// When it says that it came; without it, now.
    received: Option<DateTime<Utc>>,
}

fn no_mailbox(address: &str) -> ControlError {
    ControlError::NotFound(format!("there is no mailbox {address:?} here"))
}

fn no_folder(name: &str) -> ControlError {
    ControlError::NotFound(format!("there is no folder {name:?} in this mailbox"))
}

/// Drops a message into a folder, whatever the bytes are. Ids are immutable ones.
pub(super) async fn put(
    world: web::Data<World>,
    address: web::Path<String>,
    place: web::Query<Where>,
    body: Bytes,
) -> Result<HttpResponse, ControlError> {
    let name = place.folder.as_deref().unwrap_or("inbox");
    let mut cloud = world.cloud();
    let mailbox = cloud
        .mailbox_mut(&address)
        .ok_or_else(|| no_mailbox(&address))?;
    let folder = mailbox.folder_key(name).ok_or_else(|| no_folder(name))?;
    let key = mailbox.put(folder, body, world.clock.now(), false);
    if let Some(received) = place.received {
        mailbox.backdate(key, received);
    }
    let id = mailbox.immutable_id(key);
    let internet_message_id = mailbox
        .mail(key)
        .map(|mail| mail.summary.internet_message_id.clone());
    Ok(HttpResponse::Created()
        .json(json!({ "id": id, "internet_message_id": internet_message_id })))
}

/// All mails, newest first, or those of one folder.
pub(super) async fn list(
    world: web::Data<World>,
    address: web::Path<String>,
    place: web::Query<Where>,
) -> Result<HttpResponse, ControlError> {
    let mut cloud = world.cloud();
    let mailbox = cloud
        .mailbox_mut(&address)
        .ok_or_else(|| no_mailbox(&address))?;
    let folder = match &place.folder {
        Some(name) => Some(mailbox.folder_key(name).ok_or_else(|| no_folder(name))?),
        None => None,
    };
    let mails: Vec<_> = mailbox
        .mails(folder)
        .into_iter()
        .map(|mail| row(mailbox, mail))
        .collect();
    Ok(HttpResponse::Ok().json(mails))
}

fn row(mailbox: &Mailbox, mail: &Mail) -> Value {
    let folder = mailbox.folder(mail.folder());
    let summary = &mail.summary;
    let to: Vec<_> = summary.to.iter().map(|person| &person.address).collect();
    json!({
        "id": mailbox.immutable_id(mail.key()),
        "folder": folder.well_known.unwrap_or(&folder.name),
        "subject": summary.subject,
        "from": summary.from.as_ref().map(|person| &person.address),
        "to": to,
        "internet_message_id": summary.internet_message_id,
        "is_read": mail.is_read,
        "categories": mail.categories,
        "received_at": mail.received,
    })
}

pub(super) async fn raw(
    world: web::Data<World>,
    path: web::Path<(String, String)>,
) -> Result<HttpResponse, ControlError> {
    let (address, id) = path.into_inner();
    let mut cloud = world.cloud();
    let mailbox = cloud
        .mailbox_mut(&address)
        .ok_or_else(|| no_mailbox(&address))?;
    let missing = |_| ControlError::NotFound("there is no mail with this id".into());
    let mail = mailbox.find(&id).map_err(missing)?;
    Ok(HttpResponse::Ok()
        .content_type("message/rfc822")
        .body(mail.raw.clone()))
}
