use std::{future::Future, pin::Pin};

use actix_web::{FromRequest, HttpMessage as _, HttpRequest, dev::Payload};
use postroom_atlassian::connect::{UnverifiedToken, verify_context};
use postroom_registry::TenantId;

use super::{
    Site,
    knock::{self, Claimed},
};
use crate::Problem;

/// Who uses the panel. Says who, not what they may do: see [`super::Administrator`].
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
    type Future = Pin<Box<dyn Future<Output = Result<Self, Problem>>>>;

    fn from_request(request: &HttpRequest, _: &mut Payload) -> Self::Future {
        let request = request.clone();
        Box::pin(async move {
            if let Some(known) = request.extensions().get::<Self>() {
                return Ok(known.clone());
            }
            let api = knock::api(&request)?;
            let token = UnverifiedToken::from_authorization(knock::authorization(&request)?)
                .map_err(knock::refused)?;
            let site = Claimed::by(&api, &token).await?.at_work()?;
            let verified =
                verify_context(&token, &site.secrets, api.clock().now()).map_err(knock::refused)?;
            knock::note(site.tenant, Some(&verified.account_id));
            Ok(Self {
                tenant: site.tenant,
                account_id: verified.account_id,
                site: Site::of(&site.row),
            })
        })
    }
}
