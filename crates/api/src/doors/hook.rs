use actix_web::{FromRequest, HttpRequest, dev::Payload, web::Bytes};
use postroom_atlassian::connect::{UnverifiedToken, verify_webhook};
use postroom_registry::TenantId;

use super::knock::{self, AtWork, Entering};
use crate::{Api, Problem, body};

/// Proof that a site tells of an event, with what it tells.
pub(crate) struct Hook {
    /// Which site.
    pub(crate) tenant: TenantId,
    /// The account that Jira gave to the app, where it is known.
    pub(crate) app_account_id: Option<String>,
    /// The event, as it came.
    pub(crate) body: Bytes,
}

impl std::fmt::Debug for Hook {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Hook")
            .field("tenant", &self.tenant)
            .finish_non_exhaustive()
    }
}

impl FromRequest for Hook {
    type Error = Problem;
    type Future = Entering<Self>;

    fn from_request(request: &HttpRequest, payload: &mut Payload) -> Self::Future {
        knock::enter(request, payload, Self::enter)
    }
}

impl Hook {
    async fn enter(api: Api, request: HttpRequest, mut payload: Payload) -> Result<Self, Problem> {
        let token = UnverifiedToken::from_authorization(knock::authorization(&request)?)
            .map_err(knock::refused)?;
        let (canonical, now) = (knock::canonical(&api, &request), api.clock().now());
        let (known, _) = knock::proved(&api, &token, AtWork::Needed, |secrets| {
            verify_webhook(&token, secrets, &canonical, now)
        })
        .await?;
        knock::note(known.tenant, None);
        api.shared().counters.count_told(known.tenant)?;
        let body = body::whole(&mut payload, body::WEBHOOK).await?;
        Ok(Self {
            tenant: known.tenant,
            app_account_id: known.row.app_account_id.clone(),
            body,
        })
    }
}
