//! The states of an outbound. Nothing else writes them.

use sea_orm::{ActiveValue::Set, IntoActiveModel as _, entity::prelude::*};

use super::{Model, locked};
use crate::{
    GrantId, OutboundId, RegistryError, TenantTx,
    connection::{ConnectionKind, Event, Protocol, life},
    connection_history,
    incident::{self, Subject},
};

/// Something happened to an outbound: its state follows as [`life::next`] says, its history is written, and its
/// incident is opened or closed.
///
/// # Errors
/// [`RegistryError::Missing`] when there is no such outbound.
pub async fn apply(tx: &TenantTx, id: OutboundId, event: &Event) -> Result<Model, RegistryError> {
    happen(tx, locked(tx, id).await?, event).await
}

async fn happen(tx: &TenantTx, outbound: Model, event: &Event) -> Result<Model, RegistryError> {
    let now = tx.clock().now();
    let next = life::next(outbound.state, event);
    let (before, failures) = (outbound.state, outbound.failures);
    let mut row = outbound.into_active_model();
    match event {
        Event::Failed(_) => row.failures = Set(failures.saturating_add(1)),
        Event::Paused { .. } => {}
        Event::Worked => {
            row.failures = Set(0);
            row.last_success_at = Set(Some(now));
        }
        Event::SignedIn | Event::Resumed | Event::MovedToGraph => row.failures = Set(0),
    }
    if let Some(next) = next {
        row.state = Set(next);
        row.state_detail = Set(event.detail());
        if next != before {
            row.state_since = Set(now);
        }
    }
    let row = row.update(tx.conn()).await?;
    let Some(next) = next else {
        return Ok(row);
    };
    if next != before {
        let kind = ConnectionKind::Outbound;
        connection_history::turn(tx, kind, row.id.0, next, &row.state_detail).await?;
    }
    let subject = Subject::Outbound(row.id);
    incident::follow(tx, subject, next, &row.state_detail, true).await?;
    Ok(row)
}

/// Binds an outbound to another grant: its owner signed in again.
///
/// # Errors
/// When the database does not answer.
pub async fn sign_in(
    tx: &TenantTx,
    outbound: Model,
    grant: GrantId,
) -> Result<Model, RegistryError> {
    let mut row = locked(tx, outbound.id).await?.into_active_model();
    row.grant_id = Set(grant);
    let row = row.update(tx.conn()).await?;
    happen(tx, row, &Event::SignedIn).await
}

/// Binds all outbounds of these grants to `to`, as [`sign_in`] does.
///
/// # Errors
/// When the database does not answer.
pub async fn rebind(tx: &TenantTx, from: &[GrantId], to: GrantId) -> Result<(), RegistryError> {
    for row in super::list(tx).await? {
        if from.contains(&row.grant_id) || row.grant_id == to {
            sign_in(tx, row, to).await?;
        }
    }
    Ok(())
}

/// An outbound of EWS speaks Graph from now on. Prove first that Graph lets it in.
///
/// # Errors
/// [`RegistryError::Missing`] when there is no such outbound.
pub async fn move_to_graph(tx: &TenantTx, id: OutboundId) -> Result<Model, RegistryError> {
    let mut row = locked(tx, id).await?.into_active_model();
    row.protocol = Set(Protocol::Graph);
    row.moved_at = Set(Some(tx.clock().now()));
    let row = row.update(tx.conn()).await?;
    happen(tx, row, &Event::MovedToGraph).await
}
