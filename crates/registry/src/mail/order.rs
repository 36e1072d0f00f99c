//! The order of mails within a source: as they were received.

use chrono::{DateTime, Utc};
use sea_orm::{Condition, QueryOrder as _, QuerySelect as _, entity::prelude::*};

use super::{Column, Entity, MailState, Model};
use crate::{MailId, RegistryError, SourceId, TenantTx};

/// A mail that goes before others: nobody tried it yet, or its first try goes on.
fn first_try(source: SourceId, now: DateTime<Utc>) -> Condition {
    Condition::all()
        .add(Column::SourceId.eq(source))
        .add(Column::State.eq(MailState::Waiting))
        .add(Column::Attempts.lte(1))
        .add(
            Condition::any()
                .add(Column::Attempts.eq(0))
                .add(Column::ClaimedUntil.gt(now)),
        )
}

/// Whether an older mail of its source goes first.
pub(super) async fn is_behind(tx: &TenantTx, mail: &Model) -> Result<bool, RegistryError> {
    let older = Condition::any()
        .add(Column::ReceivedAt.lt(mail.received_at))
        .add(
            Condition::all()
                .add(Column::ReceivedAt.eq(mail.received_at))
                .add(Column::Id.lt(mail.id)),
        );
    let first: Option<MailId> = Entity::find()
        .select_only()
        .column(Column::Id)
        .filter(first_try(mail.source_id, tx.clock().now()))
        .filter(older)
        .limit(1)
        .into_tuple()
        .one(tx.conn())
        .await?;
    Ok(first.is_some())
}

/// A round of a poll is over: all mails of the source that nobody tried yet are due now. Gives them, the oldest first;
/// it is enough to ring the first.
///
/// # Errors
/// When the database does not answer.
pub async fn release_fresh(tx: &TenantTx, source: SourceId) -> Result<Vec<MailId>, RegistryError> {
    let now = tx.clock().now();
    let mut rows = Entity::update_many()
        .col_expr(Column::NextAttemptAt, Expr::value(now))
        .filter(Column::SourceId.eq(source))
        .filter(Column::State.eq(MailState::Waiting))
        .filter(Column::Attempts.eq(0))
        // One that was handed back says itself when it is due.
        .filter(Column::LastError.is_null())
        .exec_with_returning(tx.conn())
        .await?;
    rows.sort_by_key(|row| (row.received_at, row.id));
    Ok(rows.into_iter().map(|row| row.id).collect())
}

/// The mail of a source that goes next, if one is due and none that goes before it is in hand. Ring it when another
/// ended.
///
/// # Errors
/// When the database does not answer.
pub async fn next_fresh(tx: &TenantTx, source: SourceId) -> Result<Option<MailId>, RegistryError> {
    let now = tx.clock().now();
    let first = Entity::find()
        .filter(first_try(source, now))
        .order_by_asc(Column::ReceivedAt)
        .order_by_asc(Column::Id)
        .one(tx.conn())
        .await?;
    Ok(first
        .filter(|mail| mail.attempts == 0 && mail.next_attempt_at.is_some_and(|at| at <= now))
        .map(|mail| mail.id))
}
