use actix_web::{HttpRequest, HttpResponse, get, http::header::LOCATION, web};
use postroom_azure_oauth::Callback;

use super::{
    arrival::Arrival,
    ending::{Ending, Stop, answer},
};
use crate::{Api, Problem};

/// Microsoft sends the browser back. What it brings is used once; a page follows that can be reloaded.
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
            let arrival = Arrival::of(api, request, &state)
                .await?
                .authorize(api, &code)
                .await?;
            let next = api.url(&format!("/microsoft/confirm?ticket={}", arrival.ticket));
            Ok(HttpResponse::SeeOther()
                .insert_header((LOCATION, next))
                .finish())
        }
        Callback::Refused {
            error,
            state: Some(state),
        } => {
            let arrival = Arrival::of(api, request, &state).await?;
            Err(arrival.refuse(api, &error).await)
        }
        Callback::Refused { state: None, .. } => Err(Ending::CannotBeUsed.into()),
        Callback::AdminConsented { .. } => Err(Ending::Approved.into()),
    }
}
