use std::future::{Ready, ready};

use actix_web::{FromRequest, HttpMessage as _, HttpRequest, dev::Payload};
use postroom_atlassian::connect::{UnverifiedToken, verify_context};
use postroom_registry::TenantId;

use super::{
    Site, invocation,
    knock::{self, AtWork},
    replay::Token,
};
use crate::{Api, Problem};

/// Who uses the panel. Says who, not what they may do: see [`super::Administrator`] and [`super::Viewer`].
///
/// There is one way to it: [`super::panel_only`] lets it in, by either front door.
#[derive(Clone, Debug)]
pub(crate) struct Caller {
    /// Which site.
    pub(crate) tenant: TenantId,
    /// Which of its accounts.
    pub(crate) account_id: String,
    /// The site as people know it.
    pub(crate) site: Site,
}

impl FromRequest for Caller {
    type Error = Problem;
    type Future = Ready<Result<Self, Problem>>;

    fn from_request(request: &HttpRequest, _: &mut Payload) -> Self::Future {
        let known = request.extensions().get::<Self>().cloned();
        ready(
            known.ok_or_else(|| Problem::unauthorized("the route is not behind the panel's door")),
        )
    }
}

impl Caller {
    /// Who knocks: `JWT` is Connect's scheme and `Bearer` Forge's, and neither takes the other's token. From Forge
    /// there is also the token, which should not come twice.
    pub(super) async fn of(
        api: &Api,
        request: &HttpRequest,
    ) -> Result<(Self, Option<Token>), Problem> {
        let authorization = knock::authorization(request)?;
        if invocation::is_bearer(authorization) {
            let (caller, token) = invocation::person(api, authorization).await?;
            return Ok((caller, Some(token)));
        }
        let token = UnverifiedToken::from_authorization(authorization).map_err(knock::refused)?;
        let now = api.clock().now();
        let (known, verified) = knock::proved(api, &token, AtWork::Needed, |secrets| {
            verify_context(&token, secrets, now)
        })
        .await?;
        let caller = Self {
            tenant: known.tenant,
            account_id: verified.account_id,
            site: known.site.clone(),
        };
        Ok((caller, None))
    }
}
