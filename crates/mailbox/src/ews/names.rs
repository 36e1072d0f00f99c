//! How requests name folders, messages and fields.

use super::element::{Element, element};
use crate::MailboxAddress;

/// The folders that a connection can mean by name: well-known names of Graph that EWS has, too.
const DISTINGUISHED: [&str; 13] = [
    "archiveinbox",
    "archivemsgfolderroot",
    "conflicts",
    "conversationhistory",
    "deleteditems",
    "drafts",
    "inbox",
    "junkemail",
    "msgfolderroot",
    "outbox",
    "recoverableitemsdeletions",
    "sentitems",
    "syncissues",
];

/// What every listing asks for beside the id.
const FIELDS: [&str; 7] = [
    "item:ParentFolderId",
    "item:Subject",
    "item:DateTimeReceived",
    "item:ConversationId",
    "message:From",
    "message:InternetMessageId",
    "message:IsRead",
];

/// A folder by well-known name, of the mailbox that is meant, or by id, which holds its mailbox.
pub(super) fn folder_id<'a>(mailbox: &'a MailboxAddress, folder: &'a str) -> Element<'a> {
    if !DISTINGUISHED.contains(&folder) {
        return element("t:FolderId").attribute("Id", folder);
    }
    let named = element("t:DistinguishedFolderId").attribute("Id", folder);
    match mailbox {
        MailboxAddress::Me => named,
        MailboxAddress::Shared(address) => {
            let address = element("t:EmailAddress").text(address);
            named.child(element("t:Mailbox").child(address))
        }
    }
}

pub(super) fn item_id(id: &str) -> Element<'_> {
    element("t:ItemId").attribute("Id", id)
}

pub(super) fn field_uri<'a>(field: &'static str) -> Element<'a> {
    element("t:FieldURI").attribute("FieldURI", field)
}

/// Ids and nothing else.
pub(super) fn only_ids<'a>(name: &'static str) -> Element<'a> {
    element(name).child(element("t:BaseShape").text("IdOnly"))
}

/// Ids, and these fields.
pub(super) fn with_fields<'a>(
    name: &'static str,
    fields: impl IntoIterator<Item = &'static str>,
) -> Element<'a> {
    let fields = fields.into_iter().map(field_uri);
    only_ids(name).child(element("t:AdditionalProperties").children(fields))
}

/// The shape of a message in a listing.
pub(super) fn head_shape<'a>() -> Element<'a> {
    with_fields("m:ItemShape", FIELDS)
}

/// An elementary search: `field`, compared by `operator`, with `value`.
pub(super) fn restriction<'a>(
    operator: &'static str,
    field: &'static str,
    value: impl Into<std::borrow::Cow<'a, str>>,
) -> Element<'a> {
    let constant = element("t:Constant").attribute("Value", value);
    let compared = element(operator)
        .child(field_uri(field))
        .child(element("t:FieldURIOrConstant").child(constant));
    element("m:Restriction").child(compared)
}
