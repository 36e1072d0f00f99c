//! A message as Graph shows it (resource type message).

use base64::{Engine as _, engine::general_purpose::STANDARD};
use chrono::{DateTime, SecondsFormat, Utc};
use serde_json::{Map, Value, json};
use sha2::{Digest as _, Sha256};

use super::{attachment, body, caller::Caller, select::Select};
use crate::microsoft::mailbox::{Mail, Mailbox, Person};

/// How the caller wants to see messages of one mailbox.
pub(super) struct View<'a> {
    pub(super) mailbox: &'a Mailbox,
    pub(super) base: &'a str,
    pub(super) immutable: bool,
    pub(super) text_body: bool,
}

impl<'a> View<'a> {
    pub(super) fn new(caller: &'a Caller, mailbox: &'a Mailbox) -> Self {
        let prefer = caller.prefer;
        Self {
            mailbox,
            base: &caller.base,
            immutable: prefer.immutable,
            text_body: prefer.text_body,
        }
    }

    pub(super) fn message(&self, mail: &Mail, select: &Select) -> Map<String, Value> {
        let mut shown = Map::new();
        let change_key = change_key(mail);
        shown.insert("@odata.etag".into(), json!(format!("W/\"{change_key}\"")));
        shown.insert("id".into(), json!(self.mailbox.id(mail, self.immutable)));
        for name in select.wanted() {
            if *name != "id" {
                shown.insert((*name).to_owned(), self.property(mail, name));
            }
        }
        if select.attachments {
            shown.insert(
                "attachments".into(),
                json!(attachment::all(self.mailbox, mail)),
            );
        }
        if select.size {
            let size = [json!({ "id": "Long 0xe08", "value": mail.raw.len().to_string() })];
            shown.insert("singleValueExtendedProperties".into(), json!(size));
        }
        shown
    }

    fn property(&self, mail: &Mail, name: &str) -> Value {
        let summary = &mail.summary;
        match name {
            "createdDateTime" | "receivedDateTime" => time(mail.received),
            "lastModifiedDateTime" => time(mail.modified),
            "sentDateTime" => time(summary.sent.unwrap_or(mail.received)),
            "changeKey" => json!(change_key(mail)),
            "categories" => json!(mail.categories),
            "hasAttachments" => json!(summary.has_attachments),
            "internetMessageId" => json!(summary.internet_message_id),
            "subject" => json!(summary.subject),
            "bodyPreview" => json!(summary.preview),
            "importance" => json!("normal"),
            "parentFolderId" => json!(self.mailbox.folder(mail.folder()).id),
            "conversationId" => json!(STANDARD.encode(Sha256::digest(&summary.thread))),
            "conversationIndex" => {
                json!(STANDARD.encode(&Sha256::digest(&summary.internet_message_id)[..22]))
            }
            "isDeliveryReceiptRequested" => Value::Null,
            "isReadReceiptRequested" => json!(false),
            "isDraft" => json!(mail.is_draft),
            "isRead" => json!(mail.is_read),
            "inferenceClassification" => json!("focused"),
            "flag" => json!({ "flagStatus": "notFlagged" }),
            "webLink" => json!(self.web_link(mail)),
            "body" | "uniqueBody" => body::show(mail, self.text_body),
            "internetMessageHeaders" => body::headers(mail),
            _ => self.people(mail, name),
        }
    }

    fn people(&self, mail: &Mail, name: &str) -> Value {
        let summary = &mail.summary;
        let all = |people: &[Person]| json!(people.iter().map(Person::json).collect::<Vec<_>>());
        let one = |person: Option<&Person>| person.map_or(Value::Null, Person::json);
        match name {
            "from" => one(summary.from.as_ref()),
            "sender" => one(summary.sender.as_ref().or(summary.from.as_ref())),
            "toRecipients" => all(&summary.to),
            "ccRecipients" => all(&summary.cc),
            "bccRecipients" => all(&summary.bcc),
            "replyTo" => all(&summary.reply_to),
            _ => Value::Null,
        }
    }

    fn web_link(&self, mail: &Mail) -> String {
        let id = self.mailbox.immutable_id(mail.key());
        format!(
            "{}/webmail/{}/messages/{id}",
            self.base, self.mailbox.address
        )
    }
}

/// Whole seconds, as Graph writes times.
pub(super) fn time(at: DateTime<Utc>) -> Value {
    json!(at.to_rfc3339_opts(SecondsFormat::Secs, true))
}

fn change_key(mail: &Mail) -> String {
    let mut bytes = b"\x09\0\0\0\x16\0\0\0".to_vec();
    bytes.extend(mail.version.to_be_bytes());
    STANDARD.encode(bytes)
}
