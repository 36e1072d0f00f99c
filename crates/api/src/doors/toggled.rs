use actix_web::{FromRequest, HttpRequest, dev::Payload};
use postroom_atlassian::connect::{UnverifiedToken, verify_webhook};
use postroom_registry::TenantId;

use super::knock::{self, AtWork, Entering};
use crate::{Api, Problem};

/// Proof that a site says: the app was switched on, or off. A late `disabled` after an uninstall has no secret to
/// prove it, and gets 401.
#[derive(Debug)]
pub(crate) struct Toggled {
    /// Which site.
    pub(crate) tenant: TenantId,
}

impl FromRequest for Toggled {
    type Error = Problem;
    type Future = Entering<Self>;

    fn from_request(request: &HttpRequest, payload: &mut Payload) -> Self::Future {
        knock::enter(request, payload, Self::enter)
    }
}

impl Toggled {
    async fn enter(api: Api, request: HttpRequest, _: Payload) -> Result<Self, Problem> {
        let token = UnverifiedToken::from_authorization(knock::authorization(&request)?)
            .map_err(knock::refused)?;
        let (canonical, now) = (knock::canonical(&api, &request), api.clock().now());
        let (known, _) = knock::proved(&api, &token, AtWork::Any, |secrets| {
            verify_webhook(&token, secrets, &canonical, now)
        })
        .await?;
        knock::note(known.tenant, None);
        Ok(Self {
            tenant: known.tenant,
        })
    }
}
