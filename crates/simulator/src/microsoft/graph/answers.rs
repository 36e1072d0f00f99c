//! What every answer of Graph has: ids of the request, applied preferences, and the inner error.

use actix_web::{
    Error,
    body::{BoxBody, MessageBody},
    dev::{ServiceRequest, ServiceResponse},
    http::header::{HeaderMap, HeaderName, HeaderValue},
    middleware::Next,
    web,
};
use serde_json::json;

use super::{error::GraphError, prefer::Prefer};
use crate::world::World;

/// Middleware of the Graph host.
pub(super) async fn finish(
    request: ServiceRequest,
    next: Next<impl MessageBody + 'static>,
) -> Result<ServiceResponse<BoxBody>, Error> {
    let world = request.app_data::<web::Data<World>>().cloned();
    let client_id = request
        .headers()
        .get("client-request-id")
        .and_then(|id| id.to_str().ok())
        .map(str::to_owned);
    let applied = Prefer::read(request.headers()).applied();
    let mut response = next.call(request).await?.map_into_boxed_body();
    let Some(world) = world else {
        return Ok(response);
    };
    let id = world.clock.new_id().to_string();
    let asked_id = client_id.unwrap_or_else(|| id.clone());
    let error = response
        .response()
        .error()
        .and_then(|error| error.as_error::<GraphError>());
    if let Some(error) = error {
        let date = world.clock.now().format("%Y-%m-%dT%H:%M:%S").to_string();
        let body =
            error.body(&json!({ "date": date, "request-id": id, "client-request-id": asked_id }));
        let mut answer = actix_web::HttpResponseBuilder::new(error.status);
        for (name, value) in &error.headers {
            answer.insert_header((*name, value.as_str()));
        }
        let answer = answer.json(body);
        response = response.into_response(answer);
    }
    let ok = response.status().is_success();
    let headers = response.headers_mut();
    set(headers, "request-id", &id);
    set(headers, "client-request-id", &asked_id);
    if ok && !applied.is_empty() {
        set(headers, "preference-applied", &applied);
    }
    Ok(response)
}

fn set(headers: &mut HeaderMap, name: &'static str, value: &str) {
    if let Ok(value) = HeaderValue::from_str(value) {
        headers.insert(HeaderName::from_static(name), value);
    }
}
