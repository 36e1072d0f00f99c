//! The ledger: one row and one state for each mail of a source.

use std::collections::HashSet;

use chrono::{DateTime, TimeDelta, Utc};
use postroom_secrets::{Plain, sha256};
use sea_orm::{
    ActiveValue::Set,
    Condition, QueryOrder as _, QuerySelect as _,
    entity::prelude::*,
    sea_query::{ExprTrait as _, OnConflict, extension::postgres::PgExpr as _},
};

use crate::{
    MailId, RegistryError, SourceId, TenantId, TenantTx, mail_body, vocabulary::vocabulary,
};

vocabulary! {
    /// The one state of a mail. All but the first are terminal.
    MailState {
        /// Something is still to be done.
        Waiting = "waiting",
        /// It is in Jira.
        Delivered = "delivered",
        /// It was not to become anything, by a rule.
        Ignored = "ignored",
        /// It was refused by a rule.
        Rejected = "rejected",
        /// A person must decide.
        Held = "held",
        /// It could not be delivered; its raw body is kept.
        Dead = "dead",
    }
}

/// A mail's row.
#[derive(Clone, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "mail")]
pub struct Model {
    /// Whose it is.
    #[sea_orm(primary_key, auto_increment = false)]
    pub tenant_id: TenantId,
    /// Its id.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: MailId,
    /// The source that received it.
    pub source_id: SourceId,
    /// Microsoft's immutable id.
    pub immutable_id: String,
    /// RFC 5322 Message-ID, without the angle brackets.
    pub message_id: Option<String>,
    /// SHA-256 of the raw mail.
    pub content_hash: Vec<u8>,
    /// When the mailbox got it.
    pub received_at: DateTime<Utc>,
    /// The sender's name.
    pub from_name: String,
    /// The sender's address.
    pub from_address: String,
    /// As it came.
    pub subject: String,
    /// Of the raw mail.
    pub size_bytes: i64,
    /// How many files it carries.
    pub attachments: i32,
    /// The one state.
    pub state: MailState,
    /// Why it is in that state, in words.
    pub reason: String,
    /// What shall happen to it (`postroom_rules::Plan`).
    #[sea_orm(column_type = "JsonBinary")]
    pub plan: Option<Json>,
    /// Why (`postroom_rules::Step`s, and what delivery and settling added).
    #[sea_orm(column_type = "JsonBinary")]
    pub trace: Json,
    /// Jira's id of the issue that it is in.
    pub issue_id: Option<String>,
    /// For people.
    pub issue_key: Option<String>,
    /// Jira's id of the comment that it became.
    pub comment_id: Option<String>,
    /// How often it was taken in hand.
    pub attempts: i32,
    /// When it is due; none when nothing is left to do.
    pub next_attempt_at: Option<DateTime<Utc>>,
    /// What went wrong last, for the administrator.
    pub last_error: Option<String>,
    /// Fences workers.
    pub claim_epoch: i64,
    /// Until when a worker has it.
    pub claimed_until: Option<DateTime<Utc>>,
    /// When the state became terminal.
    pub finished_at: Option<DateTime<Utc>>,
    /// When the mailbox was told.
    pub settled_at: Option<DateTime<Utc>>,
    /// When the ledger got it.
    pub created_at: DateTime<Utc>,
}

/// Rows are joined by the schema's keys; no query needs a relation.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

impl std::fmt::Debug for Model {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Mail")
            .field("id", &self.id)
            .field("source_id", &self.source_id)
            .field("state", &self.state)
            .field("attempts", &self.attempts)
            .finish_non_exhaustive()
    }
}

/// A mail that the ledger does not have yet.
pub struct NewMail<'a> {
    /// The source that received it.
    pub source_id: SourceId,
    /// Microsoft's immutable id.
    pub immutable_id: &'a str,
    /// Without the angle brackets.
    pub message_id: Option<&'a str>,
    /// When the mailbox got it.
    pub received_at: DateTime<Utc>,
    /// The sender's name.
    pub from_name: &'a str,
    /// The sender's address.
    pub from_address: &'a str,
    /// As it came.
    pub subject: &'a str,
    /// The whole mail.
    pub raw: &'a [u8],
}

impl std::fmt::Debug for NewMail<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("NewMail")
            .field("source_id", &self.source_id)
            .field("size_bytes", &self.raw.len())
            .finish_non_exhaustive()
    }
}

/// Takes a mail into the ledger with its raw body, due at once. `None` when the ledger has it already.
///
/// # Errors
/// When the database does not answer.
pub async fn insert(tx: &TenantTx, new: &NewMail<'_>) -> Result<Option<MailId>, RegistryError> {
    let now = tx.clock().now();
    let id = MailId(tx.clock().new_id());
    let row = ActiveModel {
        tenant_id: Set(tx.tenant()),
        id: Set(id),
        source_id: Set(new.source_id),
        immutable_id: Set(new.immutable_id.to_owned()),
        message_id: Set(new.message_id.map(text)),
        content_hash: Set(sha256(new.raw).to_vec()),
        received_at: Set(new.received_at),
        from_name: Set(text(new.from_name)),
        from_address: Set(text(new.from_address)),
        subject: Set(text(new.subject)),
        size_bytes: Set(i64::try_from(new.raw.len()).unwrap_or(i64::MAX)),
        attachments: Set(0),
        state: Set(MailState::Waiting),
        reason: Set(String::new()),
        plan: Set(None),
        trace: Set(Json::Array(Vec::new())),
        issue_id: Set(None),
        issue_key: Set(None),
        comment_id: Set(None),
        attempts: Set(0),
        next_attempt_at: Set(Some(now)),
        last_error: Set(None),
        claim_epoch: Set(0),
        claimed_until: Set(None),
        finished_at: Set(None),
        settled_at: Set(None),
        created_at: Set(now),
    };
    let inserted = Entity::insert(row)
        .on_conflict(
            OnConflict::columns([Column::TenantId, Column::SourceId, Column::ImmutableId])
                .do_nothing()
                .to_owned(),
        )
        .exec_without_returning(tx.conn())
        .await?;
    if inserted == 0 {
        return Ok(None);
    }
    mail_body::insert(tx, id, new.raw).await?;
    Ok(Some(id))
}

/// PostgreSQL's text has no NUL; a broken mail may.
fn text(value: &str) -> String {
    value.replace('\0', "\u{fffd}")
}

/// Which of these immutable ids the ledger of the source has.
///
/// # Errors
/// When the database does not answer.
pub async fn known(
    tx: &TenantTx,
    source: SourceId,
    immutable_ids: &[String],
) -> Result<HashSet<String>, RegistryError> {
    let rows: Vec<String> = Entity::find()
        .select_only()
        .column(Column::ImmutableId)
        .filter(Column::SourceId.eq(source))
        .filter(Column::ImmutableId.is_in(immutable_ids))
        .into_tuple()
        .all(tx.conn())
        .await?;
    Ok(rows.into_iter().collect())
}

/// The mail, if this tenant has it.
///
/// # Errors
/// [`RegistryError::Missing`] otherwise.
pub async fn find(tx: &TenantTx, id: MailId) -> Result<Model, RegistryError> {
    Entity::find_by_id((tx.tenant(), id))
        .one(tx.conn())
        .await?
        .ok_or(RegistryError::Missing)
}

/// The raw mail, opened.
///
/// # Errors
/// [`RegistryError::Missing`] when its body is not kept any more.
pub async fn raw(tx: &TenantTx, id: MailId) -> Result<Plain, RegistryError> {
    mail_body::open(tx, id).await
}

/// Takes a due mail in hand for `hold`, unless another worker has it or nothing is left to do.
///
/// # Errors
/// When the database does not answer.
pub async fn claim(
    tx: &TenantTx,
    id: MailId,
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

/// The mails with one of these Message-IDs, the oldest first.
///
/// # Errors
/// When the database does not answer.
pub async fn by_message_ids(
    tx: &TenantTx,
    message_ids: &[String],
) -> Result<Vec<Model>, RegistryError> {
    Ok(Entity::find()
        .filter(Column::MessageId.is_in(message_ids))
        .order_by_asc(Column::CreatedAt)
        .all(tx.conn())
        .await?)
}

/// Another mail of the same source with the same Message-ID and the same content, taken in before this one.
///
/// # Errors
/// When the database does not answer.
pub async fn earlier_twin(tx: &TenantTx, mail: &Model) -> Result<Option<MailId>, RegistryError> {
    let twin = Entity::find()
        .filter(Column::SourceId.eq(mail.source_id))
        .filter(Column::ContentHash.eq(mail.content_hash.clone()))
        .filter(Column::Id.lt(mail.id))
        .filter(Column::State.is_in([MailState::Waiting, MailState::Delivered]))
        .order_by_asc(Column::Id)
        .one(tx.conn())
        .await?;
    Ok(twin.map(|row| row.id))
}

/// The mails that are in an issue, the newest first.
///
/// # Errors
/// When the database does not answer.
pub async fn of_issue(tx: &TenantTx, issue_id: &str) -> Result<Vec<Model>, RegistryError> {
    Ok(Entity::find()
        .filter(Column::IssueId.eq(issue_id))
        .order_by_desc(Column::ReceivedAt)
        .all(tx.conn())
        .await?)
}

/// What the mail log is asked for.
#[derive(Debug, Default)]
pub struct Query {
    /// Only this state.
    pub state: Option<MailState>,
    /// Only this source.
    pub source_id: Option<SourceId>,
    /// Only these sources: what the asking account may look at.
    pub sources: Option<Vec<SourceId>>,
    /// Words in subject, sender or issue key.
    pub words: Option<String>,
    /// Only mails after this one in the log's order: its time and id.
    pub before: Option<(DateTime<Utc>, MailId)>,
    /// How many rows.
    pub limit: u64,
}

/// The mail log, the newest first.
///
/// # Errors
/// When the database does not answer.
pub async fn log(tx: &TenantTx, query: &Query) -> Result<Vec<Model>, RegistryError> {
    let mut select = Entity::find();
    if let Some(state) = query.state {
        select = select.filter(Column::State.eq(state));
    }
    if let Some(source) = query.source_id {
        select = select.filter(Column::SourceId.eq(source));
    }
    if let Some(sources) = &query.sources {
        select = select.filter(Column::SourceId.is_in(sources.iter().copied()));
    }
    if let Some(words) = query.words.as_deref().filter(|words| !words.is_empty()) {
        let like = format!(
            "%{}%",
            words
                .replace('\\', "\\\\")
                .replace('%', "\\%")
                .replace('_', "\\_")
        );
        let matches = |column: Column| Expr::col(column).ilike(like.clone());
        select = select.filter(
            Condition::any()
                .add(matches(Column::Subject))
                .add(matches(Column::FromAddress))
                .add(matches(Column::FromName))
                .add(matches(Column::IssueKey)),
        );
    }
    if let Some((at, id)) = query.before {
        select = select.filter(
            Condition::any().add(Column::ReceivedAt.lt(at)).add(
                Condition::all()
                    .add(Column::ReceivedAt.eq(at))
                    .add(Column::Id.lt(id)),
            ),
        );
    }
    Ok(select
        .order_by_desc(Column::ReceivedAt)
        .order_by_desc(Column::Id)
        .limit(query.limit)
        .all(tx.conn())
        .await?)
}
