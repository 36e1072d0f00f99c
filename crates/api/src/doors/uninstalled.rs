use actix_web::{FromRequest, HttpRequest, dev::Payload};
use postroom_atlassian::connect::{self, LifecycleDoor};

use super::{
    installed::refused,
    knock::{self, Entering},
};
use crate::{Api, Problem, body, limits};

/// Proof that Atlassian's install service says: this site removed the app.
#[derive(Debug)]
pub(crate) struct Uninstalled(pub(crate) connect::Uninstalled);

impl FromRequest for Uninstalled {
    type Error = Problem;
    type Future = Entering<Self>;

    fn from_request(request: &HttpRequest, payload: &mut Payload) -> Self::Future {
        knock::enter(request, payload, Self::enter)
    }
}

impl Uninstalled {
    async fn enter(api: Api, request: HttpRequest, mut payload: Payload) -> Result<Self, Problem> {
        let authorization = knock::authorization(&request)?;
        LifecycleDoor::glance(authorization).map_err(refused)?;
        let body = body::whole(&mut payload, body::LIFECYCLE).await?;
        let canonical = knock::canonical(&api, &request);
        let now = api.clock().now();
        let verified = api
            .lifecycle
            .asked_by(limits::network_of(&api, &request))
            .verify_uninstalled(&body, authorization, &canonical, now)
            .await;
        verified.map(Self).map_err(refused)
    }
}
