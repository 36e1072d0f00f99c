use std::{future::Future, pin::Pin};

use actix_web::{FromRequest, HttpRequest, dev::Payload, web::Bytes};
use postroom_atlassian::connect::{UnverifiedToken, verify_webhook};
use postroom_registry::TenantId;

use super::knock::{self, Claimed};
use crate::Problem;

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
    type Future = Pin<Box<dyn Future<Output = Result<Self, Problem>>>>;

    fn from_request(request: &HttpRequest, payload: &mut Payload) -> Self::Future {
        let (request, mut payload) = (request.clone(), payload.take());
        Box::pin(async move {
            let api = knock::api(&request)?;
            let token = UnverifiedToken::from_authorization(knock::authorization(&request)?)
                .map_err(knock::refused)?;
            let site = Claimed::by(&api, &token).await?.at_work()?;
            let canonical = knock::canonical(&api, &request);
            verify_webhook(&token, &site.secrets, &canonical, api.clock().now())
                .map_err(knock::refused)?;
            knock::note(site.tenant, None);
            let body = knock::whole_body(&request, &mut payload).await?;
            Ok(Self {
                tenant: site.tenant,
                app_account_id: site.row.app_account_id,
                body,
            })
        })
    }
}
