//! What the jobs work with.

use std::{sync::Arc, time::Duration};

use postroom_atlassian::{
    connect::AppToken,
    jira::{Credential, JiraClient},
};
use postroom_azure_oauth::Grants;
use postroom_clock::Clock;
use postroom_mailbox::{AccessToken, graph::GraphClient};
use postroom_queue::{Doorbell, Permit};
use postroom_registry::{GrantId, Registry, TenantId, TenantTx, tenant};
use postroom_telemetry::{HttpClient, metrics::Metrics};
use url::Url;

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
    /// For the clients of the sites.
    pub jira_http: HttpClient,
    /// The Connect app's key.
    pub app_key: Arc<str>,
    /// Figures.
    pub metrics: Metrics,
    /// How often mailboxes are looked into.
    pub pace: Pace,
}

impl Environment {
    pub(crate) fn clock(&self) -> &Clock {
        self.registry.clock()
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
        let site = tenant::this(tx).await?;
        let secret = tenant::secrets(tx, &site).await?.into_iter().next();
        let (Some(client_key), Some(shared_secret)) = (site.client_key, secret) else {
            return Err(Failure::NoCredential);
        };
        let base = Url::parse(&site.site_url).map_err(|_| Failure::NoCredential)?;
        let credential = Credential::Connect(AppToken {
            app_key: self.app_key.to_string(),
            client_key,
            shared_secret,
        });
        Ok(JiraClient::new(
            self.jira_http.clone(),
            self.clock().clone(),
            base,
            credential,
        ))
    }
}
