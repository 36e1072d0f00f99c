use actix_web::{
    Error, HttpMessage as _,
    body::{BoxBody, MessageBody},
    dev::{ServiceRequest, ServiceResponse},
    middleware::Next,
};

use super::Caller;

/// Lets nobody but the panel below `/api/v1`, whatever is asked for there: a route that forgets its extractor is
/// still closed, and nobody learns which routes, ids or bodies would be good.
pub(crate) async fn panel_only(
    mut request: ServiceRequest,
    next: Next<impl MessageBody + 'static>,
) -> Result<ServiceResponse<BoxBody>, Error> {
    match request.extract::<Caller>().await {
        Ok(caller) => {
            request.extensions_mut().insert(caller);
            Ok(next.call(request).await?.map_into_boxed_body())
        }
        // The problem stays in the response, for the one place that writes problems.
        Err(problem) => Ok(request.error_response(problem)),
    }
}
