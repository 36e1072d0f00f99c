//! A mail that is too large for one request: a draft without its attachments, then the attachments, then `send`.

use base64::{Engine as _, engine::general_purpose::STANDARD};
use mail_parser::{Message, MessageParser, MimeHeaders as _, PartType};
use reqwest::Method;
use serde_json::{Value, json};

use super::super::call::Call;
use super::super::classify::Target;
use super::super::client::GraphClient;
use super::{SMALL, accepted};
use crate::{AccessToken, MailboxAddress, MailboxError, Support};

/// From here on Graph wants an upload session, and below it refuses one
/// (`ErrorAttachmentSizeShouldNotBeLessThanMinimumSize`).
const BY_UPLOAD: usize = 3 << 20;
/// The largest attachment that Graph takes.
const LARGEST: usize = 150 << 20;

/// An attachment as Graph takes it.
pub(super) struct File<'a> {
    pub(super) name: String,
    pub(super) media_type: String,
    pub(super) content_id: Option<&'a str>,
    pub(super) is_inline: bool,
    pub(super) bytes: &'a [u8],
}

impl GraphClient {
    /// Sends it and gives the immutable id, which the message keeps in Sent Items. What fails before the last step leaves
    /// no draft behind, as far as Graph lets us.
    pub(super) async fn send_large(
        &self,
        token: &AccessToken,
        mailbox: &MailboxAddress,
        mime: &[u8],
    ) -> Result<String, MailboxError> {
        let message = MessageParser::default()
            .parse(mime)
            .ok_or(MailboxError::Unparsable)?;
        let files = files(&message)?;
        let draft = without_attachments(&message)?;
        let id = self.create_draft(token, mailbox, &draft).await?;
        if let Err(error) = self.attach(token, mailbox, &id, &files).await {
            if let Err(left) = self.delete(token, mailbox, &id).await {
                tracing::debug!(cause = %left, "a draft stays behind");
            }
            return Err(error);
        }
        let url = self.url(mailbox, &["messages", &id, "send"])?;
        let call = Call::new("send_draft", Method::POST, token, url, Target::Mailbox);
        accepted(&self.once(&call).await?)?;
        Ok(id)
    }

    /// Microsoft Graph: "Create message", MIME.
    async fn create_draft(
        &self,
        token: &AccessToken,
        mailbox: &MailboxAddress,
        mime: &[u8],
    ) -> Result<String, MailboxError> {
        let url = self.url(mailbox, &["messages"])?;
        let call = Call::new("create_draft", Method::POST, token, url, Target::Mailbox);
        let answer = self.once(&call.text(STANDARD.encode(mime))).await;
        // A draft that was made without our knowing is no mail: nothing is on its way yet.
        let answer = answer.map_err(surely_not_done)?;
        answer.json()?.required("id").map_err(surely_not_done)
    }

    async fn attach(
        &self,
        token: &AccessToken,
        mailbox: &MailboxAddress,
        id: &str,
        files: &[File<'_>],
    ) -> Result<(), MailboxError> {
        for file in files {
            let attached = match file.bytes.len() < BY_UPLOAD {
                true => self.attach_small(token, mailbox, id, file).await,
                false => self.upload(token, mailbox, id, file).await,
            };
            attached.map_err(surely_not_done)?;
        }
        Ok(())
    }

    /// Microsoft Graph: "Add attachment".
    async fn attach_small(
        &self,
        token: &AccessToken,
        mailbox: &MailboxAddress,
        id: &str,
        file: &File<'_>,
    ) -> Result<(), MailboxError> {
        let url = self.url(mailbox, &["messages", id, "attachments"])?;
        let call = Call::new("add_attachment", Method::POST, token, url, Target::Item);
        let mut body = json!({
            "@odata.type": "#microsoft.graph.fileAttachment",
            "name": file.name,
            "contentType": file.media_type,
            "contentBytes": STANDARD.encode(file.bytes),
            "isInline": file.is_inline,
        });
        if let Some(content_id) = file.content_id {
            body["contentId"] = Value::from(content_id);
        }
        self.once(&call.json(body)).await.map(drop)
    }
}

/// Whatever happened before the last step, no mail is on its way.
fn surely_not_done(error: MailboxError) -> MailboxError {
    match error {
        MailboxError::Unreachable { source, .. } => MailboxError::Unreachable {
            maybe_done: false,
            source,
        },
        other => other,
    }
}

fn files<'a>(message: &'a Message<'a>) -> Result<Vec<File<'a>>, MailboxError> {
    let mut files = Vec::new();
    for part in message.attachments() {
        let bytes: &[u8] = match &part.body {
            PartType::Message(inner) => inner.raw_message(),
            _ => part.contents(),
        };
        if bytes.len() > LARGEST {
            return Err(too_large(LARGEST));
        }
        let media_type = part.content_type().map_or_else(
            || "application/octet-stream".to_owned(),
            |kind| match kind.subtype() {
                Some(subtype) => format!("{}/{subtype}", kind.ctype()),
                None => kind.ctype().to_owned(),
            },
        );
        files.push(File {
            name: part.attachment_name().unwrap_or("attachment").to_owned(),
            media_type,
            content_id: part.content_id(),
            is_inline: part
                .content_disposition()
                .is_some_and(mail_parser::ContentType::is_inline),
            bytes,
        });
    }
    Ok(files)
}

fn too_large(limit: usize) -> MailboxError {
    MailboxError::TooLarge {
        limit: limit as u64,
        support: Support::default(),
    }
}

/// The message with all its header fields and its text, and nothing attached.
fn without_attachments(message: &Message<'_>) -> Result<Vec<u8>, MailboxError> {
    let mut draft = Vec::new();
    let raw = message.raw_message();
    for header in message.headers() {
        let name = header.name();
        if name
            .get(..8)
            .is_some_and(|start| start.eq_ignore_ascii_case("content-"))
            || name.eq_ignore_ascii_case("mime-version")
        {
            continue;
        }
        let field = raw.get(header.offset_field() as usize..header.offset_end() as usize);
        draft.extend_from_slice(field.unwrap_or_default());
    }
    draft.extend_from_slice(b"MIME-Version: 1.0\r\n");
    let html = message
        .html_part(0)
        .is_some_and(mail_parser::MessagePart::is_text_html);
    let (kind, words) = match html {
        true => ("html", message.body_html(0)),
        false => ("plain", message.body_text(0)),
    };
    let words = words.unwrap_or_default();
    draft.extend_from_slice(
        format!(
            "Content-Type: text/{kind}; charset=utf-8\r\nContent-Transfer-Encoding: base64\r\n\r\n"
        )
        .as_bytes(),
    );
    let encoded = STANDARD.encode(words.as_bytes());
    for line in encoded.as_bytes().chunks(76) {
        draft.extend_from_slice(line);
        draft.extend_from_slice(b"\r\n");
    }
    match draft.len() > SMALL {
        true => Err(too_large(SMALL)),
        false => Ok(draft),
    }
}
