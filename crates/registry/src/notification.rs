//! Notifications: mails that go out because of an issue, each with its own row.

use chrono::{DateTime, TimeDelta, Utc};
use sea_orm::{
    ActiveValue::Set,
    Condition, QueryOrder as _, QuerySelect as _,
    entity::prelude::*,
    sea_query::{ExprTrait as _, OnConflict},
};

use crate::{
    NotificationId, OutboundId, RegistryError, TenantId, TenantTx, vocabulary::vocabulary,
};

vocabulary! {
    /// The one state of a notification. All but the first are terminal.
    NotificationState {
        /// To be sent.
        Waiting = "waiting",
        /// Microsoft took it.
        Sent = "sent",
        /// It was not to be sent, by a rule.
        Ignored = "ignored",
        /// It could not be sent.
        Dead = "dead",
    }
}

/// A notification's row.
#[derive(Clone, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "notification")]
pub struct Model {
    /// Whose it is.
    #[sea_orm(primary_key, auto_increment = false)]
    pub tenant_id: TenantId,
    /// Its id.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: NotificationId,
    /// What it goes out by.
    pub outbound_id: Option<OutboundId>,
    /// Jira's id of the issue.
    pub issue_id: String,
    /// For people.
    pub issue_key: String,
    /// Jira's id of the comment that it carries.
    pub comment_id: String,
    /// The recipient's name.
    pub to_name: String,
    /// The recipient's address.
    pub to_address: String,
    /// As sent.
    pub subject: String,
    /// Our Message-ID, without the angle brackets.
    pub message_id: Option<String>,
    /// The one state.
    pub state: NotificationState,
    /// Why it is in that state, in words.
    pub reason: String,
    /// When the call was made whose outcome may be unknown.
    pub tried_at: Option<DateTime<Utc>>,
    /// How often it was taken in hand.
    pub attempts: i32,
    /// When it is due; none when nothing is left to do.
    pub next_attempt_at: Option<DateTime<Utc>>,
    /// What went wrong last.
    pub last_error: Option<String>,
    /// Fences workers.
    pub claim_epoch: i64,
    /// Until when a worker has it.
    pub claimed_until: Option<DateTime<Utc>>,
    /// When the comment was written.
    pub created_at: DateTime<Utc>,
    /// When the state became terminal.
    pub finished_at: Option<DateTime<Utc>>,
    /// The Message-ID that Exchange gave to the mail, where it is another than ours.
    pub sent_message_id: Option<String>,
}

/// Rows are joined by the schema's keys; no query needs a relation.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

impl std::fmt::Debug for Model {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Notification")
            .field("id", &self.id)
            .field("issue_key", &self.issue_key)
            .field("state", &self.state)
            .finish_non_exhaustive()
    }
}

/// Notes a comment that may have to go out, due at once. `None` when it was noted before: Jira repeats webhooks.
///
/// # Errors
/// When the database does not answer.
pub async fn insert(
    tx: &TenantTx,
    issue_id: &str,
    issue_key: &str,
    comment_id: &str,
) -> Result<Option<NotificationId>, RegistryError> {
    let now = tx.clock().now();
    let id = NotificationId(tx.clock().new_id());
    let row = ActiveModel {
        tenant_id: Set(tx.tenant()),
        id: Set(id),
        outbound_id: Set(None),
        issue_id: Set(issue_id.to_owned()),
        issue_key: Set(issue_key.to_owned()),
        comment_id: Set(comment_id.to_owned()),
        to_name: Set(String::new()),
        to_address: Set(String::new()),
        subject: Set(String::new()),
        message_id: Set(None),
        state: Set(NotificationState::Waiting),
        reason: Set(String::new()),
        tried_at: Set(None),
        attempts: Set(0),
        next_attempt_at: Set(Some(now)),
        last_error: Set(None),
        claim_epoch: Set(0),
        claimed_until: Set(None),
        created_at: Set(now),
        finished_at: Set(None),
        sent_message_id: Set(None),
    };
    let inserted = Entity::insert(row)
        .on_conflict(
            OnConflict::columns([Column::TenantId, Column::CommentId])
                .do_nothing()
                .to_owned(),
        )
        .exec_without_returning(tx.conn())
        .await?;
    Ok((inserted > 0).then_some(id))
}

/// The notification, if this tenant has it.
///
/// # Errors
/// [`RegistryError::Missing`] otherwise.
pub async fn find(tx: &TenantTx, id: NotificationId) -> Result<Model, RegistryError> {
    Entity::find_by_id((tx.tenant(), id))
        .one(tx.conn())
        .await?
        .ok_or(RegistryError::Missing)
}

/// Takes a due notification in hand for `hold`, unless another worker has it or nothing is left to do.
///
/// # Errors
/// When the database does not answer.
pub async fn claim(
    tx: &TenantTx,
    id: NotificationId,
    hold: TimeDelta,
) -> Result<Option<Model>, RegistryError> {
    let now = tx.clock().now();
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
    Ok(taken.pop())
}

/// What goes out, to whom and by what: written down, with the time of the try, before the call.
#[derive(Debug)]
pub struct Attempt<'a> {
    /// What it goes out by.
    pub outbound_id: OutboundId,
    /// The recipient's name.
    pub to_name: &'a str,
    /// The recipient's address.
    pub to_address: &'a str,
    /// As sent.
    pub subject: &'a str,
    /// Our Message-ID.
    pub message_id: &'a str,
}

/// Writes down that the mail is about to be handed to Microsoft. Commit before the call.
///
/// # Errors
/// [`RegistryError::Superseded`] when it is not in hand any more.
pub async fn attempt(
    tx: &TenantTx,
    notification: &Model,
    attempt: &Attempt<'_>,
) -> Result<(), RegistryError> {
    let update = Entity::update_many()
        .col_expr(Column::OutboundId, Expr::value(attempt.outbound_id))
        .col_expr(Column::ToName, Expr::value(attempt.to_name))
        .col_expr(Column::ToAddress, Expr::value(attempt.to_address))
        .col_expr(Column::Subject, Expr::value(attempt.subject))
        .col_expr(Column::MessageId, Expr::value(attempt.message_id))
        .col_expr(Column::TriedAt, Expr::value(tx.clock().now()));
    in_hand(update, notification, tx).await
}

/// Keeps the Message-ID that Exchange gave to a mail that went out: replies name it.
///
/// # Errors
/// When the database does not answer.
pub async fn sent_as(
    tx: &TenantTx,
    id: NotificationId,
    message_id: &str,
) -> Result<(), RegistryError> {
    Entity::update_many()
        .col_expr(Column::SentMessageId, Expr::value(message_id))
        .filter(Column::Id.eq(id))
        .exec(tx.conn())
        .await?;
    Ok(())
}

/// Gives a notification in hand its terminal state.
///
/// # Errors
/// [`RegistryError::Superseded`] when it is not in hand any more.
pub async fn finish(
    tx: &TenantTx,
    notification: &Model,
    state: NotificationState,
    reason: &str,
) -> Result<(), RegistryError> {
    let update = Entity::update_many()
        .col_expr(Column::State, Expr::value(state))
        .col_expr(Column::Reason, Expr::value(reason))
        .col_expr(Column::FinishedAt, Expr::value(tx.clock().now()))
        .col_expr(Column::LastError, Expr::value(Option::<String>::None))
        .col_expr(
            Column::NextAttemptAt,
            Expr::value(Option::<DateTime<Utc>>::None),
        )
        .col_expr(
            Column::ClaimedUntil,
            Expr::value(Option::<DateTime<Utc>>::None),
        );
    in_hand(update, notification, tx).await
}

/// Lays a notification in hand aside until `at`. `certain` says that the mail certainly did not go out, so that the
/// next try need not look.
///
/// # Errors
/// [`RegistryError::Superseded`] when it is not in hand any more.
pub async fn retry_at(
    tx: &TenantTx,
    notification: &Model,
    at: DateTime<Utc>,
    error: &str,
    certain: bool,
) -> Result<(), RegistryError> {
    let mut update = Entity::update_many()
        .col_expr(Column::NextAttemptAt, Expr::value(at))
        .col_expr(Column::LastError, Expr::value(error))
        .col_expr(
            Column::ClaimedUntil,
            Expr::value(Option::<DateTime<Utc>>::None),
        );
    if certain {
        update = update.col_expr(Column::TriedAt, Expr::value(Option::<DateTime<Utc>>::None));
    }
    in_hand(update, notification, tx).await
}

async fn in_hand(
    update: sea_orm::UpdateMany<Entity>,
    notification: &Model,
    tx: &TenantTx,
) -> Result<(), RegistryError> {
    let done = update
        .filter(Column::Id.eq(notification.id))
        .filter(Column::ClaimEpoch.eq(notification.claim_epoch))
        .exec(tx.conn())
        .await?;
    if done.rows_affected == 0 {
        return Err(RegistryError::Superseded);
    }
    Ok(())
}

/// Makes the waiting notifications of an outbound due now.
///
/// # Errors
/// When the database does not answer.
pub async fn wake(
    tx: &TenantTx,
    outbound: OutboundId,
) -> Result<Vec<NotificationId>, RegistryError> {
    let rows = Entity::update_many()
        .col_expr(Column::NextAttemptAt, Expr::value(tx.clock().now()))
        .filter(Column::OutboundId.eq(outbound))
        .filter(Column::NextAttemptAt.is_not_null())
        .exec_with_returning(tx.conn())
        .await?;
    Ok(rows.into_iter().map(|row| row.id).collect())
}

/// A key to Jira is there again: all notifications that wait are due now.
///
/// # Errors
/// When the database does not answer.
pub async fn token_came(tx: &TenantTx) -> Result<Vec<NotificationId>, RegistryError> {
    let rows = Entity::update_many()
        .col_expr(Column::NextAttemptAt, Expr::value(tx.clock().now()))
        .filter(Column::State.eq(NotificationState::Waiting))
        .exec_with_returning(tx.conn())
        .await?;
    Ok(rows.into_iter().map(|row| row.id).collect())
}

/// The notifications with one of these Message-IDs, ours or Exchange's: what a reply answers.
///
/// # Errors
/// When the database does not answer.
pub async fn by_message_ids(
    tx: &TenantTx,
    message_ids: &[String],
) -> Result<Vec<Model>, RegistryError> {
    Ok(Entity::find()
        .filter(
            Condition::any()
                .add(Column::MessageId.is_in(message_ids))
                .add(Column::SentMessageId.is_in(message_ids)),
        )
        .all(tx.conn())
        .await?)
}

/// How many of an outbound's notifications are in a state.
///
/// # Errors
/// When the database does not answer.
pub async fn count(
    tx: &TenantTx,
    outbound: OutboundId,
    state: NotificationState,
) -> Result<u64, RegistryError> {
    Ok(Entity::find()
        .filter(Column::OutboundId.eq(outbound))
        .filter(Column::State.eq(state))
        .count(tx.conn())
        .await?)
}

/// The log of notifications, the newest first.
///
/// # Errors
/// When the database does not answer.
pub async fn log(
    tx: &TenantTx,
    state: Option<NotificationState>,
    before: Option<(DateTime<Utc>, NotificationId)>,
    limit: u64,
) -> Result<Vec<Model>, RegistryError> {
    let mut select = Entity::find();
    if let Some(state) = state {
        select = select.filter(Column::State.eq(state));
    }
    if let Some((at, id)) = before {
        select = select.filter(
            Condition::any().add(Column::CreatedAt.lt(at)).add(
                Condition::all()
                    .add(Column::CreatedAt.eq(at))
                    .add(Column::Id.lt(id)),
            ),
        );
    }
    Ok(select
        .order_by_desc(Column::CreatedAt)
        .order_by_desc(Column::Id)
        .limit(limit)
        .all(tx.conn())
        .await?)
}
