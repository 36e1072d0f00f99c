use std::fmt;

use actix_web::{FromRequest, HttpRequest, dev::Payload, web::Bytes};
use postroom_atlassian::forge::InvocationToken;
use postroom_registry::TenantId;

use super::{
    invocation,
    knock::{self, Entering},
    system_token::{self, SystemToken},
};
use crate::{Api, Problem};

/// Proof that Forge tells of an event, or of the passing of an hour, on a site where the app is at work.
pub(crate) struct ForgeEvent {
    /// Which site.
    pub(crate) tenant: TenantId,
    /// The account that Jira gave to the app, where it is known.
    pub(crate) app_account_id: Option<String>,
    /// What it tells, as it came.
    pub(crate) body: Bytes,
}

/// Proof that Forge tells of an installation that was made or brought up to date. It makes the tenant.
pub(crate) struct ForgeLifecycle {
    /// Which site.
    pub(crate) tenant: TenantId,
    /// What it tells, as it came.
    pub(crate) body: Bytes,
    token: InvocationToken,
    system_token: Option<SystemToken>,
}

/// Proof that Forge tells that an installation is about to be removed.
#[derive(Debug)]
pub(crate) struct ForgeGoodbye {
    /// Which site, if we know the installation.
    pub(crate) tenant: Option<TenantId>,
}

impl ForgeLifecycle {
    /// Takes the installation in again, for it may have been removed before, and keeps its token for Jira.
    pub(crate) async fn install(&self, api: &Api) -> Result<(), Problem> {
        invocation::install(api, &self.token).await?;
        match &self.system_token {
            Some(token) => token.keep(api, self.tenant).await,
            None => Ok(()),
        }
    }
}

impl FromRequest for ForgeEvent {
    type Error = Problem;
    type Future = Entering<Self>;

    fn from_request(request: &HttpRequest, payload: &mut Payload) -> Self::Future {
        knock::enter(request, payload, Self::enter)
    }
}

impl ForgeEvent {
    async fn enter(api: Api, request: HttpRequest, mut payload: Payload) -> Result<Self, Problem> {
        let (token, body) = invocation::told(&api, &request, &mut payload).await?;
        // One that we do not know is told of again, and by then its installation was.
        let known = invocation::tenant(&api, &token, invocation::at_work)
            .await?
            .ok_or_else(invocation::not_installed)?;
        system_token::keep(&api, &request, known.tenant).await?;
        Ok(Self {
            tenant: known.tenant,
            app_account_id: known.row.app_account_id.clone(),
            body,
        })
    }
}

impl FromRequest for ForgeLifecycle {
    type Error = Problem;
    type Future = Entering<Self>;

    fn from_request(request: &HttpRequest, payload: &mut Payload) -> Self::Future {
        knock::enter(request, payload, Self::enter)
    }
}

impl ForgeLifecycle {
    async fn enter(api: Api, request: HttpRequest, mut payload: Payload) -> Result<Self, Problem> {
        let (token, body) = invocation::told(&api, &request, &mut payload).await?;
        let known = invocation::installed(&api, &token, |_| Ok(())).await?;
        Ok(Self {
            tenant: known.tenant,
            body,
            token,
            system_token: SystemToken::of(&api, &request),
        })
    }
}

impl FromRequest for ForgeGoodbye {
    type Error = Problem;
    type Future = Entering<Self>;

    fn from_request(request: &HttpRequest, payload: &mut Payload) -> Self::Future {
        knock::enter(request, payload, Self::enter)
    }
}

impl ForgeGoodbye {
    async fn enter(api: Api, request: HttpRequest, mut payload: Payload) -> Result<Self, Problem> {
        let (token, _) = invocation::told(&api, &request, &mut payload).await?;
        let known = invocation::tenant(&api, &token, |_| Ok(())).await?;
        invocation::says_goodbye(&api, &token.installation_id).await;
        Ok(Self {
            tenant: known.map(|known| known.tenant),
        })
    }
}

impl fmt::Debug for ForgeEvent {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ForgeEvent")
            .field("tenant", &self.tenant)
            .finish_non_exhaustive()
    }
}

impl fmt::Debug for ForgeLifecycle {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ForgeLifecycle")
            .field("tenant", &self.tenant)
            .finish_non_exhaustive()
    }
}
