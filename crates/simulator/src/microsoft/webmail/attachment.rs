//! Downloading an attachment.

use actix_web::{
    HttpResponse,
    http::header::{ContentDisposition, DispositionParam, DispositionType},
    web,
};
use bytes::Bytes;

use super::missing;
use crate::{
    microsoft::{
        graph::{attachment_bytes, attachment_name, media_type},
        mailbox::Mail,
    },
    world::World,
};

pub(super) async fn download(
    world: web::Data<World>,
    path: web::Path<(String, String, u32)>,
) -> HttpResponse {
    let (address, id, index) = path.into_inner();
    let mut cloud = world.cloud();
    let mail = cloud
        .mailbox_mut(&address)
        .and_then(|mailbox| mailbox.find(&id).ok());
    let Some(message) = mail.and_then(Mail::parsed) else {
        return missing("message");
    };
    let Some(part) = message.attachment(index) else {
        return missing("attachment");
    };
    // Never shown in place: a mail may carry anything.
    let disposition = ContentDisposition {
        disposition: DispositionType::Attachment,
        parameters: vec![DispositionParam::Filename(attachment_name(part, index))],
    };
    HttpResponse::Ok()
        .content_type(media_type(part))
        .insert_header(disposition)
        .insert_header(("x-content-type-options", "nosniff"))
        .body(Bytes::copy_from_slice(attachment_bytes(part)))
}
