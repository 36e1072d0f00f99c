//! The message of a JSON body, built into MIME.

use actix_web::http::StatusCode;
use base64::{Engine as _, engine::general_purpose::STANDARD};
use chrono::{DateTime, Utc};
use mail_builder::{
    MessageBuilder,
    headers::{address::Address, raw::Raw},
};
use serde::Deserialize;

use crate::microsoft::graph::{caller::Caller, error::GraphError};

/// Action parameters: the documentation has them in lower case, the metadata in upper case; clients send either.
#[derive(Debug, Deserialize)]
struct SendMail {
    #[serde(alias = "Message")]
    message: Message,
    #[serde(rename = "saveToSentItems", alias = "SaveToSentItems", default = "yes")]
    save: bool,
}

fn yes() -> bool {
    true
}

#[derive(Debug, Default, Deserialize)]
#[serde(rename_all = "camelCase", default)]
struct Message {
    subject: Option<String>,
    body: Option<Body>,
    from: Option<Recipient>,
    to_recipients: Vec<Recipient>,
    cc_recipients: Vec<Recipient>,
    bcc_recipients: Vec<Recipient>,
    reply_to: Vec<Recipient>,
    attachments: Vec<Attachment>,
    internet_message_headers: Vec<Header>,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
struct Body {
    content_type: Option<String>,
    #[serde(default)]
    content: String,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
struct Recipient {
    email_address: EmailAddress,
}

#[derive(Debug, Deserialize)]
struct EmailAddress {
    address: String,
    name: Option<String>,
}

#[derive(Debug, Deserialize)]
struct Header {
    name: String,
    value: String,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
struct Attachment {
    #[serde(rename = "@odata.type")]
    kind: String,
    name: String,
    content_type: Option<String>,
    #[serde(default)]
    is_inline: bool,
    content_id: Option<String>,
    content_bytes: Option<String>,
}

impl Recipient {
    fn address(&self) -> Address<'_> {
        Address::new_address(
            self.email_address.name.as_deref(),
            self.email_address.address.as_str(),
        )
    }
}

/// The MIME message and whether a copy is kept.
pub(in crate::microsoft::graph) fn message(
    caller: &Caller,
    body: &[u8],
    now: DateTime<Utc>,
) -> Result<(Vec<u8>, bool), GraphError> {
    let unreadable = |error: serde_json::Error| {
        let text = format!("Unable to read JSON request payload: {error}");
        GraphError::new(StatusCode::BAD_REQUEST, "RequestBodyRead", text)
    };
    let asked: SendMail = serde_json::from_slice(body).map_err(unreadable)?;
    let raw = build(caller, &asked.message, now)?;
    Ok((raw, asked.save))
}

fn build(caller: &Caller, message: &Message, now: DateTime<Utc>) -> Result<Vec<u8>, GraphError> {
    let all = |recipients: &'_ [Recipient]| {
        Address::new_list(
            recipients
                .iter()
                .map(|one| {
                    Address::new_address(
                        one.email_address.name.clone(),
                        one.email_address.address.clone(),
                    )
                })
                .collect(),
        )
    };
    let domain = caller
        .mailbox
        .rsplit_once('@')
        .map_or("localhost", |(_, domain)| domain);
    let mut mime = MessageBuilder::new()
        .message_id(format!("{}@{domain}", caller.world.clock.new_id().simple()))
        .date(now.timestamp())
        .subject(message.subject.clone().unwrap_or_default());
    let own = Address::new_address(None::<String>, caller.mailbox.as_str());
    mime = mime.from(message.from.as_ref().map_or(own, Recipient::address));
    let lists = [
        ("To", &message.to_recipients),
        ("Cc", &message.cc_recipients),
        ("Bcc", &message.bcc_recipients),
        ("Reply-To", &message.reply_to),
    ];
    for (name, recipients) in lists
        .into_iter()
        .filter(|(_, recipients)| !recipients.is_empty())
    {
        mime = mime.header(name, all(recipients));
    }
    for header in &message.internet_message_headers {
        mime = mime.header(header_name(&header.name)?, Raw::new(header.value.as_str()));
    }
    let content = message
        .body
        .as_ref()
        .map_or("", |body| body.content.as_str());
    let html = message
        .body
        .as_ref()
        .and_then(|body| body.content_type.as_deref());
    mime = match html.is_some_and(|kind| kind.eq_ignore_ascii_case("html")) {
        true => mime.html_body(content),
        false => mime.text_body(content),
    };
    for attachment in &message.attachments {
        mime = attach(mime, attachment)?;
    }
    mime.write_to_vec()
        .map_err(|error| GraphError::bad_request(error.to_string()))
}

/// Only `x-` headers can be set this way.
fn header_name(name: &str) -> Result<String, GraphError> {
    let fits = name.len() > 2
        && name
            .bytes()
            .all(|byte| byte.is_ascii_graphic() && byte != b':');
    if name
        .get(..2)
        .is_some_and(|start| start.eq_ignore_ascii_case("x-"))
        && fits
    {
        return Ok(name.to_owned());
    }
    let text = format!("The internet message header name '{name}' should start with 'x-' or 'X-'.");
    Err(GraphError::new(
        StatusCode::BAD_REQUEST,
        "InvalidInternetMessageHeader",
        text,
    ))
}

fn attach<'a>(
    mime: MessageBuilder<'a>,
    attachment: &'a Attachment,
) -> Result<MessageBuilder<'a>, GraphError> {
    if attachment.kind != "#microsoft.graph.fileAttachment" {
        let text = format!(
            "Attachments of type '{}' cannot be sent here.",
            attachment.kind
        );
        return Err(GraphError::bad_request(text));
    }
    let encoded = attachment.content_bytes.as_deref().unwrap_or_default();
    let bytes = STANDARD
        .decode(encoded)
        .map_err(|_| GraphError::bad_request("The property 'contentBytes' is not base64."))?;
    let kind = attachment
        .content_type
        .as_deref()
        .unwrap_or("application/octet-stream");
    Ok(match &attachment.content_id {
        Some(cid) if attachment.is_inline => mime.inline(kind, cid.as_str(), bytes),
        _ => mime.attachment(kind, attachment.name.as_str(), bytes),
    })
}
