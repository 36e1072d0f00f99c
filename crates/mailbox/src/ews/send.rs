use base64::{Engine as _, engine::general_purpose::STANDARD};

use super::call::{Call, On};
use super::client::EwsClient;
use super::codes::Target;
use super::element::{Element, element};
use super::error::EwsError;
use super::names::folder_id;
use crate::{AccessToken, MailboxAddress, MessageHead};

impl EwsClient {
    /// Sends a message given in MIME form and keeps a copy in the Sent Items of the mailbox that it goes out from
    /// (Exchange web services: "CreateItem", `SendAndSaveCopy`). Exchange gives no id: to learn later whether it went
    /// out, give it a `Message-ID` of your own and ask [`EwsClient::find_sent`].
    ///
    /// # Errors
    /// [`EwsError`]; `TooLarge` for what Exchange does not take; `SendAsDenied` for a wrong `From`. When
    /// [`EwsError::maybe_done`] is true the message may be on its way.
    pub async fn send_mime(
        &self,
        token: &AccessToken,
        mailbox: &MailboxAddress,
        mime: &[u8],
    ) -> Result<(), EwsError> {
        let body = create_item("SendAndSaveCopy", folder_id(mailbox, "sentitems"), mime);
        let call = Call::change("send_mail", On { token, mailbox }, Target::Mailbox, body)?;
        self.once(&call, |_| Some(())).await
    }

    /// The message in Sent Items that has this `Message-ID`, to learn whether a send of unknown outcome happened. The
    /// copy can appear some seconds after the message was accepted.
    ///
    /// # Errors
    /// [`EwsError`].
    pub async fn find_sent(
        &self,
        token: &AccessToken,
        mailbox: &MailboxAddress,
        internet_message_id: &str,
    ) -> Result<Option<MessageHead>, EwsError> {
        self.find_by_message_id(token, mailbox, "sentitems", internet_message_id)
            .await
    }
}

pub(super) fn create_item<'a>(
    disposition: &'static str,
    folder: Element<'a>,
    mime: &[u8],
) -> Element<'a> {
    let mime = element("t:MimeContent")
        .attribute("CharacterSet", "UTF-8")
        .text(STANDARD.encode(mime));
    element("m:CreateItem")
        .attribute("MessageDisposition", disposition)
        .child(element("m:SavedItemFolderId").child(folder))
        .child(element("m:Items").child(element("t:Message").child(mime)))
}

#[cfg(test)]
mod tests;
