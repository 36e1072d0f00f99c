//! Fetching raw mails. Every message of a page becomes a mail of the ledger, also one that cannot be fetched.

use bytes::Bytes;
use chrono::{DateTime, Utc};
use futures_util::{FutureExt as _, StreamExt as _, TryStreamExt as _, stream};
use postroom_mail::ParsedMail;
use postroom_mailbox::{ErrorKind, MessageHead};
use postroom_registry::{SourceId, mail::NewMail};

use super::Intake;
use crate::failure::Failure;

/// Raw mails that are held in memory at once; Microsoft takes four requests at once for a mailbox.
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

impl Intake<'_> {
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
        let raw = match self.mailbox.raw(&head.id, MAX_BYTES).await {
            Ok(raw) => raw,
            Err(error) => {
                let failure = Failure::from(error);
                match failure.kind() {
                    // Deleted or moved since it was listed.
                    Some(ErrorKind::ItemMissing) => return Ok(None),
                    Some(kind) if is_this_mails_own(kind, self.source.failures) => {
                        Bytes::from(stand_in(head, &failure.sentence()))
                    }
                    _ => return Err(failure),
                }
            }
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
}

/// One bad mail never stops its mailbox: what is wrong with this mail alone, or fails again and again, is taken in as
/// a stand-in that says so.
fn is_this_mails_own(kind: ErrorKind, failures: i32) -> bool {
    match kind {
        ErrorKind::TooLarge | ErrorKind::Refused => true,
        ErrorKind::Server => failures >= PATIENCE,
        _ => false,
    }
}

/// A mail in the place of one that Microsoft does not give: who, what, and why it is not whole.
fn stand_in(head: &MessageHead, why: &str) -> Vec<u8> {
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
         Microsoft did not give this mail to Postroom: {why} It is still in the mailbox; please read it there.\r\n"
    )
    .into_bytes()
}

#[cfg(test)]
mod tests {
    use postroom_mailbox::Sender;

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
        let mail = ParsedMail::parse(&stand_in(&head, "The message is too large."));
        assert_eq!(mail.from.unwrap().address, "carl@customer.example");
        assert_eq!(mail.message_id.as_deref(), Some("big@customer.example"));
        assert_eq!(mail.subject, "FilmBcc: x@y.example");
        assert!(mail.text.unwrap().contains("is too large"));
    }
}
