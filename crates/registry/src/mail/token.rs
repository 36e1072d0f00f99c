//! Mails that wait for a key to Jira.

use std::collections::BTreeMap;

use sea_orm::{entity::prelude::*, sea_query::ExprTrait as _};

use super::{Column, Entity, MailState, next_fresh, text};
use crate::{MailId, RegistryError, SourceId, TenantTx};

/// Says why they wait to all mails of a source that nobody tried yet: they stand behind one that has no key. Those of
/// a round that goes on are told when it is over.
///
/// # Errors
/// When the database does not answer.
pub async fn waits_for_token(
    tx: &TenantTx,
    source: SourceId,
    why: &str,
) -> Result<(), RegistryError> {
    let is_released = Column::NextAttemptAt
        .lte(tx.clock().now())
        .or(Column::LastError.is_not_null());
    Entity::update_many()
        .col_expr(Column::LastError, Expr::value(text(why)))
        .filter(Column::SourceId.eq(source))
        .filter(Column::State.eq(MailState::Waiting))
        .filter(Column::Attempts.eq(0))
        .filter(is_released)
        .exec(tx.conn())
        .await?;
    Ok(())
}

/// A key to Jira is there again: the tenant's mails that were laid aside are due now. Gives one to ring of each source,
/// the one that goes first; it rings the next when it ends.
///
/// # Errors
/// When the database does not answer.
pub async fn token_came(tx: &TenantTx) -> Result<Vec<MailId>, RegistryError> {
    let woken = Entity::update_many()
        .col_expr(Column::NextAttemptAt, Expr::value(tx.clock().now()))
        .filter(Column::State.eq(MailState::Waiting))
        // One of a round that goes on was told nothing yet, and waits for the round's end.
        .filter(Column::LastError.is_not_null())
        .exec_with_returning(tx.conn())
        .await?;
    let mut oldest = BTreeMap::new();
    for mail in woken {
        let key = (mail.received_at, mail.id);
        let first = oldest
            .entry(mail.source_id.0)
            .or_insert((mail.source_id, key));
        first.1 = first.1.min(key);
    }
    let mut rung = Vec::new();
    for (source, (_, first)) in oldest.into_values() {
        rung.push(next_fresh(tx, source).await?.unwrap_or(first));
    }
    Ok(rung)
}
