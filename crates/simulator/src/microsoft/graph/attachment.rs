//! One attachment (resource types fileAttachment and itemAttachment).

use base64::{Engine as _, engine::general_purpose::STANDARD};
use mail_parser::{MessagePart, MimeHeaders as _, PartType};
use serde_json::{Value, json};

use super::message::time;
use crate::microsoft::mailbox::{Mail, Mailbox, is_inline};

/// Lists leave out the content of larger ones: fetch its `$value`.
const IN_LISTS: usize = 3 * 1024 * 1024;

/// All attachments of a mail, as a list shows them.
pub(super) fn all(mailbox: &Mailbox, mail: &Mail) -> Vec<Value> {
    let Some(message) = mail.parsed() else {
        return Vec::new();
    };
    let parts = message.attachments().zip(0..);
    parts
        .map(|(part, index)| {
            show(
                mailbox,
                mail,
                part,
                index,
                part.contents().len() <= IN_LISTS,
            )
        })
        .collect()
}

pub(super) fn show(
    mailbox: &Mailbox,
    mail: &Mail,
    part: &MessagePart<'_>,
    index: u32,
    content: bool,
) -> Value {
    let item = matches!(part.body, PartType::Message(_));
    let mut shown = json!({
        "@odata.type": if item { "#microsoft.graph.itemAttachment" } else { "#microsoft.graph.fileAttachment" },
        "id": mailbox.attachment_id(mail, index),
        "lastModifiedDateTime": time(mail.modified),
        "name": name(part, index),
        "contentType": if item { Value::Null } else { json!(media_type(part)) },
        "size": bytes(part).len(),
        "isInline": is_inline(part),
    });
    if !item {
        shown["@odata.mediaContentType"] = json!(media_type(part));
        shown["contentId"] = json!(part.content_id());
        shown["contentLocation"] = json!(part.content_location());
        if content {
            shown["contentBytes"] = json!(STANDARD.encode(bytes(part)));
        }
    }
    shown
}

/// The content: decoded, and for an attached message its own bytes.
pub(in crate::microsoft) fn bytes<'a>(part: &'a MessagePart<'_>) -> &'a [u8] {
    match &part.body {
        PartType::Message(message) => message.raw_message(),
        _ => part.contents(),
    }
}

pub(in crate::microsoft) fn media_type(part: &MessagePart<'_>) -> String {
    if matches!(part.body, PartType::Message(_)) {
        return "message/rfc822".into();
    }
    match part.content_type() {
        Some(kind) => format!(
            "{}/{}",
            kind.ctype(),
            kind.subtype().unwrap_or("octet-stream")
        ),
        None => "application/octet-stream".into(),
    }
}

pub(in crate::microsoft) fn name(part: &MessagePart<'_>, index: u32) -> String {
    if let Some(name) = part.attachment_name() {
        return name.to_owned();
    }
    match &part.body {
        PartType::Message(message) => message.subject().unwrap_or("Untitled").to_owned(),
        _ => format!("attachment-{}", index + 1),
    }
}
