use roxmltree::Node;

use super::answer::{child, flag, id, text};
use crate::{MessageHead, Sender};

impl MessageHead {
    /// Reads one item of a listing, field by field. `None` only without an id.
    pub(crate) fn of_item(item: Node<'_, '_>) -> Option<Self> {
        Some(Self {
            id: id(item, "ItemId")?,
            internet_message_id: text(item, "InternetMessageId"),
            received_at: text(item, "DateTimeReceived").and_then(|at| at.trim().parse().ok()),
            subject: text(item, "Subject"),
            from: child(item, "From").and_then(Sender::of_item),
            is_read: flag(item, "IsRead"),
            conversation_id: id(item, "ConversationId"),
            folder_id: id(item, "ParentFolderId"),
        })
    }
}

impl Sender {
    /// `None` where Exchange gives a name alone (as searches do) or a directory name instead of an address.
    fn of_item(from: Node<'_, '_>) -> Option<Self> {
        let mailbox = child(from, "Mailbox")?;
        let address = text(mailbox, "EmailAddress").filter(|address| address.contains('@'))?;
        Some(Self {
            name: text(mailbox, "Name").unwrap_or_default(),
            address,
        })
    }
}

#[cfg(test)]
mod tests {
    use roxmltree::Document;

    use super::*;

    fn head(inner: &str) -> Option<MessageHead> {
        let item = format!("<t:Message xmlns:t=\"types\">{inner}</t:Message>");
        MessageHead::of_item(Document::parse(&item).unwrap().root_element())
    }

    #[test]
    fn an_odd_field_costs_the_field_and_not_the_message() {
        let odd = head(
            "<t:ItemId Id=\"A\"/><t:DateTimeReceived>yesterday</t:DateTimeReceived><t:Subject/>\
             <t:From><t:Mailbox><t:EmailAddress>/O=EXCHANGELABS/CN=X</t:EmailAddress></t:Mailbox></t:From>\
             <t:IsRead>1</t:IsRead>",
        )
        .unwrap();
        assert_eq!((odd.id.as_str(), odd.is_read), ("A", Some(true)));
        assert_eq!((odd.received_at, odd.subject, odd.from), (None, None, None));
        assert_eq!(head("<t:Subject>no id</t:Subject>"), None);
    }

    #[test]
    fn a_whole_message_is_read() {
        let whole = head(
            "<t:ItemId Id=\"A\" ChangeKey=\"C\"/><t:ParentFolderId Id=\"F\"/><t:Subject>a &amp; b</t:Subject>\
             <t:DateTimeReceived>2026-11-24T05:00:00Z</t:DateTimeReceived><t:ConversationId Id=\"V\"/>\
             <t:From><t:Mailbox><t:Name>Carl</t:Name><t:EmailAddress>carl@customer.example</t:EmailAddress>\
             </t:Mailbox></t:From><t:InternetMessageId>&lt;1@x.example&gt;</t:InternetMessageId>",
        )
        .unwrap();
        assert_eq!(whole.received_at, Some(super::super::testing::now()));
        assert_eq!(whole.subject.as_deref(), Some("a & b"));
        assert_eq!(whole.internet_message_id.as_deref(), Some("<1@x.example>"));
        assert_eq!(whole.conversation_id.as_deref(), Some("V"));
        assert_eq!(whole.folder_id.as_deref(), Some("F"));
        assert_eq!(
            whole.from.map(|from| from.address).as_deref(),
            Some("carl@customer.example")
        );
    }
}
