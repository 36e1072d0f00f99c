//! What the command `postroom mail` prints, a JSON value for each file. The command reads the files.

use serde_json::{Value, json};

use crate::{
    ParsedMail,
    adf::{self, ImageNames},
    reply::{self, Extent},
};

/// `postroom mail show`: the fields of a mail.
pub fn show(raw: &[u8]) -> Value {
    let mail = ParsedMail::parse(raw);
    let files = mail.attachments.iter().map(|file| {
        json!({ "name": file.name, "media_type": file.media_type, "size": file.content.len(), "inline": file.inline,
                "content_id": file.content_id })
    });
    json!({
        "message_id": mail.message_id,
        "in_reply_to": mail.in_reply_to,
        "references": mail.references,
        "subject": mail.subject,
        "from": mail.from,
        "reply_to": mail.reply_to,
        "to": mail.to,
        "cc": mail.cc,
        "sent_at": mail.sent_at,
        "text": mail.text,
        "html": mail.html,
        "attachments": files.collect::<Vec<_>>(),
        "automatic": mail.automatic,
        "problems": mail.problems,
        "error": null,
    })
}

/// `postroom mail reply`: what the writer wrote. `kind` says what `raw` holds.
pub fn reply(raw: &[u8], kind: Source, extent: Extent) -> Value {
    let visible = match kind {
        Source::Mail => reply::visible_as(&ParsedMail::parse(raw), extent),
        Source::Html => reply::visible_of(None, Some(&readable(raw)), extent),
        Source::Text => reply::visible_of(Some(&readable(raw)), None, extent),
    };
    json!({ "reply": visible.text, "html": visible.html, "cut": visible.cut, "error": null })
}

/// `postroom mail adf`: the document that a mail or an HTML body becomes.
pub fn adf(raw: &[u8], kind: Source) -> Value {
    let document = match kind {
        Source::Mail => {
            let mail = ParsedMail::parse(raw);
            match &mail.html {
                Some(html) => adf::from_html(html, &ImageNames::of(&mail)),
                None => adf::from_text(mail.text.as_deref().unwrap_or_default()),
            }
        }
        Source::Html => adf::from_html(&readable(raw), &ImageNames::none()),
        Source::Text => adf::from_text(&readable(raw)),
    };
    json!({ "adf": document, "error": null })
}

/// What a file holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Source {
    /// A whole mail.
    Mail,
    /// An HTML body.
    Html,
    /// A plain text body.
    Text,
}

impl Source {
    /// Told by the ending of the file's name: `.html`, `.htm`, `.txt`; everything else is a mail.
    pub fn of_name(name: &str) -> Self {
        match name
            .rsplit_once('.')
            .map(|(_, ending)| ending.to_ascii_lowercase())
            .as_deref()
        {
            Some("html" | "htm") => Self::Html,
            Some("txt") => Self::Text,
            _ => Self::Mail,
        }
    }
}

fn readable(raw: &[u8]) -> String {
    crate::charset::decode(raw, None, true, &mut Vec::new())
}
