//! Counts for the panel: is my mail flowing?

use chrono::{DateTime, TimeDelta, Utc};
use sea_orm::{ConnectionTrait as _, DbBackend, Statement, entity::prelude::*};

use crate::{RegistryError, SourceId, TenantTx, mail::MailState};

/// How many mails of a state.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct StateCount {
    /// The state.
    pub state: MailState,
    /// How many.
    pub amount: i64,
}

/// How many mails of a state were received in an hour.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct HourCount {
    /// The hour's beginning.
    pub hour: DateTime<Utc>,
    /// The state.
    pub state: MailState,
    /// How many.
    pub amount: i64,
}

/// What a source has in its ledger.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct SourceCount {
    /// All.
    pub total: i64,
    /// Of which something is still to be done.
    pub waiting: i64,
}

/// Mails by state that were received within `span` before now.
///
/// # Errors
/// When the database does not answer.
pub async fn by_state(tx: &TenantTx, span: TimeDelta) -> Result<Vec<StateCount>, RegistryError> {
    let since = tx.clock().now() - span;
    let rows = query(
        tx,
        "SELECT state, count(*) AS amount FROM mail WHERE received_at >= $1 GROUP BY state",
        vec![since.into()],
    )
    .await?;
    rows.iter()
        .map(|row| {
            Ok(StateCount {
                state: row.try_get("", "state")?,
                amount: row.try_get("", "amount")?,
            })
        })
        .collect()
}

/// Mails by hour and state, of the last 24 hours.
///
/// # Errors
/// When the database does not answer.
pub async fn by_hour(tx: &TenantTx) -> Result<Vec<HourCount>, RegistryError> {
    let since = tx.clock().now() - TimeDelta::hours(24);
    let rows = query(
        tx,
        "SELECT date_trunc('hour', received_at, 'UTC') AS hour, state, count(*) AS amount
         FROM mail WHERE received_at >= $1 GROUP BY 1, 2 ORDER BY 1",
        vec![since.into()],
    )
    .await?;
    rows.iter()
        .map(|row| {
            Ok(HourCount {
                hour: row.try_get("", "hour")?,
                state: row.try_get("", "state")?,
                amount: row.try_get("", "amount")?,
            })
        })
        .collect()
}

/// When the oldest waiting mail was received.
///
/// # Errors
/// When the database does not answer.
pub async fn oldest_waiting(tx: &TenantTx) -> Result<Option<DateTime<Utc>>, RegistryError> {
    let sql = "SELECT min(received_at) AS oldest FROM mail WHERE state = 'waiting'";
    let rows = query(tx, sql, vec![]).await?;
    Ok(match rows.first() {
        Some(row) => row.try_get("", "oldest")?,
        None => None,
    })
}

/// What a source has in its ledger.
///
/// # Errors
/// When the database does not answer.
pub async fn of_source(tx: &TenantTx, source: SourceId) -> Result<SourceCount, RegistryError> {
    let rows = query(
        tx,
        "SELECT count(*) AS total, count(*) FILTER (WHERE state = 'waiting') AS waiting
         FROM mail WHERE source_id = $1",
        vec![source.into()],
    )
    .await?;
    Ok(match rows.first() {
        Some(row) => SourceCount {
            total: row.try_get("", "total")?,
            waiting: row.try_get("", "waiting")?,
        },
        None => SourceCount::default(),
    })
}

async fn query(
    tx: &TenantTx,
    sql: &str,
    values: Vec<Value>,
) -> Result<Vec<sea_orm::QueryResult>, RegistryError> {
    let statement = Statement::from_sql_and_values(DbBackend::Postgres, sql, values);
    Ok(tx.conn().query_all_raw(statement).await?)
}
