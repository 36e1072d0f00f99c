//! The body of a message as HTML or text.

use super::{item_shape::BodyType, write::plain};
use crate::microsoft::{graph::has_html, mailbox::Mail};

pub(super) fn write(tag: &str, mail: &Mail, wanted: BodyType) -> String {
    let message = mail.parsed();
    let (kind, content) = match &message {
        None => ("Text", String::new()),
        Some(message) => {
            let html = match wanted {
                BodyType::Text => false,
                BodyType::Html => true,
                BodyType::Best => has_html(message),
            };
            let content = match html {
                true => message.body_html(0),
                false => message.body_text(0),
            };
            let kind = if html { "HTML" } else { "Text" };
            (kind, content.unwrap_or_default().into_owned())
        }
    };
    format!("<{tag} BodyType=\"{kind}\">{}</{tag}>", plain(&content))
}
