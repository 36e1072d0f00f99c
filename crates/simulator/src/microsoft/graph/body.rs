//! The body and the header lines of a message.

use mail_parser::Message;
use serde_json::{Value, json};

use crate::microsoft::mailbox::Mail;

/// The HTML body, or the text when there is no HTML or text is preferred.
pub(super) fn show(mail: &Mail, text_preferred: bool) -> Value {
    let Some(message) = mail.parsed() else {
        return json!({ "contentType": "text", "content": "" });
    };
    if !text_preferred && has_html(&message) {
        return json!({ "contentType": "html", "content": message.body_html(0) });
    }
    json!({ "contentType": "text", "content": message.body_text(0).unwrap_or_default() })
}

/// Whether the sender wrote HTML; mail-parser would make it from text.
pub(in crate::microsoft) fn has_html(message: &Message<'_>) -> bool {
    message
        .html_part(0)
        .is_some_and(mail_parser::MessagePart::is_text_html)
}

/// `internetMessageHeaders`: each field of the header, unfolded.
pub(super) fn headers(mail: &Mail) -> Value {
    let Some(message) = mail.parsed() else {
        return json!([]);
    };
    let lines = message.headers_raw().map(|(name, value)| {
        let value = value.replace("\r\n", "").replace('\n', "");
        json!({ "name": name, "value": value.trim() })
    });
    json!(lines.collect::<Vec<_>>())
}
