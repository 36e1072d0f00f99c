use actix_web::{
    Error, HttpMessage as _,
    body::{BoxBody, MessageBody},
    dev::{Payload, ServiceRequest, ServiceResponse},
    http::Method,
    middleware::Next,
};
use postroom_registry::tenant::may_be_a_name;

use super::{Caller, knock, replay};
use crate::{Problem, body, turns::Turn};

/// Lets nobody but the panel below `/api/v1`, whatever is asked for there: a route that forgets its extractor is
/// still closed, and nobody learns which routes, ids or bodies would be good.
pub(crate) async fn panel_only(
    mut request: ServiceRequest,
    next: Next<impl MessageBody + 'static>,
) -> Result<ServiceResponse<BoxBody>, Error> {
    match admit(&mut request).await {
        Ok((caller, _turn)) => {
            request.extensions_mut().insert(caller);
            Ok(next.call(request).await?.map_into_boxed_body())
        }
        // The problem stays in the response, for the one place that writes problems.
        Err(problem) => Ok(request.error_response(problem)),
    }
}

/// Who it is, and its tenant's turn: what one tenant asks for leaves room for the others.
async fn admit(request: &mut ServiceRequest) -> Result<(Caller, Turn), Problem> {
    let api = knock::api(request.request())?;
    let (caller, token) = Caller::of(&api, request.request()).await?;
    if !may_be_a_name(&caller.account_id) {
        let problem = Problem::unauthorized("the token names an account that nobody can have");
        return Err(problem);
    }
    knock::note(caller.tenant, Some(&caller.account_id));
    api.shared().counters.count(caller.tenant)?;
    let turn = api.shared().calls.take(caller.tenant).await?;
    if let Some(token) = token
        && ![Method::GET, Method::HEAD].contains(request.method())
    {
        let body = body::whole(&mut request.take_payload(), body::JSON).await?;
        replay::only_once(&api, &token, request.request(), &body).await?;
        request.set_payload(Payload::from(body));
    }
    Ok((caller, turn))
}
