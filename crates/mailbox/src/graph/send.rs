use base64::{Engine as _, engine::general_purpose::STANDARD};
use reqwest::{Method, StatusCode};

use super::call::Call;
use super::classify::Target;
use super::client::GraphClient;
use super::error::GraphError;
use crate::{AccessToken, MailboxAddress, MessageHead, Support};

/// "The maximum request length supported is 4MB": of the base64 form, a third larger than the message.
const REQUEST_LIMIT: usize = 4 << 20;

impl GraphClient {
    /// The largest message, in bytes of its MIME form, that [`GraphClient::send_mime`] can carry.
    pub const SEND_LIMIT: u64 = (REQUEST_LIMIT / 4 * 3) as u64;

    /// Sends a message given in MIME form and keeps a copy in Sent Items (Microsoft Graph: "user: sendMail").
    /// Graph gives no id: to learn later whether it went out, give it a `Message-ID` of your own and ask
    /// [`GraphClient::find_sent`].
    ///
    /// # Errors
    /// [`GraphError`]; `TooLarge` beyond [`GraphClient::SEND_LIMIT`]; `SendAsDenied` for a wrong `From`. When
    /// [`GraphError::maybe_done`] is true the message may be on its way. Any success but 202 is `Refused`:
    /// Graph was seen to answer 200 to a large message and not send it.
    pub async fn send_mime(
        &self,
        token: &AccessToken,
        mailbox: &MailboxAddress,
        mime: &[u8],
    ) -> Result<(), GraphError> {
        if mime.len() as u64 > Self::SEND_LIMIT {
            let support = Support::default();
            return Err(GraphError::TooLarge {
                limit: Self::SEND_LIMIT,
                support,
            });
        }
        let url = self.url(mailbox, &["sendMail"])?;
        let call = Call::new("send_mail", Method::POST, token, url, Target::Mailbox);
        let answer = self.once(&call.text(STANDARD.encode(mime))).await?;
        if answer.status == StatusCode::ACCEPTED {
            Ok(())
        } else {
            Err(GraphError::Refused {
                status: answer.status.as_u16(),
                support: answer.support,
            })
        }
    }

    /// The message in Sent Items that has this `Message-ID`, to learn whether a send of unknown outcome
    /// happened. The copy can appear some seconds after the message was accepted.
    ///
    /// # Errors
    /// [`GraphError`].
    pub async fn find_sent(
        &self,
        token: &AccessToken,
        mailbox: &MailboxAddress,
        internet_message_id: &str,
    ) -> Result<Option<MessageHead>, GraphError> {
        self.find_by_message_id(token, mailbox, "sentitems", internet_message_id)
            .await
    }
}

#[cfg(test)]
mod tests;
