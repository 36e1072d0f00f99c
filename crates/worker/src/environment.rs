//! What the jobs work with.

use chrono::{DateTime, TimeDelta, Utc};
use postroom_atlassian::{Sites, jira::JiraClient};
use postroom_azure_oauth::Grants;
use postroom_clock::Clock;
use postroom_connections::Connections;
use postroom_queue::Doorbell;
use postroom_registry::{
    GrantId, Registry, TenantId, TenantTx,
    connection::{Protocol, Verdict},
    outbound, source,
};
use postroom_telemetry::{HttpClient, metrics::Metrics};
use url::Url;

use crate::{Job, failure::Failure};

/// Whether Microsoft is asked to tell of new mail.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Push {
    /// It is, where our address is one that it may call: https.
    On,
    /// It is not; polls find everything.
    Off,
    /// It is, also at an http address: for the demo and for tests.
    Insecure,
}

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
    /// The mailboxes of connections.
    pub connections: Connections,
    /// The Jira of each tenant.
    pub sites: Sites,
    /// Figures.
    pub metrics: Metrics,
    /// How often mailboxes are looked into.
    pub pace: Pace,
    /// How long the data of a removed tenant is kept.
    pub retention: TimeDelta,
    /// Where the world reaches us; what Microsoft calls is below it.
    pub base_url: Url,
    /// Whether Microsoft is asked to tell of new mail.
    pub push: Push,
    /// Calls the webhooks of chat tools, and nobody else: a client [within](HttpClient::within) the allowed hosts.
    pub chat: HttpClient,
    /// A source that was not read for so long raises the alarm.
    pub silence: TimeDelta,
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

    /// What a failure says about the source that met it. `None`: nothing.
    pub(crate) async fn verdict_on_source(
        &self,
        tenant: TenantId,
        source: &source::Model,
        failure: &Failure,
    ) -> Result<Option<Verdict>, Failure> {
        let (grant, mailbox) = (source.grant_id, &source.mailbox);
        self.verdict(tenant, grant, source.protocol, mailbox, failure)
            .await
    }

    /// What a failure says about the outbound that met it. `None`: nothing.
    pub(crate) async fn verdict_on_outbound(
        &self,
        tenant: TenantId,
        outbound: &outbound::Model,
        failure: &Failure,
    ) -> Result<Option<Verdict>, Failure> {
        let (grant, mailbox) = (outbound.grant_id, &outbound.mailbox);
        self.verdict(tenant, grant, outbound.protocol, mailbox, failure)
            .await
    }

    pub(crate) async fn verdict(
        &self,
        tenant: TenantId,
        grant: GrantId,
        protocol: Protocol,
        mailbox: &str,
        failure: &Failure,
    ) -> Result<Option<Verdict>, Failure> {
        let Failure::Connection(failure) = failure else {
            return Ok(failure.own_verdict());
        };
        let connection = self
            .connections
            .prepared(tenant, grant, protocol, mailbox)
            .await?;
        Ok(connection.verdict(failure))
    }

    /// A client for the transaction's tenant.
    pub(crate) async fn jira(&self, tx: &TenantTx) -> Result<JiraClient, Failure> {
        Ok(self.sites.jira(tx).await?)
    }
}
