//! What Jira calls accounts.

use std::{
    collections::{BTreeSet, HashMap},
    time::Duration,
};

use moka::future::Cache;
use postroom_registry::TenantId;

use crate::{Api, Problem};

/// People are seldom renamed.
const BELIEVED: Duration = Duration::from_secs(600);
/// A page without names is better than none.
const PATIENCE: Duration = Duration::from_secs(5);
/// A Jira that did not answer is left alone so long.
const REST: Duration = Duration::from_secs(60);

/// What Jira called accounts lately; nothing for those that it does not know.
#[derive(Clone)]
pub(crate) struct Names {
    known: Cache<(TenantId, String), Option<String>>,
    silent: Cache<TenantId, ()>,
}

impl Names {
    pub(crate) fn new() -> Self {
        let known = Cache::builder().max_capacity(100_000);
        let silent = Cache::builder().max_capacity(100_000);
        Self {
            known: known.time_to_live(BELIEVED).build(),
            silent: silent.time_to_live(REST).build(),
        }
    }
}

impl std::fmt::Debug for Names {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Names").finish_non_exhaustive()
    }
}

/// The names of some accounts.
#[derive(Clone, Debug, Default)]
pub(crate) struct Named(HashMap<String, String>);

impl Named {
    /// The account's name, if Jira told it.
    pub(crate) fn get(&self, account: &str) -> Option<&str> {
        self.0.get(account).map(String::as_str)
    }
}

impl Api {
    /// The names of these accounts, as far as Jira tells them in time.
    pub(crate) async fn names_of(
        &self,
        tenant: TenantId,
        accounts: impl Iterator<Item = &str>,
    ) -> Named {
        let accounts: BTreeSet<&str> = accounts.collect();
        let (mut named, mut unknown) = (HashMap::new(), Vec::new());
        for account in accounts {
            let key = (tenant, account.to_owned());
            match self.shared().names.known.get(&key).await {
                Some(name) => named.extend(name.map(|name| (account.to_owned(), name))),
                None => unknown.push(account.to_owned()),
            }
        }
        named.extend(self.ask_names(tenant, &unknown).await);
        Named(named)
    }

    async fn ask_names(&self, tenant: TenantId, accounts: &[String]) -> HashMap<String, String> {
        let names = &self.shared().names;
        if accounts.is_empty() || names.silent.contains_key(&tenant) {
            return HashMap::new();
        }
        let asked = async {
            let jira = self.jira(tenant).await?;
            Ok::<_, Problem>(jira.display_names(accounts).await?)
        };
        let told = match tokio::time::timeout(PATIENCE, asked).await {
            Ok(Ok(told)) => told,
            Ok(Err(problem)) => {
                tracing::info!(cause = %problem, "Jira did not name accounts");
                names.silent.insert(tenant, ()).await;
                return HashMap::new();
            }
            Err(_) => {
                tracing::info!("Jira did not name accounts in time");
                names.silent.insert(tenant, ()).await;
                return HashMap::new();
            }
        };
        for account in accounts {
            let key = (tenant, account.clone());
            names.known.insert(key, told.get(account).cloned()).await;
        }
        told
    }
}
