//! Polls: a lease, a cursor that moves with its rows, and an end.

use chrono::{DateTime, TimeDelta, Utc};
use sea_orm::{
    ActiveValue::Set, IntoActiveModel as _, entity::prelude::*, sea_query::ExprTrait as _,
};

use super::{Column, Entity, Model};
use crate::{RegistryError, SourceId, TenantTx, connection::Event};

/// Makes the next poll due now.
///
/// # Errors
/// When the database does not answer.
pub async fn poll_now(tx: &TenantTx, source: Model) -> Result<Model, RegistryError> {
    let mut row = source.into_active_model();
    row.next_poll_at = Set(tx.clock().now());
    Ok(row.update(tx.conn()).await?)
}

/// A poll's hold on a source. Every write of the poll names its epoch, so a poll that was overtaken writes nothing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Lease {
    /// Of which source.
    pub source: SourceId,
    /// Which hold.
    pub epoch: i64,
}

/// Takes the source's lease for `hold`, unless another poll has it.
///
/// # Errors
/// When the database does not answer.
pub async fn lease(
    tx: &TenantTx,
    id: SourceId,
    hold: TimeDelta,
) -> Result<Option<Lease>, RegistryError> {
    let now = tx.clock().now();
    let taken = Entity::update_many()
        .col_expr(Column::LeaseEpoch, Expr::col(Column::LeaseEpoch).add(1))
        .col_expr(Column::LeaseUntil, Expr::value(now + hold))
        .filter(Column::Id.eq(id))
        .filter(Column::DeletedAt.is_null())
        .filter(Column::LeaseUntil.is_null().or(Column::LeaseUntil.lte(now)))
        .exec_with_returning(tx.conn())
        .await?;
    Ok(taken.first().map(|row| Lease {
        source: id,
        epoch: row.lease_epoch,
    }))
}

/// Moves the cursor and prolongs the lease: to be committed together with the rows of the page.
///
/// # Errors
/// [`RegistryError::Superseded`] when the lease is no longer held.
pub async fn advance(
    tx: &TenantTx,
    lease: Lease,
    cursor: &str,
    newest: Option<DateTime<Utc>>,
    hold: TimeDelta,
) -> Result<(), RegistryError> {
    let mut update = Entity::update_many()
        .col_expr(Column::Cursor, Expr::value(cursor))
        .col_expr(Column::LeaseUntil, Expr::value(tx.clock().now() + hold));
    if let Some(newest) = newest {
        update = update.col_expr(
            Column::LastMailAt,
            Expr::cust_with_values("greatest(last_mail_at, $1)", [newest]),
        );
    }
    held(update, lease, tx).await
}

/// Drops the cursor: Microsoft forgot it. The folder is walked anew into a ledger that knows what it has.
///
/// # Errors
/// [`RegistryError::Superseded`] when the lease is no longer held.
pub async fn forget_cursor(tx: &TenantTx, lease: Lease) -> Result<(), RegistryError> {
    let update =
        Entity::update_many().col_expr(Column::Cursor, Expr::value(Option::<String>::None));
    held(update, lease, tx).await
}

/// How a poll ended.
#[derive(Debug)]
pub struct PollEnd {
    /// What it says about the connection; none: nothing, its failure was nobody's concern. [`Event::Worked`] says
    /// that the poll went to its end.
    pub event: Option<Event>,
    /// Whether it found nothing more to read.
    pub caught_up: bool,
    /// When the next poll is due.
    pub next_poll_at: DateTime<Utc>,
    /// The adaptive distance of polls.
    pub poll_interval_seconds: i32,
}

/// Ends a poll: gives the lease back and says when the next is due. A source that was paused meanwhile stays paused.
///
/// # Errors
/// [`RegistryError::Superseded`] when the lease is no longer held.
pub async fn end_poll(tx: &TenantTx, lease: Lease, end: PollEnd) -> Result<(), RegistryError> {
    let now = tx.clock().now();
    let success = end.event == Some(Event::Worked);
    let mut update = Entity::update_many()
        .col_expr(
            Column::LeaseUntil,
            Expr::value(Option::<DateTime<Utc>>::None),
        )
        .col_expr(Column::NextPollAt, Expr::value(end.next_poll_at))
        .col_expr(
            Column::PollIntervalSeconds,
            Expr::value(end.poll_interval_seconds),
        );
    if success {
        update = update.col_expr(Column::LastSuccessAt, Expr::value(now));
    }
    if success && end.caught_up {
        update = update.col_expr(Column::CaughtUpAt, Expr::value(now));
    }
    if end.event.is_none() {
        update = update.col_expr(Column::Failures, Expr::col(Column::Failures).add(1));
    }
    held(update, lease, tx).await?;
    if let Some(event) = &end.event {
        let row = super::locked(tx, lease.source).await?;
        super::life::happen(tx, row, event, success).await?;
    }
    Ok(())
}

async fn held(
    update: sea_orm::UpdateMany<Entity>,
    lease: Lease,
    tx: &TenantTx,
) -> Result<(), RegistryError> {
    let done = update
        .filter(Column::Id.eq(lease.source))
        .filter(Column::LeaseEpoch.eq(lease.epoch))
        .exec(tx.conn())
        .await?;
    if done.rows_affected == 0 {
        return Err(RegistryError::Superseded);
    }
    Ok(())
}
