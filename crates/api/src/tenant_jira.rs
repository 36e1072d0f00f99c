//! The Jira of a tenant, spoken to as the app.

use postroom_atlassian::{SiteError, jira::JiraClient};
use postroom_registry::{TenantId, tenant};

use crate::{Api, Problem};

impl Api {
    /// A client for the tenant's site, with what its front door left us.
    ///
    /// # Errors
    /// `waiting_for_jira` while Forge has brought no token that lives, `jira_unavailable` when the app is gone.
    pub(crate) async fn jira(&self, tenant: TenantId) -> Result<JiraClient, Problem> {
        let tx = self.registry.begin(tenant).await?;
        let client = self.sites.jira(&tx).await?;
        tx.commit().await?;
        Ok(client)
    }

    /// Asks Jira which account the app has on the site, and keeps the answer.
    ///
    /// # Errors
    /// As [`Api::jira`], and `jira_unavailable`.
    pub(crate) async fn learn_app_account(&self, tenant: TenantId) -> Result<String, Problem> {
        let myself = self.jira(tenant).await?.myself().await?;
        let tx = self.registry.begin(tenant).await?;
        tenant::learn_app_account(&tx, &myself.account_id).await?;
        tx.commit().await?;
        self.forget(tenant).await;
        Ok(myself.account_id)
    }
}

impl From<SiteError> for Problem {
    fn from(error: SiteError) -> Self {
        match error {
            SiteError::Registry(error) => error.into(),
            error @ SiteError::Waiting => Self::waiting_for_jira().because(error),
            error => Self::jira_unavailable("there is no way to the site").because(error),
        }
    }
}
