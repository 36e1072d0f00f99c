//! The ledger: one row and one state for each mail of a source.

use chrono::{DateTime, Utc};
use postroom_secrets::Plain;
use sea_orm::{Condition, QueryOrder as _, entity::prelude::*};

use crate::{
    MailId, RegistryError, SourceId, TenantId, TenantTx, mail_body, vocabulary::vocabulary,
};

mod hand;
mod identity;
mod ledger;
mod log;
mod order;
mod token;

pub use hand::{
    Claim, Decision, Finish, claim, decide, finish, hand_back, retry_at, retry_now, settled, wake,
};
pub use identity::{gone, immutable_ids, retarget_ids};
pub use ledger::{NewMail, insert, known};
pub use log::{Query, log};
pub use order::{next_fresh, release_fresh};
pub use token::{token_came, waits_for_token};

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
    /// Microsoft's id: Graph's immutable one, or EWS's.
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
    /// When its folder lost the message under this id.
    pub gone_at: Option<DateTime<Utc>>,
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

/// Another mail of the same source with the same content that is in Jira, or that was begun before this one. One that
/// nobody began yet is none: it waits for this one.
///
/// # Errors
/// When the database does not answer.
pub async fn earlier_twin(tx: &TenantTx, mail: &Model) -> Result<Option<MailId>, RegistryError> {
    let begun = Condition::all()
        .add(Column::State.eq(MailState::Waiting))
        .add(Column::Attempts.gt(0))
        .add(Column::Id.lt(mail.id));
    let twin = Entity::find()
        .filter(Column::SourceId.eq(mail.source_id))
        .filter(Column::ContentHash.eq(mail.content_hash.clone()))
        .filter(Column::Id.ne(mail.id))
        .filter(
            Condition::any()
                .add(Column::State.eq(MailState::Delivered))
                .add(begun),
        )
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

/// PostgreSQL's text has no NUL; a broken mail may.
fn text(value: &str) -> String {
    value.replace('\0', "\u{fffd}")
}
