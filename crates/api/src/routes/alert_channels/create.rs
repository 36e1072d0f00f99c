use actix_web::{HttpResponse, post, web};
use postroom_registry::{
    alert_channel::{self, Change, NewChannel},
    audit::{self, Action},
};
use serde::Deserialize;
use utoipa::ToSchema;
use uuid::Uuid;

use super::{
    target,
    view::{AlertChannel, ChannelFormat, ChannelKind, view},
};
use crate::{
    Api, Problem,
    doors::Administrator,
    problem::ErrorBody,
    routes::{name, outbounds::known_outbound, trail::did_to_channel},
};

/// Channels of one site.
const MOST: usize = 20;

/// A new channel.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct AddAlertChannel {
    kind: ChannelKind,
    /// For people.
    name: String,
    /// A mail address, or the address of a webhook as the chat tool shows it.
    target: String,
    /// What the chat tool understands; `generic` unless told. None for mail.
    format: Option<ChannelFormat>,
    /// What its mails go out by; whichever outbound works unless told.
    outbound_id: Option<Uuid>,
    /// Whether it is used; it is unless told.
    enabled: Option<bool>,
}

/// Makes a channel. It is told of every incident from now on.
#[utoipa::path(
    tag = "alerts",
    request_body = AddAlertChannel,
    responses((status = CREATED, body = AlertChannel), (status = "default", body = ErrorBody))
)]
#[post("/alert-channels")]
pub(crate) async fn create_alert_channel(
    api: web::Data<Api>,
    caller: Administrator,
    asked: web::Json<AddAlertChannel>,
) -> Result<HttpResponse, Problem> {
    let kind = alert_channel::ChannelKind::from(asked.kind);
    let tx = api.registry.begin(caller.tenant).await?;
    if alert_channel::list(&tx).await?.len() >= MOST {
        let message = format!("A site has {MOST} alert channels at most.");
        return Err(Problem::conflict(message).act("Delete one that nobody needs."));
    }
    let new = NewChannel {
        kind,
        name: name(&asked.name)?,
        target: target::read(&api, kind, &asked.target)?,
        format: format(kind, asked.format)?,
        outbound_id: known_outbound(&tx, asked.outbound_id).await?,
    };
    let row = alert_channel::insert(&tx, new).await?;
    let change = Change {
        enabled: asked.enabled,
        ..Change::default()
    };
    let row = alert_channel::change(&tx, row, change).await?;
    let entry = did_to_channel(&caller, Action::AlertChannelAdded, &row);
    let entry = entry.changed("kind", None, Some(row.kind.word()));
    audit::record(&tx, &entry).await?;
    let seen = view(&tx, row).await?;
    tx.commit().await?;
    Ok(HttpResponse::Created().json(seen))
}

fn format(
    kind: alert_channel::ChannelKind,
    asked: Option<ChannelFormat>,
) -> Result<Option<alert_channel::Format>, Problem> {
    use alert_channel::{ChannelKind as Kind, Format};
    match (kind, asked) {
        (Kind::Mail, None) => Ok(None),
        (Kind::Mail, Some(_)) => Err(Problem::invalid("format", "A mail has no format.")),
        (Kind::Webhook, asked) => Ok(Some(asked.map_or(Format::Generic, Format::from))),
    }
}
