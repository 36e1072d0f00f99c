use base64::{Engine as _, engine::general_purpose::STANDARD};

use super::call::{Call, On, Target};
use super::client::EwsClient;
use super::element::{Element, element};
use super::names::folder_id;
use crate::{AccessToken, MailboxAddress, MailboxError, MessageHead, Outgoing, Sent};

impl EwsClient {
    /// Sends a message given in MIME form and keeps a copy in the Sent Items of the mailbox that it goes out from
    /// (Exchange web services: "CreateItem", `SendAndSaveCopy`). Exchange gives no id: to learn later whether it went
    /// out, give it a `Message-ID` of your own and ask [`EwsClient::find_sent`].
    ///
    /// # Errors
    /// [`MailboxError`]; `TooLarge` for what Exchange does not take; `SendAsDenied` for a wrong `From`. When
    /// [`MailboxError::maybe_done`] is true the message may be on its way.
    pub async fn send(
        &self,
        token: &AccessToken,
        mailbox: &MailboxAddress,
        outgoing: &Outgoing<'_>,
    ) -> Result<Sent, MailboxError> {
        let at = self.clock.now();
        let sent_items = folder_id(mailbox, "sentitems");
        let body = create_item("SendAndSaveCopy", Some(sent_items), outgoing.mime);
        let call = Call::change("send_mail", On { token, mailbox }, Target::Mailbox, body)?;
        self.once(&call, |_| Some(())).await?;
        Ok(Sent::new(outgoing, None, at))
    }

    /// The message in Sent Items that has this `Message-ID`, to learn whether a send of unknown outcome happened. The
    /// copy can appear some seconds after the message was accepted.
    ///
    /// # Errors
    /// [`MailboxError`].
    pub async fn find_sent(
        &self,
        token: &AccessToken,
        mailbox: &MailboxAddress,
        internet_message_id: &str,
    ) -> Result<Option<MessageHead>, MailboxError> {
        self.find_by_message_id(token, mailbox, "sentitems", internet_message_id)
            .await
    }
}

pub(super) fn create_item<'a>(
    disposition: &'static str,
    folder: Option<Element<'a>>,
    mime: &[u8],
) -> Element<'a> {
    let mime = element("t:MimeContent")
        .attribute("CharacterSet", "UTF-8")
        .text(STANDARD.encode(mime));
    element("m:CreateItem")
        .attribute("MessageDisposition", disposition)
        .children(folder.map(|folder| element("m:SavedItemFolderId").child(folder)))
        .child(element("m:Items").child(element("t:Message").child(mime)))
}

#[cfg(test)]
mod tests;
