use actix_web::{post, web};
use postroom_registry::{
    AlertChannelId, TenantId, TenantTx,
    alert_channel::{self, ChannelKind, Format},
    audit::{self, Action},
    connection::ConnectionState,
    outbound,
};
use reqwest::Method;
use secrecy::{ExposeSecret as _, SecretString};
use serde_json::{Value, json};
use url::Url;
use uuid::Uuid;

use super::view::{AlertChannel, view};
use crate::{
    Api, Problem,
    doors::Administrator,
    problem::ErrorBody,
    routes::{outbounds::Posting, trail::did_to_channel},
};

/// Sends a message to a channel, to see that it arrives. `last_sent_at` and `last_error` say what came of it.
#[utoipa::path(
    tag = "alerts",
    params(("id" = Uuid, Path)),
    responses((status = OK, body = AlertChannel), (status = "default", body = ErrorBody))
)]
#[post("/alert-channels/{id}/test")]
pub(crate) async fn test_alert_channel(
    api: web::Data<Api>,
    caller: Administrator,
    id: web::Path<Uuid>,
) -> Result<web::Json<AlertChannel>, Problem> {
    let tx = api.registry.begin(caller.tenant).await?;
    let row = alert_channel::find(&tx, AlertChannelId(*id)).await?;
    let target = alert_channel::target(&tx, &row).await?;
    let by = sender(&tx, &row).await?;
    tx.commit().await?;
    let site = caller.site.name();
    let sent = match (row.kind, by) {
        (ChannelKind::Webhook, _) => call(&api, &row, &target, &site).await,
        (ChannelKind::Mail, Some(by)) => mail(&api, caller.tenant, &by, &target, &site).await,
        (ChannelKind::Mail, None) => Err("There is no message outbound that works.".to_owned()),
    };
    let tx = api.registry.begin(caller.tenant).await?;
    let error = sent.err();
    alert_channel::told(&tx, row.id, error.as_deref()).await?;
    let outcome = error.as_deref().unwrap_or("sent");
    let entry = did_to_channel(&caller, Action::AlertChannelTested, &row);
    audit::record(&tx, &entry.changed("outcome", None, Some(outcome))).await?;
    let row = alert_channel::find(&tx, row.id).await?;
    let seen = view(&tx, row).await?;
    tx.commit().await?;
    Ok(web::Json(seen))
}

/// What a mail goes out by: what the channel names, else the first outbound that works.
async fn sender(
    tx: &TenantTx,
    row: &alert_channel::Model,
) -> Result<Option<outbound::Model>, Problem> {
    let all = outbound::list(tx).await?.into_iter();
    let mut fit = all.filter(|it| match row.outbound_id {
        Some(id) => it.id == id,
        None => it.state == ConnectionState::Active,
    });
    Ok(fit.next())
}

async fn mail(
    api: &Api,
    tenant: TenantId,
    by: &outbound::Model,
    target: &SecretString,
    site: &str,
) -> Result<(), String> {
    let posting = Posting {
        to: target.expose_secret(),
        subject: format!("Test alert from Postroom for {site}"),
        text: words(site),
    };
    match api.post(tenant, by, posting).await {
        Ok(_) => Ok(()),
        Err(problem) => Err(problem.message().to_owned()),
    }
}

async fn call(
    api: &Api,
    row: &alert_channel::Model,
    target: &SecretString,
    site: &str,
) -> Result<(), String> {
    let url = Url::parse(target.expose_secret())
        .map_err(|_| "The address of the webhook cannot be read.".to_owned())?;
    let format = row.format.unwrap_or(Format::Generic);
    let http = &api.alerts;
    let request = http.request(Method::POST, url);
    let request = request.json(&message(format, &words(site)));
    match http.send("test_alert", request).await {
        Ok(answer) if answer.status().is_success() => Ok(()),
        Ok(answer) => Err(format!(
            "The chat tool answered with status {}.",
            answer.status().as_u16()
        )),
        Err(error) => {
            tracing::info!(cause = %error, "a webhook was not called");
            Err("The chat tool could not be reached.".to_owned())
        }
    }
}

fn words(site: &str) -> String {
    format!("This is a test of Postroom for {site}. Alerts about mailboxes arrive here.")
}

/// The message as the chat tool understands it (*Sending messages using incoming webhooks*, Slack; *Create an Incoming
/// Webhook*, Microsoft Teams).
fn message(format: Format, text: &str) -> Value {
    match format {
        Format::Slack => json!({ "text": text }),
        Format::Teams => json!({
            "type": "message",
            "attachments": [{
                "contentType": "application/vnd.microsoft.card.adaptive",
                "content": {
                    "$schema": "http://adaptivecards.io/schemas/adaptive-card.json",
                    "type": "AdaptiveCard",
                    "version": "1.4",
                    "body": [{ "type": "TextBlock", "text": text, "wrap": true }],
                },
            }],
        }),
        Format::Generic => json!({ "event": "test", "text": text }),
    }
}
