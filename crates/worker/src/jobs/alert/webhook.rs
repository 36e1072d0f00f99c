//! A chat tool's webhook. The client calls the allowed hosts and no other.

use postroom_registry::alert_channel::{self, Format};
use reqwest::Method;
use secrecy::{ExposeSecret as _, SecretString};
use serde_json::{Value, json};
use url::Url;

use super::{End, words::Message};
use crate::Environment;

pub(super) async fn tell(
    environment: &Environment,
    channel: &alert_channel::Model,
    target: &SecretString,
    message: &Message,
) -> End {
    let Ok(url) = Url::parse(target.expose_secret()) else {
        return End::Failed("The address of the webhook cannot be read.".to_owned());
    };
    let format = channel.format.unwrap_or(Format::Generic);
    let request = environment.chat.request(Method::POST, url);
    let request = request.json(&body(format, message));
    match environment.chat.send("alert", request).await {
        Ok(answer) if answer.status().is_success() => End::Sent,
        Ok(answer) => End::Failed(format!(
            "The chat tool answered with status {}.",
            answer.status().as_u16()
        )),
        Err(error) => {
            tracing::info!(channel = %channel.id, cause = %error, "a webhook was not called");
            End::Failed("The chat tool could not be reached.".to_owned())
        }
    }
}

/// As the chat tool takes it (*Sending messages using incoming webhooks*, Slack; *Create an Incoming Webhook*,
/// Microsoft Teams).
fn body(format: Format, message: &Message) -> Value {
    match format {
        Format::Slack => json!({ "text": message.text() }),
        Format::Teams => json!({
            "type": "message",
            "attachments": [{
                "contentType": "application/vnd.microsoft.card.adaptive",
                "content": card(message),
            }],
        }),
        Format::Generic => json!({
            "event": format!("incident.{}", message.phase.word()),
            "kind": message.kind.word(),
            "subject": { "kind": message.what, "name": message.name },
            "site": message.site,
            "title": message.title(),
            "text": message.lines().join("\n"),
            "error_code": message.detail.error_code,
            "opened_at": message.opened_at,
            "closed_at": message.closed_at,
            "sender": message.sender,
        }),
    }
}

fn card(message: &Message) -> Value {
    let mut lines = vec![json!({
        "type": "TextBlock", "text": message.title(), "weight": "Bolder", "size": "Medium", "wrap": true,
    })];
    lines.extend(
        message
            .lines()
            .into_iter()
            .map(|line| json!({ "type": "TextBlock", "text": line, "wrap": true })),
    );
    json!({
        "$schema": "http://adaptivecards.io/schemas/adaptive-card.json",
        "type": "AdaptiveCard",
        "version": "1.4",
        "body": lines,
    })
}
