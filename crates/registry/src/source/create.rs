//! A new source.

use sea_orm::{ActiveValue::Set, entity::prelude::*};

use super::{ActiveModel, Model, Settle, reconcile};
use crate::{
    GrantId, OutboundId, RegistryError, SourceId, TenantTx,
    connection::{ConnectionKind, ConnectionState, Protocol, StateDetail},
    connection_history, subscription,
};

/// What makes a source.
#[derive(Debug)]
pub struct NewSource {
    /// The grant that it reads with.
    pub grant_id: GrantId,
    /// What answers go out by.
    pub outbound_id: Option<OutboundId>,
    /// The address that it reads.
    pub mailbox: String,
    /// The wire.
    pub protocol: Protocol,
    /// The folder's id.
    pub folder_id: String,
    /// The folder's name.
    pub folder_name: String,
    /// Seconds to the second poll.
    pub poll_interval_seconds: i32,
}

/// Makes a source: active at once, reading from now on, its first poll due at once. Mail waits until it has a
/// project to go to.
///
/// # Errors
/// When the database does not answer.
pub async fn create(tx: &TenantTx, new: NewSource) -> Result<Model, RegistryError> {
    let now = tx.clock().now();
    let row = ActiveModel {
        tenant_id: Set(tx.tenant()),
        id: Set(SourceId(tx.clock().new_id())),
        grant_id: Set(new.grant_id),
        outbound_id: Set(new.outbound_id),
        name: Set(new.mailbox.clone()),
        mailbox: Set(new.mailbox),
        protocol: Set(new.protocol),
        state: Set(ConnectionState::Active),
        state_since: Set(now),
        state_detail: Set(StateDetail::default()),
        failures: Set(0),
        folder_id: Set(new.folder_id),
        folder_name: Set(new.folder_name),
        cursor: Set(None),
        start_from: Set(Some(now)),
        project_id: Set(None),
        project_key: Set(None),
        project_name: Set(None),
        issue_type_id: Set(None),
        issue_type_name: Set(None),
        settle: Set(Settle::MarkRead),
        settle_folder_id: Set(None),
        lease_epoch: Set(0),
        lease_until: Set(None),
        next_poll_at: Set(now),
        poll_interval_seconds: Set(new.poll_interval_seconds),
        last_success_at: Set(None),
        last_mail_at: Set(None),
        created_at: Set(now),
        deleted_at: Set(None),
        settle_folder_name: Set(None),
        settle_category: Set(None),
        reconcile_at: Set(Some(now + reconcile::EVERY)),
        reconcile_whole: Set(false),
        reconciled_at: Set(None),
        reconciled_in_folder: Set(None),
        reconciled_in_ledger: Set(None),
        reconciled_imported: Set(None),
        caught_up_at: Set(None),
        watched_from: Set(now),
        moving_done: Set(None),
        moving_total: Set(None),
        moved_at: Set(None),
    };
    let row = row.insert(tx.conn()).await?;
    let (state, detail) = (row.state, &row.state_detail);
    connection_history::turn(tx, ConnectionKind::Source, row.id.0, state, detail).await?;
    if row.protocol == Protocol::Graph {
        subscription::ensure(tx, row.id).await?;
    }
    Ok(row)
}
