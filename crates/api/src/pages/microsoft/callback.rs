use actix_web::{HttpRequest, HttpResponse, get, web};
use postroom_azure_oauth::Callback;

use super::{
    approval::Approval,
    arrival::Arrival,
    ending::{Ending, Stop, answer},
};
use crate::{Api, Problem};

/// Microsoft sends the browser back. What it brings is used once; a page follows that can be reloaded. Nothing but
/// `code`, `state` and the error is read: `tenant`, above all, is anybody's word.
#[get("/microsoft/callback")]
pub(crate) async fn callback(
    api: web::Data<Api>,
    request: HttpRequest,
) -> Result<HttpResponse, Problem> {
    answer(arrive(&api, &request).await)
}

async fn arrive(api: &Api, request: &HttpRequest) -> Result<HttpResponse, Stop> {
    let query = request.uri().query().unwrap_or_default();
    match Callback::parse(query).map_err(|_| Ending::CannotBeUsed)? {
        Callback::Code { code, state } => {
            let arrival = Arrival::of(api, request, &state).await?;
            arrival.authorize(api, &code).await
        }
        Callback::Refused {
            error,
            state: Some(state),
        } => match Approval::of(request, &state) {
            Some(approval) => Err(approval.refused(api, &error).await),
            None => {
                let arrival = Arrival::of(api, request, &state).await?;
                arrival.refused(api, &error).await
            }
        },
        Callback::Refused { state: None, .. } => Err(Ending::CannotBeUsed.into()),
        Callback::AdminConsented { state } => match Approval::of(request, &state) {
            Some(approval) => Err(approval.given(api).await),
            None => Err(Ending::CannotBeUsed.into()),
        },
    }
}
