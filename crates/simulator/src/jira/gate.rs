//! The gate before the REST API: who calls, with what rights, and how much he has used.

mod bearer;
mod caller;
mod limits;

use actix_web::{
    Error, HttpMessage as _, ResponseError as _,
    body::{BoxBody, MessageBody},
    dev::{ServiceRequest, ServiceResponse},
    http::{Method, header::CONTENT_LENGTH},
    middleware::Next,
    web,
};

pub(crate) use self::{
    caller::{Caller, SESSION_COOKIE},
    limits::Cost,
};
use super::{error::JiraError, site::Site};

/// Middleware of `/rest`: authenticates, limits, and adds the headers that say how much is left.
pub(crate) async fn check(
    request: ServiceRequest,
    next: Next<impl MessageBody + 'static>,
) -> Result<ServiceResponse<BoxBody>, Error> {
    let Some(site) = request.app_data::<web::Data<Site>>().cloned() else {
        return refuse(request, &JiraError::internal(&"no site"));
    };
    if let Err(refusal) = no_body_on_get(&request) {
        return refuse(request, &refusal);
    }
    let entrance = request.app_data::<Entrance>().copied();
    let caller = match entrance.unwrap_or(Entrance::Site) {
        Entrance::Site => Caller::of(&site, request.request()),
        Entrance::Gateway => bearer::caller(&site, request.request()),
    };
    let caller = match caller {
        Ok(caller) => caller,
        Err(refusal) => return refuse(request, &refusal),
    };
    let Caller::App { key, .. } = &caller else {
        request.extensions_mut().insert(caller);
        return Ok(next.call(request).await?.map_into_boxed_body());
    };
    let key = key.clone();
    if let Err(answer) = limits::enter(&site, &key, request.request()) {
        return Ok(request.into_response(*answer));
    }
    request.extensions_mut().insert(caller);
    let mut response = next.call(request).await?.map_into_boxed_body();
    limits::settle(&site, &key, response.response_mut());
    Ok(response)
}

fn refuse(request: ServiceRequest, refusal: &JiraError) -> Result<ServiceResponse<BoxBody>, Error> {
    Ok(request.into_response(refusal.error_response()))
}

/// Atlassian's edge refuses these since CHANGE-2328.
fn no_body_on_get(request: &ServiceRequest) -> Result<(), JiraError> {
    let length = request.headers().get(CONTENT_LENGTH);
    let empty = length.is_none_or(|length| length.as_bytes() == b"0");
    if request.method() == Method::GET && !empty {
        return Err(JiraError::forbidden("A GET request must not carry a body."));
    }
    Ok(())
}

/// By which host the REST API was reached.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Entrance {
    /// The site's own, which takes Connect's tokens and people's sessions.
    Site,
    /// Atlassian's gateway, which takes system tokens.
    Gateway,
}

/// A path of the API as the site has it, from `/rest` on.
fn rest_path(path: &str) -> &str {
    path.find("/rest/").map_or(path, |at| &path[at..])
}

/// The site as handlers take it.
pub(crate) type TheSite = web::Data<Site>;
