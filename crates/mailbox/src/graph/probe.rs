//! The small requests by which a ping proves rights.

use reqwest::Method;
use serde_json::json;

use super::call::Call;
use super::classify::Target;
use super::client::GraphClient;
use super::path::query;
use crate::{AccessToken, MailboxAddress, MailboxError};

/// A person who finds it in a folder must understand where it comes from.
const SUBJECT: &str = "Postroom connection test (can be deleted)";

impl GraphClient {
    pub(crate) async fn list_one(
        &self,
        token: &AccessToken,
        mailbox: &MailboxAddress,
        folder: &str,
    ) -> Result<(), MailboxError> {
        let url = self.url(mailbox, &["mailFolders", folder, "messages"])?;
        let url = query(url, &[("$select", "id"), ("$top", "1")]);
        self.list_page(token, url).await.map(drop)
    }

    /// A draft, created and deleted again.
    pub(crate) async fn test_draft(
        &self,
        token: &AccessToken,
        mailbox: &MailboxAddress,
    ) -> Result<(), MailboxError> {
        let url = self.url(mailbox, &["messages"])?;
        let call = Call::new("create_draft", Method::POST, token, url, Target::Mailbox);
        let answer = self.once(&call.json(json!({ "subject": SUBJECT }))).await?;
        let id = answer.json()?.required("id")?;
        self.delete(token, mailbox, &id).await
    }

    /// A message that cannot go anywhere, because it has no recipient, and of which no copy is kept.
    pub(crate) async fn send_nothing(
        &self,
        token: &AccessToken,
        mailbox: &MailboxAddress,
        from: &str,
    ) -> Result<(), MailboxError> {
        let url = self.url(mailbox, &["sendMail"])?;
        let call = Call::new("send_mail", Method::POST, token, url, Target::Mailbox);
        let message = json!({
            "subject": SUBJECT,
            "from": { "emailAddress": { "address": from } },
            "toRecipients": [],
        });
        let body = json!({ "message": message, "saveToSentItems": false });
        self.once(&call.json(body)).await.map(drop)
    }
}
