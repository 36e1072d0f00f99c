//! The small requests by which a ping proves rights.

use super::call::{Call, On, Target};
use super::client::EwsClient;
use super::message::the_item;
use super::names::folder_id;
use super::send::create_item;
use crate::{AccessToken, MailboxAddress, MailboxError};

/// A person who finds it in a folder must understand where it comes from.
const DRAFT: &str = "Subject: Postroom connection test (can be deleted)\r\n\
    MIME-Version: 1.0\r\nContent-Type: text/plain; charset=utf-8\r\n\r\n";

impl EwsClient {
    pub(crate) async fn list_one(
        &self,
        token: &AccessToken,
        mailbox: &MailboxAddress,
        folder: &str,
    ) -> Result<(), MailboxError> {
        let on = On { token, mailbox };
        self.find(on, folder, None, 1).await.map(drop)
    }

    /// A draft, created and deleted for good.
    pub(crate) async fn test_draft(
        &self,
        token: &AccessToken,
        mailbox: &MailboxAddress,
    ) -> Result<(), MailboxError> {
        let on = On { token, mailbox };
        let drafts = folder_id(mailbox, "drafts");
        let body = create_item("SaveOnly", Some(drafts), DRAFT.as_bytes());
        let call = Call::change("create_draft", on, Target::Mailbox, body)?;
        let id = self
            .once(&call, |message| {
                super::answer::id(the_item(message)?, "ItemId")
            })
            .await?;
        self.remove(on, &id, "HardDelete").await
    }

    /// A message that cannot go anywhere, because it has no recipient, and of which no copy is kept.
    pub(crate) async fn send_nothing(
        &self,
        token: &AccessToken,
        mailbox: &MailboxAddress,
        from: &str,
    ) -> Result<(), MailboxError> {
        if from.chars().any(char::is_control) {
            return Err(MailboxError::Unwritable);
        }
        let mime = format!("From: <{from}>\r\n{DRAFT}");
        let body = create_item("SendOnly", None, mime.as_bytes());
        let call = Call::change("send_mail", On { token, mailbox }, Target::Mailbox, body)?;
        self.once(&call, |_| Some(())).await
    }
}
