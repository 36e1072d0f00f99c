//! Attachments ("FileAttachment", "ItemAttachment").

use base64::{Engine as _, engine::general_purpose::STANDARD};
use mail_parser::{MessagePart, MimeHeaders as _, PartType};

use super::{
    item::flag,
    write::{around, element, ews_id, time},
};
use crate::microsoft::{
    graph::{attachment_bytes, attachment_name, media_type},
    mailbox::{Mail, Mailbox, is_inline},
};

/// All of a mail, without content; nothing when there is none.
pub(super) fn list(mailbox: &Mailbox, mail: &Mail) -> Option<String> {
    let message = mail.parsed()?;
    let parts = message.attachments().zip(0..);
    let inner: String = parts
        .map(|(part, index)| write(mailbox, mail, part, index, false))
        .collect();
    (!inner.is_empty()).then(|| around("t:Attachments", &inner))
}

pub(super) fn write(
    mailbox: &Mailbox,
    mail: &Mail,
    part: &MessagePart<'_>,
    index: u32,
    content: bool,
) -> String {
    let is_item = matches!(part.body, PartType::Message(_));
    let id = ews_id(&mailbox.attachment_id(mail, index));
    let mut inner = format!("<t:AttachmentId Id=\"{id}\"/>");
    inner += &element("t:Name", attachment_name(part, index));
    inner += &element("t:ContentType", media_type(part));
    if let Some(content_id) = part.content_id() {
        inner += &element("t:ContentId", content_id);
    }
    if let Some(location) = part.content_location() {
        inner += &element("t:ContentLocation", location);
    }
    inner += &element("t:Size", attachment_bytes(part).len());
    inner += &element("t:LastModifiedTime", time(mail.modified));
    inner += &element("t:IsInline", flag(is_inline(part)));
    if !content {
        return around(tag(is_item), &inner);
    }
    let bytes = STANDARD.encode(attachment_bytes(part));
    inner += &match is_item {
        true => format!(
            "<t:Message><t:MimeContent CharacterSet=\"UTF-8\">{bytes}</t:MimeContent><t:ItemClass>IPM.Note</t:ItemClass></t:Message>"
        ),
        false => element("t:Content", bytes),
    };
    around(tag(is_item), &inner)
}

fn tag(is_item: bool) -> &'static str {
    if is_item {
        "t:ItemAttachment"
    } else {
        "t:FileAttachment"
    }
}
