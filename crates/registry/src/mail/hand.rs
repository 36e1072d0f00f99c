//! A mail in a worker's hand, from the claim to its end.

use chrono::{DateTime, TimeDelta, Utc};
use sea_orm::{entity::prelude::*, sea_query::ExprTrait as _};

use super::{Column, Entity, MailState, Model, order, text};
use crate::{MailId, RegistryError, SourceId, TenantTx};

/// What came of reaching for a mail.
#[derive(Debug)]
pub enum Claim {
    /// It is in hand.
    Taken(Box<Model>),
    /// An older mail of its source goes first.
    NotYet,
    /// Another worker has it, or nothing is left to do, or it is not due.
    Nothing,
}

impl Claim {
    /// The mail, where it is in hand.
    pub fn taken(self) -> Option<Model> {
        match self {
            Self::Taken(mail) => Some(*mail),
            Self::NotYet | Self::Nothing => None,
        }
    }
}

/// Takes a due mail in hand for `hold`. Of the mails of a source that nobody tried yet the oldest goes first, and the
/// others wait until its first try is over; one that failed once is in nobody's way.
///
/// # Errors
/// When the database does not answer.
pub async fn claim(tx: &TenantTx, id: MailId, hold: TimeDelta) -> Result<Claim, RegistryError> {
    let now = tx.clock().now();
    let Some(mail) = Entity::find_by_id((tx.tenant(), id)).one(tx.conn()).await? else {
        return Ok(Claim::Nothing);
    };
    if mail.state == MailState::Waiting && mail.attempts == 0 {
        // Two workers that reach for mails of one source see what each other took.
        let name = format!("order of mails {}", mail.source_id);
        tx.one_at_a_time(&name).await?;
        if order::is_behind(tx, &mail).await? {
            return Ok(Claim::NotYet);
        }
    }
    let mut taken = Entity::update_many()
        .col_expr(Column::ClaimEpoch, Expr::col(Column::ClaimEpoch).add(1))
        .col_expr(Column::ClaimedUntil, Expr::value(now + hold))
        .col_expr(Column::Attempts, Expr::col(Column::Attempts).add(1))
        .filter(Column::Id.eq(id))
        .filter(Column::NextAttemptAt.lte(now))
        .filter(
            Column::ClaimedUntil
                .is_null()
                .or(Column::ClaimedUntil.lte(now)),
        )
        .exec_with_returning(tx.conn())
        .await?;
    Ok(match taken.pop() {
        Some(mail) => Claim::Taken(Box::new(mail)),
        None => Claim::Nothing,
    })
}

/// What processing found: kept before anything is done in Jira.
#[derive(Debug)]
pub struct Decision {
    /// What shall happen.
    pub plan: Json,
    /// Why.
    pub trace: Json,
    /// How many files the mail carries.
    pub attachments: i32,
}

/// Keeps plan and trace of a mail in hand.
///
/// # Errors
/// [`RegistryError::Superseded`] when it is not in hand any more.
pub async fn decide(tx: &TenantTx, mail: &Model, decision: Decision) -> Result<(), RegistryError> {
    let update = Entity::update_many()
        .col_expr(Column::Plan, Expr::value(decision.plan))
        .col_expr(Column::Trace, Expr::value(decision.trace))
        .col_expr(Column::Attachments, Expr::value(decision.attachments));
    in_hand(update, mail, tx).await
}

/// How a mail ended.
#[derive(Debug, Default)]
pub struct Finish {
    /// Why, in words.
    pub reason: String,
    /// Jira's id of the issue.
    pub issue_id: Option<String>,
    /// For people.
    pub issue_key: Option<String>,
    /// Jira's id of the comment.
    pub comment_id: Option<String>,
    /// The whole trace.
    pub trace: Json,
}

/// Gives a mail in hand its terminal state. It stays due until the mailbox is told (see [`settled`]).
///
/// # Errors
/// [`RegistryError::Superseded`] when it is not in hand any more.
pub async fn finish(
    tx: &TenantTx,
    mail: &Model,
    state: MailState,
    finish: Finish,
) -> Result<(), RegistryError> {
    let now = tx.clock().now();
    let update = Entity::update_many()
        .col_expr(Column::State, Expr::value(state))
        .col_expr(Column::Reason, Expr::value(text(&finish.reason)))
        .col_expr(Column::IssueId, Expr::value(finish.issue_id))
        .col_expr(Column::IssueKey, Expr::value(finish.issue_key))
        .col_expr(Column::CommentId, Expr::value(finish.comment_id))
        .col_expr(Column::Trace, Expr::value(finish.trace))
        .col_expr(Column::FinishedAt, Expr::value(now))
        .col_expr(Column::LastError, Expr::value(Option::<String>::None));
    in_hand(update, mail, tx).await
}

/// The mailbox was told (or is not to be): nothing is left to do, the mail is out of hand.
///
/// # Errors
/// [`RegistryError::Superseded`] when it is not in hand any more.
pub async fn settled(tx: &TenantTx, mail: &Model, trace: Json) -> Result<(), RegistryError> {
    let update = Entity::update_many()
        .col_expr(Column::SettledAt, Expr::value(tx.clock().now()))
        .col_expr(Column::Trace, Expr::value(trace))
        .col_expr(Column::LastError, Expr::value(Option::<String>::None))
        .col_expr(
            Column::NextAttemptAt,
            Expr::value(Option::<DateTime<Utc>>::None),
        )
        .col_expr(
            Column::ClaimedUntil,
            Expr::value(Option::<DateTime<Utc>>::None),
        );
    in_hand(update, mail, tx).await
}

/// Lays a mail in hand aside until `at`.
///
/// # Errors
/// [`RegistryError::Superseded`] when it is not in hand any more.
pub async fn retry_at(
    tx: &TenantTx,
    mail: &Model,
    at: DateTime<Utc>,
    error: &str,
) -> Result<(), RegistryError> {
    let update = Entity::update_many()
        .col_expr(Column::NextAttemptAt, Expr::value(at))
        .col_expr(Column::LastError, Expr::value(text(error)))
        .col_expr(
            Column::ClaimedUntil,
            Expr::value(Option::<DateTime<Utc>>::None),
        );
    in_hand(update, mail, tx).await
}

/// Gives a mail in hand back untouched, due at once: the worker stops, or waits for something that is not the
/// mail's fault, so the attempt does not count.
///
/// # Errors
/// [`RegistryError::Superseded`] when it is not in hand any more.
pub async fn hand_back(
    tx: &TenantTx,
    mail: &Model,
    at: DateTime<Utc>,
    why: &str,
) -> Result<(), RegistryError> {
    let update = Entity::update_many()
        .col_expr(Column::NextAttemptAt, Expr::value(at))
        .col_expr(Column::LastError, Expr::value(text(why)))
        .col_expr(Column::Attempts, Expr::col(Column::Attempts).sub(1))
        .col_expr(
            Column::ClaimedUntil,
            Expr::value(Option::<DateTime<Utc>>::None),
        );
    in_hand(update, mail, tx).await
}

/// A person asks for another try: a mail that is dead, held or waiting becomes due now. Its deliveries stay, so
/// what is in Jira already is not made again. A delivered or ignored mail is left alone.
///
/// # Errors
/// When the database does not answer.
pub async fn retry_now(tx: &TenantTx, id: MailId) -> Result<bool, RegistryError> {
    let done = Entity::update_many()
        .col_expr(Column::State, Expr::value(MailState::Waiting))
        .col_expr(Column::Reason, Expr::value(""))
        .col_expr(
            Column::FinishedAt,
            Expr::value(Option::<DateTime<Utc>>::None),
        )
        .col_expr(Column::Attempts, Expr::value(0))
        .col_expr(Column::NextAttemptAt, Expr::value(tx.clock().now()))
        .filter(Column::Id.eq(id))
        .filter(Column::State.is_in([
            MailState::Waiting,
            MailState::Held,
            MailState::Dead,
            MailState::Rejected,
        ]))
        .exec(tx.conn())
        .await?;
    Ok(done.rows_affected > 0)
}

/// Makes all waiting mails of a source due now, because what they waited for is there.
///
/// # Errors
/// When the database does not answer.
pub async fn wake(tx: &TenantTx, source: SourceId) -> Result<Vec<MailId>, RegistryError> {
    let rows = Entity::update_many()
        .col_expr(Column::NextAttemptAt, Expr::value(tx.clock().now()))
        .filter(Column::SourceId.eq(source))
        .filter(Column::NextAttemptAt.is_not_null())
        .exec_with_returning(tx.conn())
        .await?;
    Ok(rows.into_iter().map(|row| row.id).collect())
}

async fn in_hand(
    update: sea_orm::UpdateMany<Entity>,
    mail: &Model,
    tx: &TenantTx,
) -> Result<(), RegistryError> {
    let done = update
        .filter(Column::Id.eq(mail.id))
        .filter(Column::ClaimEpoch.eq(mail.claim_epoch))
        .exec(tx.conn())
        .await?;
    if done.rows_affected == 0 {
        return Err(RegistryError::Superseded);
    }
    Ok(())
}
