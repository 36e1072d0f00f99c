//! What Jira calls the accounts of a trail.

use std::{
    collections::{BTreeSet, HashMap},
    time::Duration,
};

use moka::future::Cache;
use postroom_registry::{TenantId, audit};

use crate::{Api, Problem};

/// People are seldom renamed.
const BELIEVED: Duration = Duration::from_secs(600);
/// A trail without names is better than none.
const PATIENCE: Duration = Duration::from_secs(5);

/// What Jira called accounts lately.
#[derive(Clone)]
pub(crate) struct Names(Cache<(TenantId, String), String>);

impl Names {
    pub(crate) fn new() -> Self {
        Self(
            Cache::builder()
                .max_capacity(100_000)
                .time_to_live(BELIEVED)
                .build(),
        )
    }
}

impl std::fmt::Debug for Names {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Names").finish_non_exhaustive()
    }
}

impl Api {
    /// The names of the accounts in these rows, as far as Jira tells them in time.
    pub(super) async fn names_in(
        &self,
        tenant: TenantId,
        rows: &[audit::Model],
    ) -> HashMap<String, String> {
        let accounts: BTreeSet<&String> = rows
            .iter()
            .filter_map(|row| row.actor_account.as_ref())
            .collect();
        let (mut known, mut unknown) = (HashMap::new(), Vec::new());
        for account in accounts {
            match self.shared().names.0.get(&(tenant, account.clone())).await {
                Some(name) => {
                    known.insert(account.clone(), name);
                }
                None => unknown.push(account.clone()),
            }
        }
        if unknown.is_empty() {
            return known;
        }
        match tokio::time::timeout(PATIENCE, self.ask_names(tenant, &unknown)).await {
            Ok(Ok(told)) => {
                for (account, name) in told {
                    let key = (tenant, account.clone());
                    self.shared().names.0.insert(key, name.clone()).await;
                    known.insert(account, name);
                }
            }
            Ok(Err(problem)) => tracing::info!(cause = %problem, "Jira did not name accounts"),
            Err(_) => tracing::info!("Jira did not name accounts in time"),
        }
        known
    }

    async fn ask_names(
        &self,
        tenant: TenantId,
        accounts: &[String],
    ) -> Result<HashMap<String, String>, Problem> {
        Ok(self.jira(tenant).await?.display_names(accounts).await?)
    }
}
