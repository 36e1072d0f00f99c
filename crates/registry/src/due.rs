//! What is overdue, over all tenants: ids and due times, nothing else.

use chrono::{DateTime, TimeDelta, Utc};
use sea_orm::{ConnectionTrait as _, DbBackend, Statement, entity::prelude::*};

use crate::{GrantId, MailId, NotificationId, Registry, RegistryError, SourceId, TenantId};

/// One piece of due work.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Due<I> {
    /// Whose.
    pub tenant: TenantId,
    /// Which.
    pub id: I,
    /// Since when.
    pub due_at: DateTime<Utc>,
}

/// How much a sweep takes at most: of each tenant, and in all.
#[derive(Clone, Copy, Debug)]
pub struct Share {
    /// Of each tenant.
    pub fair: i32,
    /// In all.
    pub most: i32,
}

/// One figure for the operator.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FleetCount {
    /// `mail`, `notification`, `source` or `outbound`.
    pub subject: String,
    /// The state that is counted.
    pub state: String,
    /// How many.
    pub amount: i64,
    /// For waiting things, since when the oldest waits; for connections, the oldest last success.
    pub oldest: Option<DateTime<Utc>>,
}

impl Registry {
    /// Sources whose poll is due.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn due_sources(&self, share: Share) -> Result<Vec<Due<SourceId>>, RegistryError> {
        self.due("SELECT * FROM due_sources($1, $2, $3)", share)
            .await
    }

    /// Mails whose next step is due.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn due_mails(&self, share: Share) -> Result<Vec<Due<MailId>>, RegistryError> {
        self.due("SELECT * FROM due_mails($1, $2, $3)", share).await
    }

    /// Notifications whose next step is due.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn due_notifications(
        &self,
        share: Share,
    ) -> Result<Vec<Due<NotificationId>>, RegistryError> {
        self.due("SELECT * FROM due_notifications($1, $2, $3)", share)
            .await
    }

    /// Grants in use that were not refreshed for `idle`.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn due_grants(
        &self,
        idle: TimeDelta,
        most: i32,
    ) -> Result<Vec<Due<GrantId>>, RegistryError> {
        let before = self.clock().now() - idle;
        self.rows(
            "SELECT * FROM due_grants($1, $2)",
            vec![before.into(), most.into()],
        )
        .await
    }

    /// Counts over all tenants.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn fleet_counts(&self) -> Result<Vec<FleetCount>, RegistryError> {
        let rows = self
            .db()
            .query_all_raw(Statement::from_string(
                DbBackend::Postgres,
                "SELECT * FROM fleet_counts()",
            ))
            .await?;
        rows.iter()
            .map(|row| {
                Ok(FleetCount {
                    subject: row.try_get("", "subject")?,
                    state: row.try_get("", "state")?,
                    amount: row.try_get("", "amount")?,
                    oldest: row.try_get("", "oldest")?,
                })
            })
            .collect()
    }

    async fn due<I: From<Uuid>>(
        &self,
        sql: &str,
        share: Share,
    ) -> Result<Vec<Due<I>>, RegistryError> {
        let now = self.clock().now();
        self.rows(sql, vec![now.into(), share.fair.into(), share.most.into()])
            .await
    }

    async fn rows<I: From<Uuid>>(
        &self,
        sql: &str,
        values: Vec<Value>,
    ) -> Result<Vec<Due<I>>, RegistryError> {
        let statement = Statement::from_sql_and_values(DbBackend::Postgres, sql, values);
        let rows = self.db().query_all_raw(statement).await?;
        rows.iter()
            .map(|row| {
                Ok(Due {
                    tenant: row.try_get("", "tenant_id")?,
                    id: row.try_get::<Uuid>("", "id")?.into(),
                    due_at: row.try_get("", "due_at")?,
                })
            })
            .collect()
    }
}
