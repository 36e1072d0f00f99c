use std::{future::Future, pin::Pin, sync::Arc, time::Duration};

use actix_web::{FromRequest, HttpRequest, dev::Payload};
use moka::future::Cache;
use postroom_registry::TenantId;

use super::{Caller, knock};
use crate::{Api, Problem};

/// How long an answer of Jira is believed: an administrator who was demoted is out after this.
pub(super) const BELIEVED: Duration = Duration::from_secs(60);

/// A [`Caller`] of whom Jira says that the account administers it. Every route of the panel's API but `/me` asks
/// for one.
#[derive(Clone, Debug)]
pub(crate) struct Administrator(Caller);

impl std::ops::Deref for Administrator {
    type Target = Caller;

    fn deref(&self) -> &Caller {
        &self.0
    }
}

impl FromRequest for Administrator {
    type Error = Problem;
    type Future = Pin<Box<dyn Future<Output = Result<Self, Problem>>>>;

    fn from_request(request: &HttpRequest, payload: &mut Payload) -> Self::Future {
        let request = request.clone();
        let caller = Caller::from_request(&request, payload);
        Box::pin(async move {
            let api = knock::api(&request)?;
            let caller = caller.await?;
            match api.is_administrator(&caller).await? {
                true => Ok(Self(caller)),
                false => Err(Problem::not_an_administrator()),
            }
        })
    }
}

/// What Jira said lately of who administers it.
#[derive(Clone)]
pub(crate) struct Administrators(Cache<(TenantId, String), bool>);

impl Administrators {
    pub(crate) fn new() -> Self {
        Self(
            Cache::builder()
                .max_capacity(100_000)
                .time_to_live(BELIEVED)
                .build(),
        )
    }
}

impl std::fmt::Debug for Administrators {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Administrators").finish_non_exhaustive()
    }
}

impl Api {
    /// Whether the caller administers its Jira, as Jira said within the last minute. Calls for the same account wait
    /// for one answer; a failure is not remembered.
    ///
    /// # Errors
    /// `jira_unavailable`, `waiting_for_jira`.
    pub(crate) async fn is_administrator(&self, caller: &Caller) -> Result<bool, Problem> {
        let key = (caller.tenant, caller.account_id.clone());
        let asked = async {
            let jira = self.jira(caller.tenant).await?;
            Ok::<_, Problem>(jira.is_administrator(&caller.account_id).await?)
        };
        let answer = self
            .shared()
            .administrators
            .0
            .try_get_with(key, asked)
            .await;
        answer.map_err(|error: Arc<Problem>| {
            Problem::of_jira(error, "Jira cannot be asked who administers it")
        })
    }
}
