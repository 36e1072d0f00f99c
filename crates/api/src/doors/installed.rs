use actix_web::{FromRequest, HttpRequest, dev::Payload};
use postroom_atlassian::connect::{self, LifecycleDoor, LifecycleError};

use super::knock::{self, Entering};
use crate::{Api, Problem, body, limits};

/// Proof that Atlassian's install service says: this site installed the app, or has a new secret or address.
#[derive(Debug)]
pub(crate) struct Installed(pub(crate) connect::Installed);

impl FromRequest for Installed {
    type Error = Problem;
    type Future = Entering<Self>;

    fn from_request(request: &HttpRequest, payload: &mut Payload) -> Self::Future {
        knock::enter(request, payload, Self::enter)
    }
}

impl Installed {
    async fn enter(api: Api, request: HttpRequest, mut payload: Payload) -> Result<Self, Problem> {
        let authorization = knock::authorization(&request)?;
        LifecycleDoor::glance(authorization).map_err(refused)?;
        let body = body::whole(&mut payload, body::LIFECYCLE).await?;
        let canonical = knock::canonical(&api, &request);
        let now = api.clock().now();
        let verified = api
            .lifecycle
            .asked_by(limits::network_of(&api, &request))
            .verify_installed(&body, authorization, &canonical, now)
            .await;
        verified.map(Self).map_err(refused)
    }
}

/// An outage of the key server is no forgery: the host tries again.
pub(super) fn refused(error: LifecycleError) -> Problem {
    match error.is_transient() {
        true => Problem::unavailable("the key server of Atlassian cannot be asked").because(error),
        false => Problem::unauthorized("the lifecycle call was refused").because(error),
    }
}
