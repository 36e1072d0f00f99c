//! From EWS to Graph. The ledger and the place in the mailbox stay; only ids and the wire are others.

use chrono::{DateTime, Utc};
use sea_orm::{ActiveValue::Set, IntoActiveModel as _, entity::prelude::*};

use super::{Folder, Lease, Model, locked};
use crate::{
    RegistryError, TenantTx,
    connection::{Event, Protocol},
    subscription,
};

/// Begins the move: due now, and no poll runs until it is over. A source of Graph, or one that moves already, is left
/// as it is.
///
/// # Errors
/// When the database does not answer.
pub async fn begin_move(tx: &TenantTx, source: Model) -> Result<Model, RegistryError> {
    let source = locked(tx, source.id).await?;
    if source.protocol == Protocol::Graph || source.moving_total.is_some() {
        return Ok(source);
    }
    let mut row = source.into_active_model();
    row.moving_done = Set(Some(0));
    row.moving_total = Set(Some(0));
    row.next_poll_at = Set(tx.clock().now());
    Ok(row.update(tx.conn()).await?)
}

/// Notes how far the move is: ids translated, and all; `None`: the move is given up, and EWS goes on. Asks for the lease
/// that the move took.
///
/// # Errors
/// [`RegistryError::Superseded`] when the lease is no longer held.
pub async fn moving(
    tx: &TenantTx,
    lease: Lease,
    progress: Option<(i64, i64)>,
) -> Result<(), RegistryError> {
    let mut row = held(tx, lease).await?.into_active_model();
    row.moving_done = Set(progress.map(|(done, _)| done));
    row.moving_total = Set(progress.map(|(_, total)| total));
    row.update(tx.conn()).await?;
    Ok(())
}

/// Where a moved source goes on.
#[derive(Clone, Debug)]
pub struct Moved {
    /// The folder that is read, by Graph's id.
    pub folder: Folder,
    /// The folder that mails are moved to, by Graph's id.
    pub settle_folder: Option<Folder>,
    /// From when on the folder is walked: what the ledger has is known by its new ids. `None` leaves it as it is.
    pub start_from: Option<DateTime<Utc>>,
}

/// Ends the move: the source speaks Graph, is walked anew, and its first poll is due. The lease is over.
///
/// # Errors
/// [`RegistryError::Superseded`] when the lease is no longer held.
pub async fn moved_to_graph(
    tx: &TenantTx,
    lease: Lease,
    moved: Moved,
) -> Result<Model, RegistryError> {
    let now = tx.clock().now();
    let mut row = held(tx, lease).await?.into_active_model();
    row.protocol = Set(Protocol::Graph);
    row.cursor = Set(None);
    row.folder_id = Set(moved.folder.id);
    row.folder_name = Set(moved.folder.name);
    if let Some(folder) = moved.settle_folder {
        row.settle_folder_id = Set(Some(folder.id));
        row.settle_folder_name = Set(Some(folder.name));
    }
    if let Some(start) = moved.start_from {
        row.start_from = Set(Some(start));
    }
    row.moving_done = Set(None);
    row.moving_total = Set(None);
    row.moved_at = Set(Some(now));
    row.next_poll_at = Set(now);
    row.lease_epoch = Set(lease.epoch + 1);
    row.lease_until = Set(None);
    let row = row.update(tx.conn()).await?;
    subscription::ensure(tx, row.id).await?;
    super::life::happen(tx, row, &Event::MovedToGraph, false).await
}

async fn held(tx: &TenantTx, lease: Lease) -> Result<Model, RegistryError> {
    let row = locked(tx, lease.source).await?;
    match row.lease_epoch == lease.epoch {
        true => Ok(row),
        false => Err(RegistryError::Superseded),
    }
}
