//! Push: Microsoft's promise to tell of new mail in a source's folder. A hint; polls go on without it.

use chrono::{DateTime, TimeDelta, Utc};
use postroom_secrets::random_token;
use sea_orm::{
    ActiveValue::Set, ConnectionTrait as _, DbBackend, Statement, entity::prelude::*,
    sea_query::ExprTrait as _,
};
use secrecy::{ExposeSecret as _, SecretString};

use crate::{
    Registry, RegistryError, SourceId, SubscriptionId, TenantId, TenantTx, tenant::may_be_a_name,
    vocabulary::vocabulary,
};

const TABLE: &str = "subscription";
const CLIENT_STATE: &str = "sealed_client_state";

vocabulary! {
    /// How push is.
    SubscriptionState {
        /// Microsoft is being asked.
        Starting = "starting",
        /// Microsoft tells.
        Live = "live",
        /// Microsoft does not tell at the moment.
        Down = "down",
        /// The operator or the service's address does not let it be.
        Off = "off",
        /// Microsoft cannot tell of this mailbox.
        NotAvailable = "not_available",
    }
}

/// A subscription's row.
#[derive(Clone, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "subscription")]
pub struct Model {
    /// Whose it is.
    #[sea_orm(primary_key, auto_increment = false)]
    pub tenant_id: TenantId,
    /// Its id.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: SubscriptionId,
    /// Of which source.
    pub source_id: SourceId,
    /// Stands in the address that Microsoft calls; unguessable.
    pub key: String,
    /// Microsoft's id, while there is one.
    pub graph_id: Option<String>,
    sealed_client_state: Option<Vec<u8>>,
    /// How it is.
    pub state: SubscriptionState,
    /// Since when.
    pub state_since: DateTime<Utc>,
    /// Why, for people.
    pub detail: Option<String>,
    /// When Microsoft's promise ends.
    pub expires_at: Option<DateTime<Utc>>,
    /// When somebody must look after it; none: nothing is left to do.
    pub renew_at: Option<DateTime<Utc>>,
    /// When Microsoft last told.
    pub last_notified_at: Option<DateTime<Utc>>,
    /// Failures in a row.
    pub failures: i32,
    /// Fences workers.
    pub claim_epoch: i64,
    /// Until when a worker has it.
    pub claimed_until: Option<DateTime<Utc>>,
}

/// Rows are joined by the schema's keys; no query needs a relation.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

impl std::fmt::Debug for Model {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Subscription")
            .field("id", &self.id)
            .field("source_id", &self.source_id)
            .field("state", &self.state)
            .finish_non_exhaustive()
    }
}

impl Registry {
    /// The subscription whose address this key is.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn subscription_by_key(
        &self,
        key: &str,
    ) -> Result<Option<(TenantId, SubscriptionId)>, RegistryError> {
        if !may_be_a_name(key) {
            return Ok(None);
        }
        let sql = "SELECT tenant_id, id FROM subscription_by_key($1)";
        let asked = Statement::from_sql_and_values(DbBackend::Postgres, sql, [key.into()]);
        let Some(row) = self.db().query_one_raw(asked).await? else {
            return Ok(None);
        };
        Ok(Some((
            row.try_get("", "tenant_id")?,
            row.try_get("", "id")?,
        )))
    }
}

/// A source of Graph gets its subscription, due at once; nothing where it has one.
pub(crate) async fn ensure(tx: &TenantTx, source: SourceId) -> Result<(), RegistryError> {
    if of_source(tx, source).await?.is_some() {
        return Ok(());
    }
    let now = tx.clock().now();
    let row = ActiveModel {
        tenant_id: Set(tx.tenant()),
        id: Set(SubscriptionId(tx.clock().new_id())),
        source_id: Set(source),
        key: Set(random_token(32).expose_secret().to_owned()),
        graph_id: Set(None),
        sealed_client_state: Set(None),
        state: Set(SubscriptionState::Starting),
        state_since: Set(now),
        detail: Set(None),
        expires_at: Set(None),
        renew_at: Set(Some(now)),
        last_notified_at: Set(None),
        failures: Set(0),
        claim_epoch: Set(0),
        claimed_until: Set(None),
    };
    Entity::insert(row)
        .exec_without_returning(tx.conn())
        .await?;
    Ok(())
}

/// The subscription, if this tenant has it.
///
/// # Errors
/// [`RegistryError::Missing`] otherwise.
pub async fn find(tx: &TenantTx, id: SubscriptionId) -> Result<Model, RegistryError> {
    Entity::find_by_id((tx.tenant(), id))
        .one(tx.conn())
        .await?
        .ok_or(RegistryError::Missing)
}

/// The subscription of a source; sources of EWS have none.
///
/// # Errors
/// When the database does not answer.
pub async fn of_source(tx: &TenantTx, source: SourceId) -> Result<Option<Model>, RegistryError> {
    Ok(Entity::find()
        .filter(Column::SourceId.eq(source))
        .one(tx.conn())
        .await?)
}

/// What Microsoft must say with each notification; none before it was first asked.
///
/// # Errors
/// When it does not open.
pub async fn client_state(
    tx: &TenantTx,
    subscription: &Model,
) -> Result<Option<SecretString>, RegistryError> {
    let Some(sealed) = &subscription.sealed_client_state else {
        return Ok(None);
    };
    let plain = tx.open(TABLE, CLIENT_STATE, sealed).await?;
    Ok(Some(plain.to_secret_string()?))
}

/// Takes a due subscription in hand for `hold`, unless another worker has it or nothing is left to do.
///
/// # Errors
/// When the database does not answer.
pub async fn claim(
    tx: &TenantTx,
    id: SubscriptionId,
    hold: TimeDelta,
) -> Result<Option<Model>, RegistryError> {
    let now = tx.clock().now();
    let mut taken = Entity::update_many()
        .col_expr(Column::ClaimEpoch, Expr::col(Column::ClaimEpoch).add(1))
        .col_expr(Column::ClaimedUntil, Expr::value(now + hold))
        .filter(Column::Id.eq(id))
        .filter(Column::RenewAt.lte(now))
        .filter(
            Column::ClaimedUntil
                .is_null()
                .or(Column::ClaimedUntil.lte(now)),
        )
        .exec_with_returning(tx.conn())
        .await?;
    Ok(taken.pop())
}

/// A new word that Microsoft must say, kept before Microsoft is asked. Notifications that say the old one are nobody's
/// from now on.
///
/// # Errors
/// [`RegistryError::Superseded`] when the subscription is not in hand any more.
pub async fn new_client_state(
    tx: &TenantTx,
    subscription: &Model,
) -> Result<SecretString, RegistryError> {
    let word = random_token(32);
    let sealed = tx
        .seal(TABLE, CLIENT_STATE, word.expose_secret().as_bytes())
        .await?;
    let update =
        Entity::update_many().col_expr(Column::SealedClientState, Expr::value(Some(sealed)));
    in_hand(update, subscription, tx).await?;
    Ok(word)
}

/// How looking after a subscription ended.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Outcome {
    /// How it is.
    pub state: SubscriptionState,
    /// Why, for people.
    pub detail: Option<String>,
    /// Microsoft's id, while there is one.
    pub graph_id: Option<String>,
    /// When Microsoft's promise ends.
    pub expires_at: Option<DateTime<Utc>>,
    /// When to look again; none: never.
    pub renew_at: Option<DateTime<Utc>>,
}

/// Ends looking after a subscription in hand.
///
/// # Errors
/// [`RegistryError::Superseded`] when it is not in hand any more.
pub async fn end(
    tx: &TenantTx,
    subscription: &Model,
    outcome: Outcome,
) -> Result<(), RegistryError> {
    let failures = match outcome.state {
        SubscriptionState::Down => subscription.failures.saturating_add(1),
        _ => 0,
    };
    let since = match outcome.state == subscription.state {
        true => subscription.state_since,
        false => tx.clock().now(),
    };
    let update = Entity::update_many()
        .col_expr(Column::State, Expr::value(outcome.state))
        .col_expr(Column::StateSince, Expr::value(since))
        .col_expr(Column::Detail, Expr::value(outcome.detail))
        .col_expr(Column::GraphId, Expr::value(outcome.graph_id))
        .col_expr(Column::ExpiresAt, Expr::value(outcome.expires_at))
        // What asked for another look meanwhile is not forgotten.
        .col_expr(
            Column::RenewAt,
            Expr::cust_with_values(
                "CASE WHEN renew_at > $1 THEN renew_at ELSE $2::timestamptz END",
                [
                    Value::from(subscription.renew_at.unwrap_or_default()),
                    Value::from(outcome.renew_at),
                ],
            ),
        )
        .col_expr(Column::Failures, Expr::value(failures))
        .col_expr(
            Column::ClaimedUntil,
            Expr::value(Option::<DateTime<Utc>>::None),
        );
    in_hand(update, subscription, tx).await
}

async fn in_hand(
    update: sea_orm::UpdateMany<Entity>,
    subscription: &Model,
    tx: &TenantTx,
) -> Result<(), RegistryError> {
    let done = update
        .filter(Column::Id.eq(subscription.id))
        .filter(Column::ClaimEpoch.eq(subscription.claim_epoch))
        .exec(tx.conn())
        .await?;
    if done.rows_affected == 0 {
        return Err(RegistryError::Superseded);
    }
    Ok(())
}

/// What a lifecycle notification says of a subscription.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Lifecycle {
    /// Microsoft wants to be asked again whether it may go on.
    ReauthorizationRequired,
    /// Microsoft forgot it.
    Removed,
    /// Microsoft may have left some mail untold.
    Missed,
}

/// Microsoft told of new mail.
///
/// # Errors
/// When the database does not answer.
pub async fn notified(tx: &TenantTx, id: SubscriptionId) -> Result<(), RegistryError> {
    Entity::update_many()
        .col_expr(Column::LastNotifiedAt, Expr::value(tx.clock().now()))
        .filter(Column::Id.eq(id))
        .exec(tx.conn())
        .await?;
    Ok(())
}

/// Microsoft told something about the subscription itself: somebody looks after it now. What was missed is found by a
/// poll.
///
/// # Errors
/// When the database does not answer.
pub async fn look_after(
    tx: &TenantTx,
    id: SubscriptionId,
    why: Lifecycle,
) -> Result<(), RegistryError> {
    let now = tx.clock().now();
    let mut update = Entity::update_many().col_expr(Column::LastNotifiedAt, Expr::value(now));
    match why {
        Lifecycle::Missed => {}
        Lifecycle::ReauthorizationRequired => {
            update = update.col_expr(Column::RenewAt, Expr::value(now));
        }
        Lifecycle::Removed => {
            update = update
                .col_expr(Column::RenewAt, Expr::value(now))
                .col_expr(Column::GraphId, Expr::value(Option::<String>::None))
                .col_expr(Column::State, Expr::value(SubscriptionState::Starting))
                .col_expr(Column::StateSince, Expr::value(now));
        }
    }
    update.filter(Column::Id.eq(id)).exec(tx.conn()).await?;
    Ok(())
}

/// The subscription of a source is looked after at once: its folder, its wire or its sign-in is another. What stands at
/// Microsoft is made anew.
pub(crate) async fn renew_now(tx: &TenantTx, source: SourceId) -> Result<(), RegistryError> {
    let now = tx.clock().now();
    Entity::update_many()
        .col_expr(Column::RenewAt, Expr::value(now))
        .col_expr(Column::State, Expr::value(SubscriptionState::Starting))
        .col_expr(Column::StateSince, Expr::value(now))
        .filter(Column::SourceId.eq(source))
        .exec(tx.conn())
        .await?;
    Ok(())
}
