use std::{future::Future, pin::Pin};

use actix_web::{FromRequest, HttpRequest, dev::Payload};
use postroom_atlassian::connect::{self, LifecycleDoor};

use super::{installed::refused, knock};
use crate::{Problem, body, limits};

/// Proof that Atlassian's install service says: this site removed the app.
#[derive(Debug)]
pub(crate) struct Uninstalled(pub(crate) connect::Uninstalled);

impl FromRequest for Uninstalled {
    type Error = Problem;
    type Future = Pin<Box<dyn Future<Output = Result<Self, Problem>>>>;

    fn from_request(request: &HttpRequest, payload: &mut Payload) -> Self::Future {
        let (request, mut payload) = (request.clone(), payload.take());
        Box::pin(async move {
            let api = knock::api(&request)?;
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
        })
    }
}
