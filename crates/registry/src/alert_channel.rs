//! Where a tenant wants to be told of trouble: a mail address, or a chat tool's webhook.

use chrono::{DateTime, Utc};
use sea_orm::{ActiveValue::Set, IntoActiveModel as _, QueryOrder as _, entity::prelude::*};
use secrecy::{ExposeSecret as _, SecretString};

use crate::{
    AlertChannelId, OutboundId, RegistryError, TenantId, TenantTx, alert, vocabulary::vocabulary,
};

const TABLE: &str = "alert_channel";
const COLUMN: &str = "sealed_target";

vocabulary! {
    /// How a channel tells.
    ChannelKind {
        /// By mail.
        Mail = "mail",
        /// By calling a webhook.
        Webhook = "webhook",
    }
}

vocabulary! {
    /// What a webhook is told.
    Format {
        /// `{"text": …}`, as Slack and many others take it.
        Slack = "slack",
        /// An adaptive card, as Teams takes it.
        Teams = "teams",
        /// All that there is, as JSON.
        Generic = "generic",
    }
}

/// A channel's row.
#[derive(Clone, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "alert_channel")]
pub struct Model {
    /// Whose it is.
    #[sea_orm(primary_key, auto_increment = false)]
    pub tenant_id: TenantId,
    /// Its id.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: AlertChannelId,
    /// How it tells.
    pub kind: ChannelKind,
    /// For people.
    pub name: String,
    sealed_target: Vec<u8>,
    /// What a webhook is told.
    pub format: Option<Format>,
    /// What mails go out by; none: any outbound that works.
    pub outbound_id: Option<OutboundId>,
    /// Whether it is told.
    pub enabled: bool,
    /// When it was last told.
    pub last_sent_at: Option<DateTime<Utc>>,
    /// What went wrong last.
    pub last_error: Option<String>,
    /// When it was made.
    pub created_at: DateTime<Utc>,
    /// When a person deleted it.
    pub deleted_at: Option<DateTime<Utc>>,
}

/// Rows are joined by the schema's keys; no query needs a relation.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

impl std::fmt::Debug for Model {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("AlertChannel")
            .field("id", &self.id)
            .field("kind", &self.kind)
            .field("enabled", &self.enabled)
            .finish_non_exhaustive()
    }
}

/// What makes a channel.
#[derive(Debug)]
pub struct NewChannel {
    /// How it tells.
    pub kind: ChannelKind,
    /// For people.
    pub name: String,
    /// The address; a webhook's holds its secret. To be sealed.
    pub target: SecretString,
    /// What a webhook is told; a mail has none.
    pub format: Option<Format>,
    /// What mails go out by; none: any outbound that works.
    pub outbound_id: Option<OutboundId>,
}

/// Makes a channel; it is told from now on.
///
/// # Errors
/// When the database does not answer.
pub async fn insert(tx: &TenantTx, new: NewChannel) -> Result<Model, RegistryError> {
    let row = ActiveModel {
        tenant_id: Set(tx.tenant()),
        id: Set(AlertChannelId(tx.clock().new_id())),
        kind: Set(new.kind),
        name: Set(new.name),
        sealed_target: Set(seal(tx, &new.target).await?),
        format: Set(new.format),
        outbound_id: Set(new.outbound_id),
        enabled: Set(true),
        last_sent_at: Set(None),
        last_error: Set(None),
        created_at: Set(tx.clock().now()),
        deleted_at: Set(None),
    };
    Ok(row.insert(tx.conn()).await?)
}

async fn seal(tx: &TenantTx, target: &SecretString) -> Result<Vec<u8>, RegistryError> {
    tx.seal(TABLE, COLUMN, target.expose_secret().as_bytes())
        .await
}

/// The channel, if this tenant has it and nobody deleted it.
///
/// # Errors
/// [`RegistryError::Missing`] otherwise.
pub async fn find(tx: &TenantTx, id: AlertChannelId) -> Result<Model, RegistryError> {
    Entity::find_by_id((tx.tenant(), id))
        .filter(Column::DeletedAt.is_null())
        .one(tx.conn())
        .await?
        .ok_or(RegistryError::Missing)
}

/// The channel, also one that was deleted: what it was told has its name.
///
/// # Errors
/// [`RegistryError::Missing`] when this tenant never had it.
pub async fn find_even_deleted(tx: &TenantTx, id: AlertChannelId) -> Result<Model, RegistryError> {
    Entity::find_by_id((tx.tenant(), id))
        .one(tx.conn())
        .await?
        .ok_or(RegistryError::Missing)
}

/// All that nobody deleted, in the order of their making.
///
/// # Errors
/// When the database does not answer.
pub async fn list(tx: &TenantTx) -> Result<Vec<Model>, RegistryError> {
    Ok(Entity::find()
        .filter(Column::DeletedAt.is_null())
        .order_by_asc(Column::CreatedAt)
        .all(tx.conn())
        .await?)
}

/// Where it tells, opened.
///
/// # Errors
/// When it does not open.
pub async fn target(tx: &TenantTx, channel: &Model) -> Result<SecretString, RegistryError> {
    let plain = tx.open(TABLE, COLUMN, &channel.sealed_target).await?;
    Ok(plain.to_secret_string()?)
}

/// What a person may change. `None` leaves a field as it is.
#[derive(Debug, Default)]
pub struct Change {
    /// Another name.
    pub name: Option<String>,
    /// Another address.
    pub target: Option<SecretString>,
    /// Another form of what a webhook is told.
    pub format: Option<Format>,
    /// What mails go out by; the inner none means any outbound that works.
    pub outbound_id: Option<Option<OutboundId>>,
    /// Whether it is told.
    pub enabled: Option<bool>,
}

/// Changes a channel.
///
/// # Errors
/// When the database does not answer.
pub async fn change(tx: &TenantTx, channel: Model, change: Change) -> Result<Model, RegistryError> {
    let mut row = channel.into_active_model();
    if let Some(name) = change.name {
        row.name = Set(name);
    }
    if let Some(target) = change.target {
        row.sealed_target = Set(seal(tx, &target).await?);
        row.last_error = Set(None);
    }
    if let Some(format) = change.format {
        row.format = Set(Some(format));
    }
    if let Some(outbound) = change.outbound_id {
        row.outbound_id = Set(outbound);
    }
    if let Some(enabled) = change.enabled {
        row.enabled = Set(enabled);
    }
    Ok(row.update(tx.conn()).await?)
}

/// Notes how telling it went; `None`: well.
///
/// # Errors
/// When the database does not answer.
pub async fn told(
    tx: &TenantTx,
    id: AlertChannelId,
    error: Option<&str>,
) -> Result<(), RegistryError> {
    let mut update = Entity::update_many().col_expr(Column::LastError, Expr::value(error));
    if error.is_none() {
        update = update.col_expr(Column::LastSentAt, Expr::value(tx.clock().now()));
    }
    update.filter(Column::Id.eq(id)).exec(tx.conn()).await?;
    Ok(())
}

/// Deleted for people; what waited for it is dropped.
///
/// # Errors
/// When the database does not answer.
pub async fn delete(tx: &TenantTx, channel: Model) -> Result<(), RegistryError> {
    alert::drop_waiting(
        tx,
        alert::Column::ChannelId.eq(channel.id),
        "The channel was deleted.",
    )
    .await?;
    let mut row = channel.into_active_model();
    row.deleted_at = Set(Some(tx.clock().now()));
    row.update(tx.conn()).await?;
    Ok(())
}
