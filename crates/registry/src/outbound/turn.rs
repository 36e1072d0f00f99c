//! Turns: Exchange Online takes thirty mails a minute from a mailbox ("Exchange Online limits", message rate limit),
//! whoever of our processes hands them over.

use chrono::{DateTime, TimeDelta, Utc};
use sea_orm::{ActiveValue::Set, QuerySelect as _, entity::prelude::*, sea_query::OnConflict};

use crate::{OutboundId, RegistryError, TenantId, TenantTx};

const EACH: usize = 30;
const WINDOW: TimeDelta = TimeDelta::seconds(60);

/// Whether a mail may go out now.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Turn {
    /// It may; the turn is taken.
    Go,
    /// The mailbox has sent enough: not before then.
    Wait {
        /// The earliest time.
        until: DateTime<Utc>,
    },
}

/// The turns of a mailbox.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "send_turn")]
pub struct Model {
    /// Whose it is.
    #[sea_orm(primary_key, auto_increment = false)]
    pub tenant_id: TenantId,
    /// Its address, in lower case.
    #[sea_orm(primary_key, auto_increment = false)]
    pub mailbox: String,
    /// The turns of the last minute, the oldest first.
    pub taken: Vec<DateTime<Utc>>,
}

/// Rows are joined by the schema's keys; no query needs a relation.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

/// Takes a turn to send by the mailbox of an outbound, which it may share with others. Commit before the mail is handed
/// over.
///
/// # Errors
/// [`RegistryError::Missing`] when there is no such outbound.
pub async fn take_turn(tx: &TenantTx, id: OutboundId) -> Result<Turn, RegistryError> {
    let mailbox = super::find(tx, id).await?.mailbox.to_lowercase();
    let row = locked(tx, &mailbox).await?;
    // Clocks of processes differ a little: a turn is never before the last.
    let now = row.taken.last().copied().max(Some(tx.clock().now()));
    let now = now.unwrap_or_else(|| tx.clock().now());
    let mut taken = row.taken;
    taken.retain(|at| *at > now - WINDOW);
    if let (true, Some(oldest)) = (taken.len() >= EACH, taken.first()) {
        return Ok(Turn::Wait {
            until: *oldest + WINDOW,
        });
    }
    taken.push(now);
    Entity::update_many()
        .col_expr(Column::Taken, Expr::value(taken))
        .filter(Column::Mailbox.eq(&mailbox))
        .exec(tx.conn())
        .await?;
    Ok(Turn::Go)
}

/// The mailbox's row, made where there was none, locked until the transaction ends.
async fn locked(tx: &TenantTx, mailbox: &str) -> Result<Model, RegistryError> {
    let row = ActiveModel {
        tenant_id: Set(tx.tenant()),
        mailbox: Set(mailbox.to_owned()),
        taken: Set(Vec::new()),
    };
    let kept = OnConflict::columns([Column::TenantId, Column::Mailbox])
        .do_nothing()
        .to_owned();
    Entity::insert(row)
        .on_conflict(kept)
        .exec_without_returning(tx.conn())
        .await?;
    Entity::find_by_id((tx.tenant(), mailbox.to_owned()))
        .lock_exclusive()
        .one(tx.conn())
        .await?
        .ok_or(RegistryError::Missing)
}
