//! Atlassian's gateway: the REST APIs of all sites on one host, for system tokens.

use actix_web::{
    Error, HttpResponse, ResponseError as _,
    body::{BoxBody, MessageBody, to_bytes},
    dev::{ServiceRequest, ServiceResponse},
    http::{
        StatusCode,
        header::{CONTENT_LENGTH, CONTENT_TYPE},
    },
    middleware::{Next, from_fn},
    web::{self, ServiceConfig},
};
use bytes::Bytes;

use super::{keys, panel};
use crate::{
    jira::{error::JiraError, gate::Entrance, rest, site::Site},
    world::World,
};

/// The routes of the gateway's listener: `/ex/jira/{cloudId}/rest/…`, the key set, and the pages of Forge apps.
pub(crate) fn configure(cfg: &mut ServiceConfig, world: &World) {
    for site in world.jira.all() {
        let prefix = format!("/ex/jira/{}", site.cloud_id);
        let scope = web::scope(&prefix)
            .app_data(web::Data::from(site))
            .app_data(Entrance::Gateway)
            .service(
                web::scope("")
                    .configure(rest::configure)
                    .wrap(from_fn(own_links)),
            );
        cfg.service(scope);
    }
    cfg.route("/.well-known/jwks.json", web::get().to(keys::serve))
        .configure(panel::configure)
        .default_service(web::to(nowhere));
}

async fn nowhere() -> HttpResponse {
    JiraError::gateway(StatusCode::NOT_FOUND, "Not Found").error_response()
}

/// `self` and other links of an answer lead through the gateway too.
async fn own_links(
    request: ServiceRequest,
    next: Next<impl MessageBody + 'static>,
) -> Result<ServiceResponse<BoxBody>, Error> {
    let site = request.app_data::<web::Data<Site>>().cloned();
    let answer = next.call(request).await?.map_into_boxed_body();
    let kind = answer.headers().get(CONTENT_TYPE);
    let is_json = kind.is_some_and(|kind| kind.as_bytes().starts_with(b"application/json"));
    let Some(site) = site.filter(|_| is_json) else {
        return Ok(answer);
    };
    let (request, answer) = answer.into_parts();
    let (mut head, body) = answer.into_parts();
    let body = to_bytes(body)
        .await
        .map_err(|error| JiraError::internal(&error))?;
    head.headers_mut().remove(CONTENT_LENGTH);
    let linked = BoxBody::new(links(&body, &site));
    Ok(ServiceResponse::new(request, head.set_body(linked)))
}

fn links(body: &Bytes, site: &Site) -> Bytes {
    let Ok(text) = std::str::from_utf8(body) else {
        return body.clone();
    };
    let from = format!("\"{}/rest/", site.base_url());
    let to = format!("\"{}/rest/", site.api_base_url());
    text.replace(&from, &to).into()
}
