use super::client::GraphClient;
use super::error::GraphError;
use super::message::FIELDS;
use super::path::{literal, query};
use crate::{AccessToken, MailboxAddress, MessageHead};

impl GraphClient {
    /// The message of a folder (well-known name or id) that has this `Message-ID`.
    ///
    /// # Errors
    /// [`GraphError`]; `FolderMissing` when the folder is gone.
    pub async fn find_by_message_id(
        &self,
        token: &AccessToken,
        mailbox: &MailboxAddress,
        folder: &str,
        internet_message_id: &str,
    ) -> Result<Option<MessageHead>, GraphError> {
        let bare = internet_message_id
            .trim()
            .trim_start_matches('<')
            .trim_end_matches('>');
        let filter = format!("internetMessageId eq {}", literal(&format!("<{bare}>")));
        let url = query(
            self.url(mailbox, &["mailFolders", folder, "messages"])?,
            &[("$select", FIELDS), ("$filter", &filter), ("$top", "1")],
        );
        let (heads, _) = self.list_page(token, url).await?;
        Ok(heads.into_iter().next())
    }
}
