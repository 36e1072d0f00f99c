//! What the jobs work with.

use std::time::Duration;

use chrono::{DateTime, TimeDelta, Utc};
use postroom_atlassian::{Sites, jira::JiraClient};
use postroom_azure_oauth::Grants;
use postroom_clock::Clock;
use postroom_mailbox::{AccessToken, graph::GraphClient};
use postroom_queue::{Doorbell, Permit};
use postroom_registry::{GrantId, Registry, TenantId, TenantTx};
use postroom_telemetry::metrics::Metrics;

use crate::{Job, failure::Failure};

/// Graph allows four requests at once for a mailbox ("Microsoft Graph throttling limits", Outlook).
const GRAPH_AT_ONCE: u32 = 4;
const PERMIT_HOLD: Duration = Duration::from_secs(120);
const PERMIT_WAIT: Duration = Duration::from_secs(30);

/// How often mailboxes are looked into.
#[derive(Clone, Copy, Debug)]
pub struct Pace {
    /// Seconds between polls where mail flows.
    pub min_seconds: i32,
    /// Seconds between polls where none does.
    pub max_seconds: i32,
}

/// Everything that the jobs need, made once by the binary. Cheap to clone.
#[derive(Clone, Debug)]
pub struct Environment {
    /// The book.
    pub registry: Registry,
    /// The bell.
    pub doorbell: Doorbell,
    /// Access tokens.
    pub grants: Grants,
    /// Microsoft Graph.
    pub graph: GraphClient,
    /// The Jira of each tenant.
    pub sites: Sites,
    /// Figures.
    pub metrics: Metrics,
    /// How often mailboxes are looked into.
    pub pace: Pace,
    /// How long the data of a removed tenant is kept.
    pub retention: TimeDelta,
}

impl Environment {
    pub(crate) fn clock(&self) -> &Clock {
        self.registry.clock()
    }

    /// Who was removed before this time is forgotten.
    pub(crate) fn retention_began(&self) -> DateTime<Utc> {
        self.clock().now() - self.retention
    }

    pub(crate) async fn ring(&self, job: Job) {
        if let Err(error) = self.doorbell.ring(&job.bell()).await {
            tracing::warn!(cause = %error, job = job.kind(), "the doorbell cannot be rung");
        }
    }

    pub(crate) async fn token(
        &self,
        tenant: TenantId,
        grant: GrantId,
    ) -> Result<AccessToken, Failure> {
        let token = self.grants.access_token(tenant, grant).await;
        let outcome = if token.is_ok() { "given" } else { "refused" };
        self.metrics.token_refreshes.add([outcome]);
        Ok(token?.into())
    }

    /// One of the mailbox's places at Graph. Without Redis the work goes on without: Graph itself says when it is
    /// too much.
    pub(crate) async fn graph_permit(&self, mailbox: &str) -> Option<Permit> {
        let key = format!("mailbox:{}", mailbox.to_lowercase());
        let permits = self.doorbell.permits();
        permits
            .acquire(&key, GRAPH_AT_ONCE, PERMIT_HOLD, PERMIT_WAIT)
            .await
            .unwrap_or(None)
    }

    /// A client for the transaction's tenant.
    pub(crate) async fn jira(&self, tx: &TenantTx) -> Result<JiraClient, Failure> {
        Ok(self.sites.jira(tx).await?)
    }
}
