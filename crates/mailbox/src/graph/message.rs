use serde_json::Value;

use super::answer::text;
use super::call::Call;
use super::classify::Target;
use super::client::GraphClient;
use super::path::query;
use crate::{AccessToken, MailboxAddress, MailboxError, MessageHead, Sender};

/// What every listing asks for.
pub(crate) const FIELDS: &str =
    "id,internetMessageId,receivedDateTime,subject,from,isRead,conversationId,parentFolderId";

impl MessageHead {
    /// Reads one message of a listing, field by field. `None` only without an id.
    pub(crate) fn of(item: &Value) -> Option<Self> {
        Some(Self {
            id: text(item, "id")?,
            internet_message_id: text(item, "internetMessageId"),
            received_at: text(item, "receivedDateTime").and_then(|at| at.parse().ok()),
            subject: text(item, "subject"),
            from: item.pointer("/from/emailAddress").and_then(Sender::of),
            is_read: item.get("isRead").and_then(Value::as_bool),
            conversation_id: text(item, "conversationId"),
            folder_id: text(item, "parentFolderId"),
        })
    }
}

impl Sender {
    fn of(item: &Value) -> Option<Self> {
        Some(Self {
            name: text(item, "name").unwrap_or_default(),
            address: text(item, "address")?,
        })
    }
}

impl GraphClient {
    /// One message, wherever in the mailbox it lies now.
    ///
    /// # Errors
    /// [`MailboxError`]; `ItemMissing` when it is gone.
    pub async fn message(
        &self,
        token: &AccessToken,
        mailbox: &MailboxAddress,
        id: &str,
    ) -> Result<MessageHead, MailboxError> {
        let url = query(
            self.url(mailbox, &["messages", id])?,
            &[("$select", FIELDS)],
        );
        let json = self
            .read(&Call::get("get_message", token, url, Target::Item))
            .await?
            .json()?;
        MessageHead::of(&json.value).ok_or_else(|| json.garbled())
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn an_odd_field_costs_the_field_and_not_the_message() {
        let head = MessageHead::of(&json!({
            "id": "A", "receivedDateTime": "yesterday", "subject": 7, "from": null, "isRead": true,
        }))
        .unwrap();
        assert_eq!((head.id.as_str(), head.is_read), ("A", Some(true)));
        assert_eq!(
            (head.received_at, head.subject, head.from),
            (None, None, None)
        );
        assert_eq!(MessageHead::of(&json!({"subject": "no id"})), None);
    }

    #[test]
    fn debug_shows_neither_subject_nor_sender() {
        let head = MessageHead::of(&json!({
            "id": "A", "subject": "salary",
            "from": {"emailAddress": {"name": "Carl", "address": "carl@customer.example"}},
        }))
        .unwrap();
        let shown = format!("{head:?} {:?}", head.from);
        assert!(
            !shown.contains("salary") && !shown.contains("carl"),
            "{shown}"
        );
    }
}
