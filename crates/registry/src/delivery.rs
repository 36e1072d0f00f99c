//! Deliveries: effects in Jira, each written down before it is tried.

use chrono::{DateTime, Utc};
use postroom_secrets::Plain;
use sea_orm::{ActiveValue::Set, QueryOrder as _, entity::prelude::*, sea_query::OnConflict};

use crate::{DeliveryId, MailId, RegistryError, TenantId, TenantTx, vocabulary::vocabulary};

vocabulary! {
    /// What is made in Jira.
    EffectKind {
        /// An issue.
        Issue = "issue",
        /// A comment.
        Comment = "comment",
        /// A file.
        Attachment = "attachment",
        /// Inline images put where they stood.
        InlineImages = "inline_images",
    }
}

vocabulary! {
    /// How far an effect is.
    EffectState {
        /// It may have happened: Jira is asked before it is tried again.
        Tried = "tried",
        /// It happened.
        Done = "done",
        /// Jira will not have it.
        Refused = "refused",
    }
}

/// An effect's row.
#[derive(Clone, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "delivery")]
pub struct Model {
    /// Whose it is.
    #[sea_orm(primary_key, auto_increment = false)]
    pub tenant_id: TenantId,
    /// Its id.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: DeliveryId,
    /// Of which mail.
    pub mail_id: MailId,
    /// What.
    pub kind: EffectKind,
    /// Which one of its kind, e.g. the file name.
    pub target: String,
    /// How far.
    pub state: EffectState,
    /// Jira's id of what was made.
    pub jira_id: Option<String>,
    /// What is worth knowing, e.g. why it was refused.
    pub detail: Option<String>,
    sealed_content: Option<Vec<u8>>,
    /// First tried.
    pub created_at: DateTime<Utc>,
    /// Last changed.
    pub updated_at: DateTime<Utc>,
}

/// Rows are joined by the schema's keys; no query needs a relation.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

impl std::fmt::Debug for Model {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Delivery")
            .field("id", &self.id)
            .field("kind", &self.kind)
            .field("state", &self.state)
            .finish_non_exhaustive()
    }
}

/// Whether an effect is tried for the first time.
#[derive(Debug)]
pub enum Intent {
    /// Never tried: go on.
    First(Model),
    /// Tried before, outcome in the row: look before you leap.
    Again(Model),
}

/// Writes down that an effect is about to be tried. Commit before the call.
///
/// # Errors
/// When the database does not answer.
pub async fn intend(
    tx: &TenantTx,
    mail: MailId,
    kind: EffectKind,
    target: &str,
) -> Result<Intent, RegistryError> {
    let now = tx.clock().now();
    let target = target.replace('\0', "\u{fffd}");
    let row = ActiveModel {
        tenant_id: Set(tx.tenant()),
        id: Set(DeliveryId(tx.clock().new_id())),
        mail_id: Set(mail),
        kind: Set(kind),
        target: Set(target.clone()),
        state: Set(EffectState::Tried),
        jira_id: Set(None),
        detail: Set(None),
        sealed_content: Set(None),
        created_at: Set(now),
        updated_at: Set(now),
    };
    let inserted = Entity::insert(row)
        .on_conflict(
            OnConflict::columns([
                Column::TenantId,
                Column::MailId,
                Column::Kind,
                Column::Target,
            ])
            .do_nothing()
            .to_owned(),
        )
        .exec_without_returning(tx.conn())
        .await?;
    let row = Entity::find()
        .filter(Column::MailId.eq(mail))
        .filter(Column::Kind.eq(kind))
        .filter(Column::Target.eq(target))
        .one(tx.conn())
        .await?
        .ok_or(RegistryError::Missing)?;
    Ok(if inserted == 0 {
        Intent::Again(row)
    } else {
        Intent::First(row)
    })
}

/// How an effect ended.
#[derive(Debug)]
pub struct Outcome<'a> {
    /// Done or refused.
    pub state: EffectState,
    /// Jira's id of what was made.
    pub jira_id: Option<&'a str>,
    /// What is worth knowing.
    pub detail: Option<&'a str>,
    /// The document that Jira got, as JSON text.
    pub content: Option<&'a [u8]>,
}

/// Writes down how an effect ended.
///
/// # Errors
/// When the database does not answer.
pub async fn conclude(
    tx: &TenantTx,
    id: DeliveryId,
    outcome: Outcome<'_>,
) -> Result<(), RegistryError> {
    let mut update = Entity::update_many()
        .col_expr(Column::State, Expr::value(outcome.state))
        .col_expr(
            Column::JiraId,
            Expr::value(outcome.jira_id.map(ToOwned::to_owned)),
        )
        .col_expr(
            Column::Detail,
            Expr::value(outcome.detail.map(ToOwned::to_owned)),
        )
        .col_expr(Column::UpdatedAt, Expr::value(tx.clock().now()));
    if let Some(content) = outcome.content {
        let sealed = tx.seal("delivery", "sealed_content", content).await?;
        update = update.col_expr(Column::SealedContent, Expr::value(sealed));
    }
    update.filter(Column::Id.eq(id)).exec(tx.conn()).await?;
    Ok(())
}

/// Writes down that an effect is about to be tried once more. Commit before the call.
///
/// # Errors
/// When the database does not answer.
pub async fn try_again(tx: &TenantTx, id: DeliveryId) -> Result<(), RegistryError> {
    Entity::update_many()
        .col_expr(Column::State, Expr::value(EffectState::Tried))
        .col_expr(Column::JiraId, Expr::value(Option::<String>::None))
        .col_expr(Column::UpdatedAt, Expr::value(tx.clock().now()))
        .filter(Column::Id.eq(id))
        .exec(tx.conn())
        .await?;
    Ok(())
}

/// Forgets an effect that certainly did not happen, so that the next try is a first one.
///
/// # Errors
/// When the database does not answer.
pub async fn withdraw(tx: &TenantTx, id: DeliveryId) -> Result<(), RegistryError> {
    Entity::delete_many()
        .filter(Column::Id.eq(id))
        .filter(Column::State.eq(EffectState::Tried))
        .exec(tx.conn())
        .await?;
    Ok(())
}

/// All effects of a mail, in the order in which they were first tried.
///
/// # Errors
/// When the database does not answer.
pub async fn of_mail(tx: &TenantTx, mail: MailId) -> Result<Vec<Model>, RegistryError> {
    Ok(Entity::find()
        .filter(Column::MailId.eq(mail))
        .order_by_asc(Column::CreatedAt)
        .order_by_asc(Column::Id)
        .all(tx.conn())
        .await?)
}

/// The document that Jira got, opened.
///
/// # Errors
/// When it does not open.
pub async fn content(tx: &TenantTx, delivery: &Model) -> Result<Option<Plain>, RegistryError> {
    match &delivery.sealed_content {
        Some(sealed) => Ok(Some(tx.open("delivery", "sealed_content", sealed).await?)),
        None => Ok(None),
    }
}
