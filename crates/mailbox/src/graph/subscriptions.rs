//! Subscriptions to the messages of a folder (Microsoft Graph: "subscription resource type", "Outlook change
//! notifications overview").

use chrono::{DateTime, SecondsFormat, TimeDelta, Utc};
use reqwest::Method;
use secrecy::{ExposeSecret as _, SecretString};
use serde_json::json;
use url::Url;

use super::answer::Json;
use super::call::Call;
use super::classify::Target;
use super::client::GraphClient;
use super::path::literal;
use crate::{AccessToken, MailboxAddress, MailboxError};

/// The longest life of a subscription to messages is 10,080 minutes; ten less leave room for clocks that differ.
pub const LONGEST_SUBSCRIPTION: TimeDelta = TimeDelta::minutes(10_070);

/// What to subscribe to, and whom Microsoft tells.
#[derive(Clone, Copy, Debug)]
pub struct NewSubscription<'a> {
    /// A well-known name or an id.
    pub folder: &'a str,
    /// Gets the notifications of changes. Microsoft asks it to prove itself before the call returns.
    pub notification_url: &'a Url,
    /// Gets what concerns the subscription itself. Cannot be added later.
    pub lifecycle_url: &'a Url,
    /// Comes with every notification; at most 128 characters.
    pub client_state: &'a SecretString,
}

/// A subscription as Microsoft keeps it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Subscription {
    /// Microsoft's id.
    pub id: String,
    /// When it ends unless it is renewed.
    pub expires_at: DateTime<Utc>,
}

impl GraphClient {
    /// Subscribes to messages that appear in a folder, for as long as Microsoft lets us.
    ///
    /// # Errors
    /// [`MailboxError`]; `AccessDenied` on a mailbox that is another's, which a person's sign-in cannot subscribe to;
    /// `Refused` when a URL did not prove itself.
    pub async fn subscribe(
        &self,
        token: &AccessToken,
        mailbox: &MailboxAddress,
        new: &NewSubscription<'_>,
    ) -> Result<Subscription, MailboxError> {
        let owner = match mailbox {
            MailboxAddress::Me => "me".to_owned(),
            MailboxAddress::Shared(address) => format!("users/{address}"),
        };
        let resource = format!("{owner}/mailFolders({})/messages", literal(new.folder));
        let body = json!({
            "changeType": "created",
            "notificationUrl": new.notification_url,
            "lifecycleNotificationUrl": new.lifecycle_url,
            "resource": resource,
            "expirationDateTime": self.latest(),
            "clientState": new.client_state.expose_secret(),
        });
        let url = self.subscriptions_url(&[])?;
        let call = Call::new("subscribe", Method::POST, token, url, Target::Folder);
        read(&self.once(&call.json(body)).await?.json()?)
    }

    /// Gives a subscription as much life again as Microsoft lets us.
    ///
    /// # Errors
    /// [`MailboxError`]; `ItemMissing` when it is gone: subscribe anew.
    pub async fn renew_subscription(
        &self,
        token: &AccessToken,
        id: &str,
    ) -> Result<Subscription, MailboxError> {
        let url = self.subscriptions_url(&[id])?;
        let call = Call::new(
            "renew_subscription",
            Method::PATCH,
            token,
            url,
            Target::Item,
        );
        let body = json!({ "expirationDateTime": self.latest() });
        read(&self.once(&call.json(body)).await?.json()?)
    }

    /// Shows Microsoft that the sign-in is still good, after it asked (`reauthorizationRequired`).
    ///
    /// # Errors
    /// [`MailboxError`]; `ItemMissing` when the subscription is gone: subscribe anew.
    pub async fn reauthorise_subscription(
        &self,
        token: &AccessToken,
        id: &str,
    ) -> Result<(), MailboxError> {
        let url = self.subscriptions_url(&[id, "reauthorize"])?;
        let operation = "reauthorise_subscription";
        let call = Call::new(operation, Method::POST, token, url, Target::Item);
        self.once(&call).await.map(drop)
    }

    /// Ends a subscription. One that is gone already is no failure.
    ///
    /// # Errors
    /// [`MailboxError`].
    pub async fn delete_subscription(
        &self,
        token: &AccessToken,
        id: &str,
    ) -> Result<(), MailboxError> {
        let url = self.subscriptions_url(&[id])?;
        let call = Call::new(
            "delete_subscription",
            Method::DELETE,
            token,
            url,
            Target::Item,
        );
        match self.once(&call).await {
            Ok(_) | Err(MailboxError::ItemMissing(_)) => Ok(()),
            Err(error) => Err(error),
        }
    }

    fn latest(&self) -> String {
        let latest = self.clock.now() + LONGEST_SUBSCRIPTION;
        latest.to_rfc3339_opts(SecondsFormat::Secs, true)
    }

    fn subscriptions_url(&self, rest: &[&str]) -> Result<Url, MailboxError> {
        let mut segments = vec!["subscriptions"];
        segments.extend(rest);
        self.below(&segments)
    }
}

fn read(json: &Json) -> Result<Subscription, MailboxError> {
    let expires = json.required("expirationDateTime")?;
    Ok(Subscription {
        id: json.required("id")?,
        expires_at: expires.parse().map_err(|_| json.garbled())?,
    })
}

#[cfg(test)]
mod tests;
