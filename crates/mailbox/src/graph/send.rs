use base64::{Engine as _, engine::general_purpose::STANDARD};
use reqwest::{Method, StatusCode};

use super::answer::Answer;
use super::call::Call;
use super::classify::Target;
use super::client::GraphClient;
use crate::{AccessToken, MailboxAddress, MailboxError, MessageHead, Outgoing, Sent};

mod large;
mod upload;

/// "The maximum request length supported is 4MB": of the base64 form, a third larger than the message.
const SMALL: usize = 3_000_000;

impl GraphClient {
    /// Sends a message and keeps a copy in the Sent Items of the mailbox that it goes out from: a small one in one
    /// request (Microsoft Graph: "user: sendMail", MIME), a large one as a draft whose attachments are uploaded
    /// ("Attach large files to Outlook messages").
    ///
    /// # Errors
    /// [`MailboxError`]; `SendAsDenied` for a wrong `From`; `TooLarge` for what a draft cannot carry. When
    /// [`MailboxError::maybe_done`] is true the message may be on its way: ask [`GraphClient::find_sent`]. Any success
    /// but 202 is `Refused`: Graph was seen to answer 200 to a large message and not send it.
    pub async fn send(
        &self,
        token: &AccessToken,
        mailbox: &MailboxAddress,
        outgoing: &Outgoing<'_>,
    ) -> Result<Sent, MailboxError> {
        let at = self.clock.now();
        if outgoing.mime.len() > SMALL {
            let id = self.send_large(token, mailbox, outgoing.mime).await?;
            return Ok(Sent::new(outgoing, Some(id), at));
        }
        let url = self.url(mailbox, &["sendMail"])?;
        let call = Call::new("send_mail", Method::POST, token, url, Target::Mailbox);
        let answer = self
            .once(&call.text(STANDARD.encode(outgoing.mime)))
            .await?;
        accepted(&answer)?;
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

fn accepted(answer: &Answer) -> Result<(), MailboxError> {
    match answer.status {
        StatusCode::ACCEPTED => Ok(()),
        status => Err(MailboxError::Refused {
            status: status.as_u16(),
            support: answer.support.clone(),
        }),
    }
}

#[cfg(test)]
pub(super) mod tests;
