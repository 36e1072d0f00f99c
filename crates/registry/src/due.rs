//! What is overdue, over all tenants: ids and due times, nothing else.

use chrono::{DateTime, TimeDelta, Utc};
use sea_orm::{ConnectionTrait as _, DbBackend, Statement, entity::prelude::*};

use crate::{
    AlertId, GrantId, MailId, NotificationId, OutboundId, RegistrationId, Registry, RegistryError,
    SourceId, SubscriptionId, TenantId,
};

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
    /// `mail`, `notification`, `source`, `outbound`, `subscription`, `alert` or `incident`.
    pub subject: String,
    /// The state that is counted; of incidents, the kind.
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
        let now = self.clock().now();
        self.rows(
            "SELECT * FROM due_grants($1, $2, $3)",
            vec![(now - idle).into(), now.into(), most.into()],
        )
        .await
    }

    /// Sources whose folder is to be counted against the ledger.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn due_reconciles(&self, share: Share) -> Result<Vec<Due<SourceId>>, RegistryError> {
        self.due("SELECT * FROM due_reconciles($1, $2, $3)", share)
            .await
    }

    /// Sources whose move to Graph is not over.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn due_moves(&self, share: Share) -> Result<Vec<Due<SourceId>>, RegistryError> {
        self.due("SELECT * FROM due_moves($1, $2, $3)", share).await
    }

    /// Subscriptions that are to be made, prolonged or taken back.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn due_subscriptions(
        &self,
        share: Share,
    ) -> Result<Vec<Due<SubscriptionId>>, RegistryError> {
        self.due("SELECT * FROM due_subscriptions($1, $2, $3)", share)
            .await
    }

    /// Alerts that are to be sent.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn due_alerts(&self, share: Share) -> Result<Vec<Due<AlertId>>, RegistryError> {
        self.due("SELECT * FROM due_alerts($1, $2, $3)", share)
            .await
    }

    /// Sources at work that were not read to the end for so many minutes, nor for four of their own intervals, and
    /// about which nobody was told yet; `due_at` is since when.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn silent_sources(
        &self,
        minutes: i32,
        most: i32,
    ) -> Result<Vec<Due<SourceId>>, RegistryError> {
        let now = self.clock().now();
        self.rows(
            "SELECT * FROM silent_sources($1, $2, $3)",
            vec![now.into(), minutes.into(), most.into()],
        )
        .await
    }

    /// Sources that have been slowed or retrying for `span`, and about which nobody was told yet.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn troubled_sources(
        &self,
        span: TimeDelta,
        most: i32,
    ) -> Result<Vec<Due<SourceId>>, RegistryError> {
        self.troubled("source", span, most).await
    }

    /// Outbounds that have been slowed or retrying for `span`, and about which nobody was told yet.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn troubled_outbounds(
        &self,
        span: TimeDelta,
        most: i32,
    ) -> Result<Vec<Due<OutboundId>>, RegistryError> {
        self.troubled("outbound", span, most).await
    }

    async fn troubled<I: From<Uuid>>(
        &self,
        kind: &str,
        span: TimeDelta,
        most: i32,
    ) -> Result<Vec<Due<I>>, RegistryError> {
        let before = self.clock().now() - span;
        self.rows(
            "SELECT * FROM troubled_connections($1, $2, $3)",
            vec![kind.into(), before.into(), most.into()],
        )
        .await
    }

    /// App registrations of tenants whose credential ends soon, and of which a warning is due; `due_at` is the end.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn expiring_registrations(
        &self,
        most: i32,
    ) -> Result<Vec<Due<RegistrationId>>, RegistryError> {
        let now = self.clock().now();
        self.rows(
            "SELECT * FROM expiring_registrations($1, $2)",
            vec![now.into(), most.into()],
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
