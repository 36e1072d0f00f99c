//! The states of a source. Nothing else writes them.

use sea_orm::{ActiveValue::Set, IntoActiveModel as _, entity::prelude::*};

use super::{Model, locked};
use crate::{
    AlertId, GrantId, RegistryError, SourceId, TenantTx,
    connection::{ConnectionKind, ConnectionState, Event, StateDetail, life},
    connection_history,
    incident::{self, IncidentKind, Subject, Trouble},
    subscription,
};

/// Something happened to a source: its state follows as [`life::next`] says, its history is written, and its incident
/// is opened or closed.
///
/// # Errors
/// [`RegistryError::Missing`] when there is no such source.
pub async fn apply(tx: &TenantTx, id: SourceId, event: &Event) -> Result<Model, RegistryError> {
    happen(tx, locked(tx, id).await?, event, false).await
}

/// `read_to_the_end`: it was a poll that went to its end.
pub(super) async fn happen(
    tx: &TenantTx,
    source: Model,
    event: &Event,
    read_to_the_end: bool,
) -> Result<Model, RegistryError> {
    let now = tx.clock().now();
    let next = life::next(source.state, event);
    let (before, failures) = (source.state, source.failures);
    let mut row = source.into_active_model();
    match event {
        Event::Failed(_) => row.failures = Set(failures.saturating_add(1)),
        Event::Paused { .. } => {}
        Event::Worked | Event::SignedIn | Event::Resumed | Event::MovedToGraph => {
            row.failures = Set(0);
        }
    }
    if let Some(next) = next {
        row.state = Set(next);
        row.state_detail = Set(event.detail());
        if next != before {
            row.state_since = Set(now);
        }
        if matches!(
            event,
            Event::SignedIn | Event::Resumed | Event::MovedToGraph
        ) {
            row.watched_from = Set(now);
            row.next_poll_at = Set(now);
        }
    }
    let row = row.update(tx.conn()).await?;
    let Some(next) = next else {
        return Ok(row);
    };
    if next != before {
        let kind = ConnectionKind::Source;
        connection_history::turn(tx, kind, row.id.0, next, &row.state_detail).await?;
    }
    let subject = Subject::Source(row.id);
    incident::follow(tx, subject, next, &row.state_detail, read_to_the_end).await?;
    Ok(row)
}

/// Binds a source to another grant: its owner signed in again. It goes on from its cursor at once, unless a person
/// paused it.
///
/// # Errors
/// When the database does not answer.
pub async fn sign_in(tx: &TenantTx, source: Model, grant: GrantId) -> Result<Model, RegistryError> {
    let mut row = locked(tx, source.id).await?.into_active_model();
    row.grant_id = Set(grant);
    let row = row.update(tx.conn()).await?;
    subscription::renew_now(tx, row.id).await?;
    happen(tx, row, &Event::SignedIn, false).await
}

/// Binds all sources of these grants to `to`, as [`sign_in`] does.
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

/// A source was not read for long, whatever its polls said: it is retrying, and somebody is told. Gives the messages
/// that are to be sent.
///
/// # Errors
/// [`RegistryError::Missing`] when there is no such source.
pub async fn silence(
    tx: &TenantTx,
    id: SourceId,
    detail: StateDetail,
) -> Result<Vec<AlertId>, RegistryError> {
    let state = ConnectionState::Retrying;
    let failed = Event::Failed(life::Verdict {
        state,
        detail: detail.clone(),
    });
    let row = happen(tx, locked(tx, id).await?, &failed, false).await?;
    if row.state != state {
        return Ok(Vec::new());
    }
    let trouble = Trouble {
        kind: IncidentKind::Silence,
        state: Some(state),
        detail,
    };
    incident::open(tx, Subject::Source(id), trouble).await
}
