//! Fetching raw mails. Every message of a page becomes a mail of the ledger, also one that cannot be fetched.

use bytes::Bytes;
use chrono::{DateTime, Utc};
use futures_util::{FutureExt as _, StreamExt as _, TryStreamExt as _, stream};
use postroom_mail::ParsedMail;
use postroom_mailbox::graph::{GraphError, MessageHead};
use postroom_registry::{SourceId, mail::NewMail};

use super::Poll;
use crate::failure::Failure;

/// Raw mails that are held in memory at once; Graph takes four requests at once for a mailbox.
pub(super) const AT_ONCE: usize = 3;
/// Exchange Online takes no message over 150 MB.
const MAX_BYTES: u64 = 150 << 20;
/// After so many failed polls a message that Microsoft cannot give holds up its mailbox no longer.
const PATIENCE: i32 = 5;

/// A mail as it goes into the ledger.
pub(super) struct Fetched {
    head: MessageHead,
    received_at: DateTime<Utc>,
    raw: Bytes,
    parsed: ParsedMail,
}

impl Fetched {
    pub(super) fn row(&self, source_id: SourceId) -> NewMail<'_> {
        let from = self.parsed.from.as_ref();
        NewMail {
            source_id,
            immutable_id: &self.head.id,
            message_id: self.parsed.message_id.as_deref(),
            received_at: self.received_at,
            from_name: from
                .and_then(|from| from.name.as_deref())
                .unwrap_or_default(),
            from_address: from.map(|from| from.address.as_str()).unwrap_or_default(),
            subject: &self.parsed.subject,
            raw: &self.raw,
        }
    }
}

impl Poll<'_> {
    /// The raw mails of `heads`, without those that are gone meanwhile.
    pub(super) async fn fetch(&self, heads: &[&MessageHead]) -> Result<Vec<Fetched>, Failure> {
        let mut calls = Vec::with_capacity(heads.len());
        for head in heads {
            calls.push(self.fetch_one(head).boxed());
        }
        let fetched: Vec<Option<Fetched>> =
            stream::iter(calls).buffered(AT_ONCE).try_collect().await?;
        Ok(fetched.into_iter().flatten().collect())
    }

    async fn fetch_one(&self, head: &MessageHead) -> Result<Option<Fetched>, Failure> {
        let permit = self.environment.graph_permit(&self.source.mailbox).await;
        let graph = &self.environment.graph;
        let raw = graph
            .raw(&self.token, &self.mailbox, &head.id, MAX_BYTES)
            .await;
        drop(permit);
        let raw = match raw {
            Ok(raw) => raw,
            // Deleted or moved since it was listed.
            Err(GraphError::ItemMissing(_)) => return Ok(None),
            Err(error) if self.is_this_mails_own(&error) => Bytes::from(stand_in(head, &error)),
            Err(error) => return Err(error.into()),
        };
        Ok(Some(Fetched {
            head: head.clone(),
            received_at: head
                .received_at
                .unwrap_or_else(|| self.environment.clock().now()),
            parsed: ParsedMail::parse(&raw),
            raw,
        }))
    }

    /// One bad mail never stops its mailbox: what is wrong with this mail alone, or fails again and again, is taken
    /// in as a stand-in that says so.
    fn is_this_mails_own(&self, error: &GraphError) -> bool {
        match error {
            GraphError::TooLarge { .. } | GraphError::Refused { .. } | GraphError::BadId => true,
            GraphError::Server { .. } | GraphError::Garbled { .. } => {
                self.source.failures >= PATIENCE
            }
            _ => false,
        }
    }
}

/// A mail in the place of one that Microsoft does not give: who, what, and why it is not whole.
fn stand_in(head: &MessageHead, error: &GraphError) -> Vec<u8> {
    let line = |text: &str| text.chars().filter(|c| !c.is_control()).collect::<String>();
    let from = head.from.as_ref().map_or_else(String::new, |from| {
        format!(
            "From: \"{}\" <{}>\r\n",
            line(&from.name).replace(['"', '\\'], ""),
            line(&from.address)
        )
    });
    let id = head
        .internet_message_id
        .as_deref()
        .map_or_else(String::new, |id| format!("Message-ID: {}\r\n", line(id)));
    let subject = line(head.subject.as_deref().unwrap_or_default());
    format!(
        "{from}{id}Subject: {subject}\r\nMIME-Version: 1.0\r\nContent-Type: text/plain; charset=utf-8\r\n\
         Content-Transfer-Encoding: 8bit\r\n\r\n\
         Microsoft did not give this mail to Postroom ({error}). It is still in the mailbox; please read it there.\r\n"
    )
    .into_bytes()
}

#[cfg(test)]
mod tests {
    use postroom_mailbox::graph::{Sender, Support};

    use super::*;

    #[test]
    fn a_stand_in_is_a_mail_that_names_sender_subject_and_reason() {
        let head = MessageHead {
            id: "AAQk".to_owned(),
            internet_message_id: Some("<big@customer.example>".to_owned()),
            received_at: None,
            subject: Some("Film\r\nBcc: x@y.example".to_owned()),
            from: Some(Sender {
                name: "Carl \"C\"".to_owned(),
                address: "carl@customer.example".to_owned(),
            }),
            is_read: None,
            conversation_id: None,
            folder_id: None,
        };
        let error = GraphError::TooLarge {
            limit: 7,
            support: Support::default(),
        };
        let mail = ParsedMail::parse(&stand_in(&head, &error));
        assert_eq!(mail.from.unwrap().address, "carl@customer.example");
        assert_eq!(mail.message_id.as_deref(), Some("big@customer.example"));
        assert_eq!(mail.subject, "FilmBcc: x@y.example");
        assert!(mail.text.unwrap().contains("larger than 7 bytes"));
    }
}
