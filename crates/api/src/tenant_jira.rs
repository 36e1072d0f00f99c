//! The Jira of a tenant, spoken to as the app.

use postroom_atlassian::{
    connect::AppToken,
    jira::{Credential, JiraClient},
};
use postroom_registry::{TenantId, TenantTx, tenant};
use url::Url;

use crate::{Api, Problem};

impl Api {
    /// A client for the tenant's site.
    ///
    /// # Errors
    /// `jira_unavailable` when the tenant has no secret any more.
    pub(crate) async fn jira(&self, tenant: TenantId) -> Result<JiraClient, Problem> {
        let tx = self.registry.begin(tenant).await?;
        let client = self.jira_of(&tx).await?;
        tx.commit().await?;
        Ok(client)
    }

    async fn jira_of(&self, tx: &TenantTx) -> Result<JiraClient, Problem> {
        let site = tenant::this(tx).await?;
        let secret = tenant::secrets(tx, &site).await?.into_iter().next();
        let (Some(client_key), Some(shared_secret)) = (site.client_key, secret) else {
            return Err(Problem::jira_unavailable(
                "the tenant has no credential for its site",
            ));
        };
        let base = Url::parse(&site.site_url).map_err(|error| {
            Problem::internal("the tenant's site URL cannot be read").because(error)
        })?;
        let credential = Credential::Connect(AppToken {
            app_key: self.lifecycle.app_key.clone(),
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

impl Api {
    /// Asks Jira which account the app has on the site, and keeps the answer.
    ///
    /// # Errors
    /// `jira_unavailable`.
    pub(crate) async fn learn_app_account(&self, tenant: TenantId) -> Result<String, Problem> {
        let myself = self.jira(tenant).await?.myself().await?;
        let tx = self.registry.begin(tenant).await?;
        tenant::learn_app_account(&tx, &myself.account_id).await?;
        tx.commit().await?;
        Ok(myself.account_id)
    }
}
