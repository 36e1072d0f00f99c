use bytes::Bytes;

use super::call::Call;
use super::classify::Target;
use super::client::GraphClient;
use crate::{AccessToken, MailboxAddress, MailboxError};

impl GraphClient {
    /// The message as it is, RFC 5322 with MIME (Microsoft Graph: "Get MIME content of a message").
    ///
    /// # Errors
    /// [`MailboxError`]; `TooLarge` beyond `max_bytes`, read no further than that; `ItemMissing` when it is gone.
    pub async fn raw(
        &self,
        token: &AccessToken,
        mailbox: &MailboxAddress,
        id: &str,
        max_bytes: u64,
    ) -> Result<Bytes, MailboxError> {
        let url = self.url(mailbox, &["messages", id, "$value"])?;
        let call = Call::get("get_raw", token, url, Target::Item).at_most(max_bytes);
        Ok(self.read(&call).await?.body)
    }
}

#[cfg(test)]
mod tests;
