use chrono::{DateTime, Utc};
use postroom_registry::{
    RegistryError, TenantTx, grant,
    notification::{self, NotificationState},
    outbound,
};
use serde::Serialize;
use utoipa::ToSchema;
use uuid::Uuid;

use crate::connection::{Facts, Kind, State, describe};

/// A connection that sends.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Outbound {
    id: Uuid,
    /// For people.
    name: String,
    /// The address that it sends from.
    mailbox: String,
    /// `graph`.
    protocol: String,
    /// How it is, in words.
    pub(crate) state: State,
    /// Whose sign-in it uses.
    signed_in_as: String,
    /// When Microsoft last took a mail, or a ping was green.
    #[schema(required)]
    last_success_at: Option<DateTime<Utc>>,
    /// Notifications that went out by it.
    sent: u64,
    /// Notifications that wait for it.
    waiting: u64,
    created_at: DateTime<Utc>,
}

/// What the panel sees of an outbound.
pub(crate) async fn view(tx: &TenantTx, row: outbound::Model) -> Result<Outbound, RegistryError> {
    let sent = notification::count(tx, row.id, NotificationState::Sent).await?;
    let waiting = notification::count(tx, row.id, NotificationState::Waiting).await?;
    let signed_in_as = grant::find(tx, row.grant_id).await?.user_principal_name;
    let state = describe(&Facts {
        kind: Kind::Outbound,
        state: row.state,
        since: row.state_since,
        detail: &row.state_detail,
        signed_in_as: &signed_in_as,
        last_success_at: row.last_success_at,
        waiting: i64::try_from(waiting).unwrap_or(i64::MAX),
        now: tx.clock().now(),
    });
    Ok(Outbound {
        id: row.id.0,
        name: row.name,
        mailbox: row.mailbox,
        protocol: row.protocol.word().to_owned(),
        state,
        signed_in_as,
        last_success_at: row.last_success_at,
        sent,
        waiting,
        created_at: row.created_at,
    })
}
