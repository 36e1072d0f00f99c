//! Which properties of an item are asked for (ItemShape).

use roxmltree::Node;

use super::{
    Problem,
    read::{
        TYPES, attribute, boolean, elements, invalid_child, invalid_value, needed, sequence, text,
    },
};

/// How much of an item comes without being named.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Base {
    IdOnly,
    Default,
    All,
}

/// The form of a body.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum BodyType {
    /// HTML where there is some.
    Best,
    Html,
    Text,
}

/// The shape of an answer's items.
#[derive(Clone, Debug)]
pub(super) struct Shape {
    pub(super) base: Base,
    pub(super) mime: bool,
    pub(super) body: BodyType,
    named: Vec<String>,
}

/// Properties of a message in the order of the schema: URI, and from which base shape on it comes unasked. Nothing
/// stands for "only when named".
pub(super) const PROPERTIES: [(&str, Option<Base>); 40] = [
    ("item:MimeContent", None),
    ("item:ItemId", Some(Base::IdOnly)),
    ("item:ParentFolderId", Some(Base::All)),
    ("item:ItemClass", Some(Base::All)),
    ("item:Subject", Some(Base::Default)),
    ("item:Sensitivity", Some(Base::Default)),
    ("item:Body", Some(Base::Default)),
    ("item:Attachments", Some(Base::Default)),
    ("item:DateTimeReceived", Some(Base::All)),
    ("item:Size", Some(Base::Default)),
    ("item:Categories", Some(Base::All)),
    ("item:Importance", Some(Base::All)),
    ("item:InReplyTo", Some(Base::All)),
    ("item:IsSubmitted", Some(Base::All)),
    ("item:IsDraft", Some(Base::All)),
    ("item:IsFromMe", Some(Base::All)),
    ("item:IsResend", Some(Base::All)),
    ("item:IsUnmodified", Some(Base::All)),
    ("item:InternetMessageHeaders", Some(Base::All)),
    ("item:DateTimeSent", Some(Base::Default)),
    ("item:DateTimeCreated", Some(Base::Default)),
    ("item:DisplayCc", Some(Base::All)),
    ("item:DisplayTo", Some(Base::All)),
    ("item:HasAttachments", Some(Base::Default)),
    ("item:LastModifiedTime", Some(Base::All)),
    ("item:IsAssociated", Some(Base::Default)),
    ("item:ConversationId", Some(Base::All)),
    ("item:UniqueBody", None),
    ("item:Preview", Some(Base::All)),
    ("item:TextBody", None),
    ("message:Sender", Some(Base::All)),
    ("message:ToRecipients", Some(Base::Default)),
    ("message:CcRecipients", Some(Base::Default)),
    ("message:BccRecipients", Some(Base::Default)),
    ("message:ConversationTopic", Some(Base::All)),
    ("message:From", Some(Base::Default)),
    ("message:InternetMessageId", Some(Base::Default)),
    ("message:IsRead", Some(Base::Default)),
    ("message:References", Some(Base::All)),
    ("message:ReplyTo", Some(Base::All)),
];

/// Only GetItem tells these.
const NOT_IN_LISTS: [&str; 8] = [
    "item:MimeContent",
    "item:Body",
    "item:UniqueBody",
    "item:TextBody",
    "item:Attachments",
    "item:InternetMessageHeaders",
    "message:ToRecipients",
    "message:ReplyTo",
];

/// Refused in a list when named, not only left out.
const REFUSED_IN_LISTS: [&str; 5] = [
    "item:MimeContent",
    "item:Body",
    "item:UniqueBody",
    "item:TextBody",
    "item:Attachments",
];

impl Shape {
    /// Ids alone, as operations that change items answer.
    pub(super) fn id_only() -> Self {
        Self {
            base: Base::IdOnly,
            mime: false,
            body: BodyType::Best,
            named: Vec::new(),
        }
    }

    pub(super) fn read(node: Node<'_, '_>) -> Result<Self, Problem> {
        let names = [
            "BaseShape",
            "IncludeMimeContent",
            "BodyType",
            "UniqueBodyType",
            "NormalizedBodyType",
            "FilterHtmlContent",
            "ConvertHtmlCodePageToUTF8",
            "InlineImageUrlTemplate",
            "BlockExternalImages",
            "AddBlankTargetToLinks",
            "MaximumBodySize",
            "AdditionalProperties",
        ];
        let found = sequence(node, TYPES, names)?;
        let base = base(needed(found[0], node, "BaseShape")?)?;
        let named = found[11].map(paths).transpose()?.unwrap_or_default();
        let mime = found[1].map(boolean).transpose()?.unwrap_or(false);
        let body = found[2].map_or(Ok(BodyType::Best), body_type)?;
        Ok(Self {
            base,
            mime: mime || named.iter().any(|uri| uri == "item:MimeContent"),
            body,
            named,
        })
    }

    /// For FindItem and SyncFolderItems, which have no bodies.
    pub(super) fn read_for_list(node: Node<'_, '_>) -> Result<Self, Problem> {
        let shape = Self::read(node)?;
        let refused = |uri: &String| REFUSED_IN_LISTS.contains(&uri.as_str());
        if shape.mime || shape.named.iter().any(refused) {
            return Err(Problem::new("ErrorInvalidPropertyRequest"));
        }
        Ok(shape)
    }

    pub(super) fn wants(&self, uri: &str, from: Option<Base>, in_list: bool) -> bool {
        if uri == "item:MimeContent" {
            return self.mime;
        }
        let unasked = from.is_some_and(|from| self.base >= from);
        let told = !in_list || !NOT_IN_LISTS.contains(&uri);
        (unasked && told) || self.named.iter().any(|named| named == uri)
    }
}

pub(super) fn base(node: Node<'_, '_>) -> Result<Base, Problem> {
    match text(node) {
        "IdOnly" => Ok(Base::IdOnly),
        "Default" | "PcxPeopleSearch" => Ok(Base::Default),
        "AllProperties" => Ok(Base::All),
        other => Err(invalid_value("BaseShape", other)),
    }
}

fn body_type(node: Node<'_, '_>) -> Result<BodyType, Problem> {
    match text(node) {
        "Best" => Ok(BodyType::Best),
        "HTML" => Ok(BodyType::Html),
        "Text" => Ok(BodyType::Text),
        other => Err(invalid_value("BodyType", other)),
    }
}

/// The URIs of AdditionalProperties. Extended properties are known by none here, so no item has one.
pub(super) fn paths(node: Node<'_, '_>) -> Result<Vec<String>, Problem> {
    let mut uris = Vec::new();
    for path in elements(node) {
        match (path.tag_name().namespace(), path.tag_name().name()) {
            (Some(TYPES), "FieldURI") => uris.push(attribute(path, "FieldURI")?.to_owned()),
            (Some(TYPES), "IndexedFieldURI" | "ExtendedFieldURI") => {}
            _ => return Err(invalid_child(node, path)),
        }
    }
    match uris.iter().find(|uri| !uri.contains(':')) {
        Some(uri) => Err(invalid_value("FieldURI", uri)),
        None => Ok(uris),
    }
}
