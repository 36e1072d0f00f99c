//! The MIME of a new message: as it was given, or built from its elements.

use base64::{Engine as _, engine::general_purpose::STANDARD};
use mail_builder::{MessageBuilder, headers::address::Address};
use mail_parser::MessageParser;
use roxmltree::Node;

use super::{
    Context, Problem,
    read::{TYPES, boolean, elements, list, needed, sequence, text},
};

/// The largest message that Exchange Online sends without an administrator's doing ("Exchange Online limits").
const MOST: usize = 35 * 1024 * 1024;

/// A message that was asked to be made.
#[derive(Debug)]
pub(super) struct Composed {
    pub(super) raw: Vec<u8>,
    pub(super) categories: Vec<String>,
    pub(super) is_read: Option<bool>,
}

/// Reads a `t:Message`.
pub(super) fn read(context: &Context<'_>, node: Node<'_, '_>) -> Result<Composed, Problem> {
    let find = |name: &str| elements(node).find(|child| child.has_tag_name((TYPES, name)));
    let raw = match find("MimeContent") {
        Some(mime) => given(text(mime))?,
        None => build(context, node)?,
    };
    if raw.len() > MOST {
        return Err(Problem::new("ErrorMessageSizeExceeded"));
    }
    let categories = match find("Categories") {
        Some(all) => list(all, &["String"])?
            .into_iter()
            .map(|one| text(one).to_owned())
            .collect(),
        None => Vec::new(),
    };
    Ok(Composed {
        raw,
        categories,
        is_read: find("IsRead").map(boolean).transpose()?,
    })
}

fn given(encoded: &str) -> Result<Vec<u8>, Problem> {
    let packed: Vec<u8> = encoded
        .bytes()
        .filter(|byte| !byte.is_ascii_whitespace())
        .collect();
    let raw = STANDARD
        .decode(packed)
        .map_err(|_| Problem::new("ErrorMimeContentInvalidBase64String"))?;
    match MessageParser::default().parse(&raw[..]) {
        Some(message) if !message.headers().is_empty() => Ok(raw),
        _ => Err(Problem::new("ErrorMimeContentInvalid")),
    }
}

fn build(context: &Context<'_>, node: Node<'_, '_>) -> Result<Vec<u8>, Problem> {
    let own = context.user.as_str();
    let domain = own
        .rsplit_once('@')
        .map_or("localhost", |(_, domain)| domain);
    let mut mime = MessageBuilder::new()
        .message_id(format!(
            "{}@{domain}",
            context.world.clock.new_id().simple()
        ))
        .date(context.now.timestamp())
        .from(Address::new_address(None::<String>, own));
    for child in elements(node) {
        if child.tag_name().namespace() != Some(TYPES) {
            return Err(super::read::invalid_child(node, child));
        }
        mime = match child.tag_name().name() {
            "Subject" => mime.subject(text(child).to_owned()),
            "Body" if child.attribute("BodyType") == Some("Text") => {
                mime.text_body(child.text().unwrap_or_default().to_owned())
            }
            "Body" => mime.html_body(child.text().unwrap_or_default().to_owned()),
            "ToRecipients" => mime.header("To", people(child)?),
            "CcRecipients" => mime.header("Cc", people(child)?),
            "BccRecipients" => mime.header("Bcc", people(child)?),
            "ReplyTo" => mime.header("Reply-To", people(child)?),
            "From" => mime.from(people(child)?),
            "InReplyTo" => mime.in_reply_to(bare(text(child))),
            "InternetMessageId" => mime.message_id(bare(text(child))),
            "Attachments" => attachments(mime, child)?,
            _ => mime,
        };
    }
    mime.write_to_vec()
        .map_err(|error| Problem::saying("ErrorContentConversionFailed", error.to_string()))
}

fn bare(id: &str) -> String {
    id.trim_matches(['<', '>']).to_owned()
}

fn people(node: Node<'_, '_>) -> Result<Address<'static>, Problem> {
    let person = |node| {
        let names = [
            "Name",
            "EmailAddress",
            "RoutingType",
            "MailboxType",
            "ItemId",
        ];
        let [name, address, ..] = sequence(node, TYPES, names)?;
        let address = text(needed(address, node, "EmailAddress")?).to_owned();
        let name = name.map(|name| text(name).to_owned());
        Ok(Address::new_address(
            name.filter(|name| *name != address),
            address,
        ))
    };
    let all = list(node, &["Mailbox"])?;
    let people = all
        .into_iter()
        .map(person)
        .collect::<Result<_, Problem>>()?;
    Ok(Address::new_list(people))
}

fn attachments<'m>(
    mut mime: MessageBuilder<'m>,
    node: Node<'_, '_>,
) -> Result<MessageBuilder<'m>, Problem> {
    for file in list(node, &["FileAttachment"])? {
        let find = |name: &str| elements(file).find(|child| child.has_tag_name((TYPES, name)));
        let name = text(needed(find("Name"), file, "Name")?).to_owned();
        let content: String = find("Content")
            .map(text)
            .unwrap_or_default()
            .split_whitespace()
            .collect();
        let content = STANDARD
            .decode(content)
            .map_err(|_| super::read::invalid_value("Content", "…"))?;
        let kind = find("ContentType")
            .map_or("application/octet-stream", text)
            .to_owned();
        let inline = find("IsInline").map(boolean).transpose()?.unwrap_or(false);
        mime = match find("ContentId").map(text).filter(|_| inline) {
            Some(id) => mime.inline(kind, id.to_owned(), content),
            None => mime.attachment(kind, name, content),
        };
    }
    Ok(mime)
}
