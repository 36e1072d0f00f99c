use std::{fmt, future::Future, pin::Pin, sync::Arc};

use actix_web::{FromRequest, HttpRequest, dev::Payload};
use moka::future::Cache;
use postroom_registry::{TenantId, source};

use super::{Caller, administrator::BELIEVED, knock};
use crate::{Api, Problem};

/// What of its tenant an account may look at.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Scope {
    /// All of it: the account administers Jira.
    Site,
    /// What belongs to the sources that write to these projects (Jira's ids), and nothing else: the account
    /// administers them. Never empty.
    Projects(Vec<String>),
}

impl Scope {
    /// Whether what belongs to a source with this target is in it. A source without a target is the site's alone.
    pub(crate) fn has(&self, project_id: Option<&str>) -> bool {
        match self {
            Self::Site => true,
            Self::Projects(ids) => project_id.is_some_and(|id| ids.iter().any(|own| own == id)),
        }
    }
}

/// A [`Caller`] of whom Jira says that the account administers it, or at least a project that mail goes to. Looks,
/// and changes nothing.
#[derive(Clone, Debug)]
pub(crate) struct Viewer {
    /// Who.
    pub(crate) caller: Caller,
    /// Of what.
    pub(crate) projects: Scope,
}

impl FromRequest for Viewer {
    type Error = Problem;
    type Future = Pin<Box<dyn Future<Output = Result<Self, Problem>>>>;

    fn from_request(request: &HttpRequest, payload: &mut Payload) -> Self::Future {
        let request = request.clone();
        let caller = Caller::from_request(&request, payload);
        Box::pin(async move {
            let api = knock::api(&request)?;
            let caller = caller.await?;
            match api.scope(&caller).await? {
                Some(projects) => Ok(Self { caller, projects }),
                None => Err(Problem::not_an_administrator()),
            }
        })
    }
}

impl Api {
    /// What the caller may look at, as Jira said within the last minute; nothing when it administers nothing here.
    ///
    /// # Errors
    /// `jira_unavailable`, `waiting_for_jira`.
    pub(crate) async fn scope(&self, caller: &Caller) -> Result<Option<Scope>, Problem> {
        if self.is_administrator(caller).await? {
            return Ok(Some(Scope::Site));
        }
        let projects = self.administered_projects(caller).await?;
        let own = (!projects.is_empty()).then(|| projects.as_ref().clone());
        Ok(own.map(Scope::Projects))
    }

    /// Of the projects that mail goes to, those that the caller administers.
    async fn administered_projects(&self, caller: &Caller) -> Result<Arc<Vec<String>>, Problem> {
        let key = (caller.tenant, caller.account_id.clone());
        let asked = async {
            let targets = self.targets(caller.tenant).await?;
            let administered = match targets.is_empty() {
                true => targets,
                false => {
                    let jira = self.jira(caller.tenant).await?;
                    jira.administered_projects(&caller.account_id, &targets)
                        .await?
                }
            };
            Ok::<_, Problem>(Arc::new(administered))
        };
        let kept = &self.shared().project_administrators.0;
        kept.try_get_with(key, asked).await.map_err(|error| {
            Problem::of_jira(error, "Jira cannot be asked who administers its projects")
        })
    }

    /// The projects that mail goes to.
    async fn targets(&self, tenant: TenantId) -> Result<Vec<String>, Problem> {
        let tx = self.registry.begin(tenant).await?;
        let sources = source::list(&tx).await?;
        tx.commit().await?;
        let mut targets: Vec<String> = sources.into_iter().filter_map(|it| it.project_id).collect();
        targets.sort();
        targets.dedup();
        Ok(targets)
    }
}

/// What Jira said lately of who administers the projects that mail goes to.
#[derive(Clone)]
pub(crate) struct ProjectAdministrators(Cache<(TenantId, String), Arc<Vec<String>>>);

impl ProjectAdministrators {
    pub(crate) fn new() -> Self {
        let cache = Cache::builder().max_capacity(20_000);
        Self(cache.time_to_live(BELIEVED).build())
    }
}

impl fmt::Debug for ProjectAdministrators {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ProjectAdministrators")
            .finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests {
    use super::Scope;

    #[test]
    fn a_project_administrator_sees_their_projects_and_nothing_without_one() {
        let scope = Scope::Projects(vec!["10000".into()]);
        assert!(scope.has(Some("10000")));
        assert!(!scope.has(Some("1000")) && !scope.has(Some("100000")) && !scope.has(None));
        assert!(Scope::Site.has(None));
    }
}
