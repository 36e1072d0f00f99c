//! What the login host answers when it was asked to fail with an AADSTS number.

use actix_web::{HttpRequest, HttpResponse, HttpResponseBuilder, http::StatusCode};
use url::form_urlencoded;

use super::{
    refusal::Refusal,
    send_back::{Mode, Target},
};
use crate::{faults::Fault, world::World};

/// JSON at the token endpoint. At the authorize endpoint a redirect where Entra ID redirects, or where the fault's
/// body has an `error`, and a page elsewhere.
pub(crate) fn fault(
    world: &World,
    request: &HttpRequest,
    code: u32,
    fault: &Fault,
) -> HttpResponse {
    let refusal = Refusal::new(code);
    let more = fault.body.as_ref().and_then(|more| more.as_object());
    if request.path().ends_with("/oauth2/v2.0/authorize") {
        let asked = more.and_then(|more| more.get("error")?.as_str());
        let tells = matches!(
            refusal.error(),
            "access_denied"
                | "login_required"
                | "interaction_required"
                | "temporarily_unavailable"
                | "server_error"
        );
        return match target(request).filter(|_| tells || asked.is_some()) {
            Some(target) => {
                target.refuse_as(world, request, asked.unwrap_or(refusal.error()), &refusal)
            }
            None => refusal.page(world, request),
        };
    }
    if !request.path().ends_with("/oauth2/v2.0/token") {
        return refusal.page(world, request);
    }
    let mut body = refusal.body(world, request);
    if let (Some(body), Some(more)) = (body.as_object_mut(), more) {
        body.extend(more.clone());
    }
    let status = fault
        .status
        .unwrap_or(crate::microsoft::aadsts::kind(code).status);
    let mut answer =
        HttpResponseBuilder::new(StatusCode::from_u16(status).unwrap_or(StatusCode::BAD_REQUEST));
    for (name, value) in &fault.headers {
        answer.insert_header((name.as_str(), value.as_str()));
    }
    answer.json(body)
}

fn target(request: &HttpRequest) -> Option<Target> {
    let query: std::collections::HashMap<_, _> =
        form_urlencoded::parse(request.query_string().as_bytes())
            .into_owned()
            .collect();
    Some(Target {
        redirect_uri: query.get("redirect_uri")?.clone(),
        mode: Mode::parse(query.get("response_mode").map(String::as_str))?,
        state: query.get("state").cloned(),
    })
}
