use chrono::{DateTime, Utc};
use postroom_registry::{RegistryError, TenantTx, alert_channel};
use secrecy::ExposeSecret as _;
use serde::Serialize;
use utoipa::ToSchema;
use uuid::Uuid;

use super::target;
use crate::routes::vocabulary::words;

words! {
    /// How somebody is told.
    ChannelKind of alert_channel::ChannelKind {
        /// By a mail.
        Mail,
        /// By a call to a chat tool.
        Webhook,
    }
}

words! {
    /// What a chat tool understands.
    ChannelFormat of alert_channel::Format {
        /// Slack, and what understands its `{text}`.
        Slack,
        /// An adaptive card for Microsoft Teams.
        Teams,
        /// Plain JSON.
        Generic,
    }
}

/// Where somebody wants to be told that a connection is out of order.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct AlertChannel {
    id: Uuid,
    kind: ChannelKind,
    /// For people.
    name: String,
    /// What the chat tool understands; null for mail.
    #[schema(required)]
    format: Option<ChannelFormat>,
    /// A mail address or the address of a webhook, as far as it is no secret.
    target: String,
    /// What its mails go out by; null for whichever outbound works.
    #[schema(required)]
    outbound_id: Option<Uuid>,
    /// Whether it is used.
    enabled: bool,
    /// When it last took a message.
    #[schema(required)]
    last_sent_at: Option<DateTime<Utc>>,
    /// Why the last message did not get there.
    #[schema(required)]
    last_error: Option<String>,
}

/// What the panel sees of a channel.
///
/// # Errors
/// When the database does not answer, or the target cannot be opened.
pub(super) async fn view(
    tx: &TenantTx,
    row: alert_channel::Model,
) -> Result<AlertChannel, RegistryError> {
    let target = alert_channel::target(tx, &row).await?;
    Ok(AlertChannel {
        id: row.id.0,
        kind: row.kind.into(),
        target: target::masked(row.kind, target.expose_secret()),
        name: row.name,
        format: row.format.map(ChannelFormat::from),
        outbound_id: row.outbound_id.map(|id| id.0),
        enabled: row.enabled,
        last_sent_at: row.last_sent_at,
        last_error: row.last_error,
    })
}
