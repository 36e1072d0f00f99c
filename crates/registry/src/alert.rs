//! Alerts: one message about an incident to one channel, when it opened and again when it was over.

use chrono::{DateTime, TimeDelta, Utc};
use sea_orm::{
    ActiveValue::Set,
    Condition, QueryOrder as _,
    entity::prelude::*,
    sea_query::{ExprTrait as _, IntoCondition},
};

use crate::{
    AlertChannelId, AlertId, IncidentId, RegistryError, TenantId, TenantTx, alert_channel,
    vocabulary::vocabulary,
};

vocabulary! {
    /// What a message says.
    Phase {
        /// There is trouble.
        Opened = "opened",
        /// It is over.
        Closed = "closed",
    }
}

vocabulary! {
    /// What became of a message. All but the first are terminal.
    AlertState {
        /// To be sent.
        Waiting = "waiting",
        /// Sent.
        Sent = "sent",
        /// Given up, or not needed any more.
        Dead = "dead",
    }
}

/// An alert's row.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "alert")]
pub struct Model {
    /// Whose it is.
    #[sea_orm(primary_key, auto_increment = false)]
    pub tenant_id: TenantId,
    /// Its id.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: AlertId,
    /// About which incident.
    pub incident_id: IncidentId,
    /// To which channel.
    pub channel_id: AlertChannelId,
    /// What it says.
    pub phase: Phase,
    /// What became of it.
    pub state: AlertState,
    /// How often it was taken in hand.
    pub attempts: i32,
    /// When it is due; none when nothing is left to do.
    pub next_attempt_at: Option<DateTime<Utc>>,
    /// Fences workers.
    pub claim_epoch: i64,
    /// Until when a worker has it.
    pub claimed_until: Option<DateTime<Utc>>,
    /// What went wrong last, or why it was not needed.
    pub last_error: Option<String>,
    /// When it was made.
    pub created_at: DateTime<Utc>,
    /// When the state became terminal.
    pub finished_at: Option<DateTime<Utc>>,
}

/// Rows are joined by the schema's keys; no query needs a relation.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

/// The alert, if this tenant has it.
///
/// # Errors
/// [`RegistryError::Missing`] otherwise.
pub async fn find(tx: &TenantTx, id: AlertId) -> Result<Model, RegistryError> {
    Entity::find_by_id((tx.tenant(), id))
        .one(tx.conn())
        .await?
        .ok_or(RegistryError::Missing)
}

/// The messages about an incident, in the order of their making.
///
/// # Errors
/// When the database does not answer.
pub async fn of_incident(tx: &TenantTx, incident: IncidentId) -> Result<Vec<Model>, RegistryError> {
    Ok(Entity::find()
        .filter(Column::IncidentId.eq(incident))
        .order_by_asc(Column::CreatedAt)
        .order_by_asc(Column::Id)
        .all(tx.conn())
        .await?)
}

/// Every channel that is told gets a message that trouble began.
pub(crate) async fn opened(
    tx: &TenantTx,
    incident: IncidentId,
) -> Result<Vec<AlertId>, RegistryError> {
    let mut alerts = Vec::new();
    for channel in alert_channel::list(tx).await? {
        if channel.enabled {
            alerts.push(make(tx, incident, channel.id, Phase::Opened).await?);
        }
    }
    Ok(alerts)
}

/// Whoever was told of the trouble is told that it is over. A message that nobody began to send is dropped: who was
/// not told need not know.
pub(crate) async fn closed(
    tx: &TenantTx,
    incident: IncidentId,
) -> Result<Vec<AlertId>, RegistryError> {
    let now = tx.clock().now();
    let untouched = Condition::all().add(Column::IncidentId.eq(incident)).add(
        Column::ClaimedUntil
            .is_null()
            .or(Column::ClaimedUntil.lte(now)),
    );
    drop_waiting(tx, untouched, "It was over before it was sent.").await?;
    let told = Entity::find()
        .filter(Column::IncidentId.eq(incident))
        .filter(Column::Phase.eq(Phase::Opened))
        .filter(Column::State.ne(AlertState::Dead))
        .all(tx.conn())
        .await?;
    let mut alerts = Vec::new();
    for row in told {
        alerts.push(make(tx, incident, row.channel_id, Phase::Closed).await?);
    }
    Ok(alerts)
}

async fn make(
    tx: &TenantTx,
    incident: IncidentId,
    channel: AlertChannelId,
    phase: Phase,
) -> Result<AlertId, RegistryError> {
    let now = tx.clock().now();
    let id = AlertId(tx.clock().new_id());
    let row = ActiveModel {
        tenant_id: Set(tx.tenant()),
        id: Set(id),
        incident_id: Set(incident),
        channel_id: Set(channel),
        phase: Set(phase),
        state: Set(AlertState::Waiting),
        attempts: Set(0),
        next_attempt_at: Set(Some(now)),
        claim_epoch: Set(0),
        claimed_until: Set(None),
        last_error: Set(None),
        created_at: Set(now),
        finished_at: Set(None),
    };
    Entity::insert(row)
        .exec_without_returning(tx.conn())
        .await?;
    Ok(id)
}

/// Gives up the waiting alerts that `which` names.
pub(crate) async fn drop_waiting(
    tx: &TenantTx,
    which: impl IntoCondition,
    why: &str,
) -> Result<(), RegistryError> {
    ended(Entity::update_many(), AlertState::Dead, tx.clock().now())
        .col_expr(Column::LastError, Expr::value(why))
        // Who has it in hand loses it.
        .col_expr(Column::ClaimEpoch, Expr::col(Column::ClaimEpoch).add(1))
        .filter(Column::State.eq(AlertState::Waiting))
        .filter(which.into_condition())
        .exec(tx.conn())
        .await?;
    Ok(())
}

/// Takes a due alert in hand for `hold`, unless another worker has it or nothing is left to do.
///
/// # Errors
/// When the database does not answer.
pub async fn claim(
    tx: &TenantTx,
    id: AlertId,
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

/// The message went out.
///
/// # Errors
/// [`RegistryError::Superseded`] when it is not in hand any more.
pub async fn sent(tx: &TenantTx, alert: &Model) -> Result<(), RegistryError> {
    let update = ended(Entity::update_many(), AlertState::Sent, tx.clock().now())
        .col_expr(Column::LastError, Expr::value(Option::<String>::None));
    in_hand(update, alert, tx).await
}

/// The message is given up.
///
/// # Errors
/// [`RegistryError::Superseded`] when it is not in hand any more.
pub async fn give_up(tx: &TenantTx, alert: &Model, why: &str) -> Result<(), RegistryError> {
    let update = ended(Entity::update_many(), AlertState::Dead, tx.clock().now())
        .col_expr(Column::LastError, Expr::value(why));
    in_hand(update, alert, tx).await
}

/// Lays an alert in hand aside until `at`.
///
/// # Errors
/// [`RegistryError::Superseded`] when it is not in hand any more.
pub async fn retry_at(
    tx: &TenantTx,
    alert: &Model,
    at: DateTime<Utc>,
    error: &str,
) -> Result<(), RegistryError> {
    let update = Entity::update_many()
        .col_expr(Column::NextAttemptAt, Expr::value(at))
        .col_expr(Column::LastError, Expr::value(error))
        .col_expr(
            Column::ClaimedUntil,
            Expr::value(Option::<DateTime<Utc>>::None),
        );
    in_hand(update, alert, tx).await
}

fn ended(
    update: sea_orm::UpdateMany<Entity>,
    state: AlertState,
    now: DateTime<Utc>,
) -> sea_orm::UpdateMany<Entity> {
    let never = || Expr::value(Option::<DateTime<Utc>>::None);
    update
        .col_expr(Column::State, Expr::value(state))
        .col_expr(Column::FinishedAt, Expr::value(now))
        .col_expr(Column::NextAttemptAt, never())
        .col_expr(Column::ClaimedUntil, never())
}

async fn in_hand(
    update: sea_orm::UpdateMany<Entity>,
    alert: &Model,
    tx: &TenantTx,
) -> Result<(), RegistryError> {
    let done = update
        .filter(Column::Id.eq(alert.id))
        .filter(Column::ClaimEpoch.eq(alert.claim_epoch))
        .exec(tx.conn())
        .await?;
    if done.rows_affected == 0 {
        return Err(RegistryError::Superseded);
    }
    Ok(())
}
