//! A message as EWS shows it ("Message").

use base64::{Engine as _, engine::general_purpose::STANDARD};
use sha2::{Digest as _, Sha256};

use super::{
    attachment, body,
    item_shape::{Base, PROPERTIES, Shape},
    write::{around, element, ews_id, plain, time},
};
use crate::microsoft::mailbox::{FolderKey, Mail, Mailbox, Person};

/// A mail in its mailbox, to be written.
#[derive(Clone, Copy)]
pub(super) struct Item<'a> {
    pub(super) mailbox: &'a Mailbox,
    pub(super) mail: &'a Mail,
}

/// `t:ItemId` with its change key.
pub(super) fn id(mailbox: &Mailbox, mail: &Mail) -> String {
    format!(
        "<t:ItemId Id=\"{}\" ChangeKey=\"{}\"/>",
        ews_id(&mailbox.id(mail, false)),
        change_key(mail)
    )
}

pub(super) fn change_key(mail: &Mail) -> String {
    let mut bytes = b"\x09\0\0\0\x16\0\0\0".to_vec();
    bytes.extend(mail.version.to_be_bytes());
    format!("CQAAAB{}", STANDARD.encode(bytes))
}

pub(super) fn folder_id(mailbox: &Mailbox, key: FolderKey, name: &str) -> String {
    let id = ews_id(&mailbox.folder(key).id);
    format!("<t:{name} Id=\"{id}\" ChangeKey=\"AQAAAA==\"/>")
}

impl Item<'_> {
    /// `t:Message` with what the shape wants; lists have no bodies.
    pub(super) fn write(self, shape: &Shape, in_list: bool) -> String {
        let wanted = PROPERTIES
            .iter()
            .filter(|(uri, from)| shape.wants(uri, *from, in_list));
        let inner: String = wanted
            .filter_map(|(uri, _)| self.property(uri, shape))
            .collect();
        around("t:Message", &inner)
    }

    fn property(self, uri: &str, shape: &Shape) -> Option<String> {
        let Self { mailbox, mail } = self;
        let (_, name) = uri.split_once(':')?;
        let tag = format!("t:{name}");
        let summary = &mail.summary;
        let say = |text: &str| element(&tag, text);
        Some(match name {
            "MimeContent" => format!(
                "<t:MimeContent CharacterSet=\"UTF-8\">{}</t:MimeContent>",
                STANDARD.encode(&mail.raw)
            ),
            "ItemId" => id(mailbox, mail),
            "ParentFolderId" => folder_id(mailbox, mail.folder(), name),
            "ItemClass" => say("IPM.Note"),
            "Sensitivity" | "Importance" => say("Normal"),
            "Subject" | "ConversationTopic" => say(&summary.subject),
            "Body" => body::write(&tag, mail, shape.body),
            "UniqueBody" => body::write(&tag, mail, shape.body),
            "TextBody" => body::write(&tag, mail, super::item_shape::BodyType::Text),
            "Attachments" => return attachment::list(mailbox, mail),
            "DateTimeReceived" | "DateTimeCreated" => say(&time(mail.received)),
            "DateTimeSent" => say(&time(summary.sent.unwrap_or(mail.received))),
            "LastModifiedTime" => say(&time(mail.modified)),
            "Size" => say(&mail.raw.len().to_string()),
            "Categories" if mail.categories.is_empty() => return None,
            "Categories" => {
                let all = mail.categories.iter();
                around(
                    &tag,
                    &all.map(|one| element("t:String", one)).collect::<String>(),
                )
            }
            "IsDraft" => say(flag(self.is_draft())),
            "IsFromMe" => say(flag(self.is_from_me())),
            "HasAttachments" => say(flag(summary.has_attachments)),
            "IsRead" => say(flag(mail.is_read)),
            "IsSubmitted" | "IsResend" | "IsUnmodified" | "IsAssociated" => say("false"),
            "InternetMessageId" => say(&summary.internet_message_id),
            "ConversationId" => format!("<t:ConversationId Id=\"{}\"/>", thread(&summary.thread)),
            "Preview" => say(&summary.preview),
            _ => return self.header(name, &tag),
        })
    }

    fn header(self, name: &str, tag: &str) -> Option<String> {
        let summary = &self.mail.summary;
        match name {
            "InternetMessageHeaders" => self.headers(),
            "InReplyTo" => self.raw_header("In-Reply-To").map(|it| element(tag, it)),
            "References" => self.raw_header("References").map(|it| element(tag, it)),
            "DisplayTo" => Some(element(tag, names(&summary.to))),
            "DisplayCc" => Some(element(tag, names(&summary.cc))),
            "From" => one(tag, summary.from.as_ref()),
            "Sender" => one(tag, summary.sender.as_ref().or(summary.from.as_ref())),
            "ToRecipients" => all(tag, &summary.to),
            "CcRecipients" => all(tag, &summary.cc),
            "BccRecipients" => all(tag, &summary.bcc),
            "ReplyTo" => all(tag, &summary.reply_to),
            _ => None,
        }
    }

    fn is_draft(self) -> bool {
        self.mailbox.folder_key("drafts") == Some(self.mail.folder())
    }

    fn is_from_me(self) -> bool {
        let from = self.mail.summary.from.as_ref();
        from.is_some_and(|from| from.address.eq_ignore_ascii_case(&self.mailbox.address))
    }

    /// Each field of the header, unfolded.
    fn headers(self) -> Option<String> {
        let message = self.mail.parsed()?;
        let lines: String = message
            .headers_raw()
            .map(|(name, value)| {
                let value = value.replace(['\r', '\n'], "");
                format!(
                    "<t:InternetMessageHeader HeaderName=\"{}\">{}</t:InternetMessageHeader>",
                    plain(name),
                    plain(value.trim())
                )
            })
            .collect();
        (!lines.is_empty()).then(|| around("t:InternetMessageHeaders", &lines))
    }

    fn raw_header(self, name: &str) -> Option<String> {
        let message = self.mail.parsed()?;
        let mut all = message.headers_raw();
        let (_, value) = all.find(|(other, _)| other.eq_ignore_ascii_case(name))?;
        let words: Vec<_> = value.split_whitespace().collect();
        Some(words.join(" "))
    }
}

pub(super) fn flag(value: bool) -> &'static str {
    if value { "true" } else { "false" }
}

fn thread(first: &str) -> String {
    STANDARD.encode(Sha256::digest(first))
}

fn names(people: &[Person]) -> String {
    let name = |person: &Person| match person.name.is_empty() {
        true => person.address.clone(),
        false => person.name.clone(),
    };
    people.iter().map(name).collect::<Vec<_>>().join("; ")
}

fn one(tag: &str, person: Option<&Person>) -> Option<String> {
    person.map(|person| around(tag, &mailbox(person)))
}

fn all(tag: &str, people: &[Person]) -> Option<String> {
    let inner: String = people.iter().map(mailbox).collect();
    (!people.is_empty()).then(|| around(tag, &inner))
}

/// `t:Mailbox`; without a name, the address is the name.
pub(super) fn mailbox(person: &Person) -> String {
    let name = names(std::slice::from_ref(person));
    let address = match person.address.is_empty() {
        true => String::new(),
        false => element("t:EmailAddress", &person.address),
    };
    let inner = element("t:Name", name) + &address + "<t:RoutingType>SMTP</t:RoutingType>";
    around("t:Mailbox", &inner)
}

impl Base {
    /// Whether a folder's or an attachment's other properties come too.
    pub(super) fn is_more_than_id(self) -> bool {
        self > Self::IdOnly
    }
}
