use super::client::GraphClient;
use super::message::FIELDS;
use super::path::{literal, query};
use crate::{AccessToken, MailboxAddress, MailboxError, MessageHead};

impl GraphClient {
    /// The message of a folder (well-known name or id) that has this `Message-ID`.
    ///
    /// # Errors
    /// [`MailboxError`]; `FolderMissing` when the folder is gone.
    pub async fn find_by_message_id(
        &self,
        token: &AccessToken,
        mailbox: &MailboxAddress,
        folder: &str,
        internet_message_id: &str,
    ) -> Result<Option<MessageHead>, MailboxError> {
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

#[cfg(test)]
mod tests {
    use serde_json::json;
    use wiremock::matchers::{path, query_param};
    use wiremock::{Mock, MockServer};

    use super::super::testing::{ok, online, token};
    use super::*;

    #[tokio::test]
    async fn the_named_folder_is_searched_and_no_other() {
        let server = MockServer::start().await;
        Mock::given(path("/v1.0/me/mailFolders/F/messages"))
            .and(query_param(
                "$filter",
                "internetMessageId eq '<1@x.example>'",
            ))
            .respond_with(ok(&json!({"value": [{"id": "A"}]})))
            .expect(1)
            .mount(&server)
            .await;
        let found = online(&server)
            .find_by_message_id(&token(), &MailboxAddress::Me, "F", "1@x.example")
            .await
            .unwrap();
        assert_eq!(found.map(|head| head.id).as_deref(), Some("A"));
    }
}
