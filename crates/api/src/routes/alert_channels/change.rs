use actix_web::{patch, web};
use postroom_registry::{
    AlertChannelId, RegistryError, TenantTx,
    alert_channel::{self, Change},
    audit::{self, Action},
};
use serde::{Deserialize, Deserializer};
use utoipa::ToSchema;
use uuid::Uuid;

use super::{
    target,
    view::{AlertChannel, ChannelFormat, view},
};
use crate::{
    Api, Problem,
    doors::{Administrator, Caller},
    problem::ErrorBody,
    routes::{
        name,
        outbounds::{known_outbound, outbound_name},
        trail::did_to_channel,
    },
};

/// What to change. What is not named stays as it is.
#[derive(Default, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct ChangeAlertChannel {
    /// Another name.
    name: Option<String>,
    /// Another mail address, or another address of a webhook.
    target: Option<String>,
    /// What the chat tool understands.
    format: Option<ChannelFormat>,
    /// What its mails go out by; null for whichever outbound works.
    #[serde(default, deserialize_with = "present")]
    #[schema(value_type = Option<Uuid>)]
    outbound_id: Option<Option<Uuid>>,
    /// Whether it is used.
    enabled: Option<bool>,
}

/// Tells null from absent.
fn present<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<Option<Uuid>>, D::Error> {
    Option::deserialize(deserializer).map(Some)
}

/// Changes a channel.
#[utoipa::path(
    tag = "alerts",
    params(("id" = Uuid, Path)),
    request_body = ChangeAlertChannel,
    responses((status = OK, body = AlertChannel), (status = "default", body = ErrorBody))
)]
#[patch("/alert-channels/{id}")]
pub(crate) async fn change_alert_channel(
    api: web::Data<Api>,
    caller: Administrator,
    id: web::Path<Uuid>,
    asked: web::Json<ChangeAlertChannel>,
) -> Result<web::Json<AlertChannel>, Problem> {
    let tx = api.registry.begin(caller.tenant).await?;
    let before = alert_channel::find(&tx, AlertChannelId(*id)).await?;
    if asked.format.is_some() && before.kind == alert_channel::ChannelKind::Mail {
        return Err(Problem::invalid("format", "A mail has no format."));
    }
    let target = asked.target.as_deref();
    let change = Change {
        name: asked.name.as_deref().map(name).transpose()?,
        target: target
            .map(|it| target::read(&api, before.kind, it))
            .transpose()?,
        format: asked.format.map(alert_channel::Format::from),
        outbound_id: match asked.outbound_id {
            Some(id) => Some(known_outbound(&tx, id).await?),
            None => None,
        },
        enabled: asked.enabled,
    };
    let has_new_target = change.target.is_some();
    let row = alert_channel::change(&tx, before.clone(), change).await?;
    record(&tx, &caller, &before, &row, has_new_target).await?;
    let seen = view(&tx, row).await?;
    tx.commit().await?;
    Ok(web::Json(seen))
}

/// Writes down what is different since; nothing when nothing is. A target is a secret: that it is another is enough.
async fn record(
    tx: &TenantTx,
    caller: &Caller,
    before: &alert_channel::Model,
    after: &alert_channel::Model,
    has_new_target: bool,
) -> Result<(), RegistryError> {
    let word = |row: &alert_channel::Model| row.format.map(alert_channel::Format::word);
    let used = |row: &alert_channel::Model| if row.enabled { "yes" } else { "no" };
    let (was, is) = (
        outbound_name(tx, before.outbound_id).await?,
        outbound_name(tx, after.outbound_id).await?,
    );
    let entry = did_to_channel(caller, Action::AlertChannelChanged, after)
        .changed("name", Some(&before.name), Some(&after.name))
        .changed("target", None, has_new_target.then_some("another"))
        .changed("format", word(before), word(after))
        .changed("outbound", was.as_deref(), is.as_deref())
        .changed("enabled", Some(used(before)), Some(used(after)));
    if !entry.changes.is_empty() {
        audit::record(tx, &entry).await?;
    }
    Ok(())
}
