//! The only calls that change a received message: what a source does once its mail is delivered.

use reqwest::Method;
use serde_json::{Value, json};

use super::call::Call;
use super::classify::Target;
use super::client::GraphClient;
use super::path::query;
use crate::{AccessToken, MailboxAddress, MailboxError};

impl GraphClient {
    /// Marks a message read. Doing it twice does no harm.
    ///
    /// # Errors
    /// [`MailboxError`]; `ItemMissing` when it is gone.
    pub async fn mark_read(
        &self,
        token: &AccessToken,
        mailbox: &MailboxAddress,
        id: &str,
    ) -> Result<(), MailboxError> {
        let url = self.url(mailbox, &["messages", id])?;
        let call = Call::new("mark_read", Method::PATCH, token, url, Target::Item);
        self.once(&call.json(json!({ "isRead": true })))
            .await
            .map(drop)
    }

    /// Adds a category to those that a message has. Doing it twice does no harm.
    ///
    /// # Errors
    /// [`MailboxError`]; `ItemMissing` when it is gone.
    pub async fn categorise(
        &self,
        token: &AccessToken,
        mailbox: &MailboxAddress,
        id: &str,
        category: &str,
    ) -> Result<(), MailboxError> {
        let url = self.url(mailbox, &["messages", id])?;
        let asked = query(url.clone(), &[("$select", "categories")]);
        let call = Call::get("get_categories", token, asked, Target::Item);
        let json = self.read(&call).await?.json()?;
        let mut all = categories(&json.value);
        if all.iter().any(|has| has == category) {
            return Ok(());
        }
        all.push(category.to_owned());
        let call = Call::new("categorise", Method::PATCH, token, url, Target::Item);
        self.once(&call.json(json!({ "categories": all })))
            .await
            .map(drop)
    }

    /// Moves a message to a folder (well-known name or id) and returns the id it has there.
    ///
    /// # Errors
    /// [`MailboxError`]; `ItemMissing` when it is gone. When [`MailboxError::maybe_done`], look with
    /// [`GraphClient::message`] where it lies: an immutable id survives the move.
    pub async fn move_to(
        &self,
        token: &AccessToken,
        mailbox: &MailboxAddress,
        id: &str,
        folder: &str,
    ) -> Result<String, MailboxError> {
        let url = self.url(mailbox, &["messages", id, "move"])?;
        let call = Call::new("move_message", Method::POST, token, url, Target::Item);
        let answer = self
            .once(&call.json(json!({ "destinationId": folder })))
            .await?;
        answer.json()?.required("id")
    }

    /// Deletes a message.
    ///
    /// # Errors
    /// [`MailboxError`]; `ItemMissing` when it is gone already.
    pub async fn delete(
        &self,
        token: &AccessToken,
        mailbox: &MailboxAddress,
        id: &str,
    ) -> Result<(), MailboxError> {
        let url = self.url(mailbox, &["messages", id])?;
        let call = Call::new("delete_message", Method::DELETE, token, url, Target::Item);
        self.once(&call).await.map(drop)
    }
}

fn categories(message: &Value) -> Vec<String> {
    let listed = message.get("categories").and_then(Value::as_array);
    let names = listed.into_iter().flatten().filter_map(Value::as_str);
    names.map(str::to_owned).collect()
}

#[cfg(test)]
mod tests;
