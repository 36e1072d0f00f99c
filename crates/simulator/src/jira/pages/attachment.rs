//! `/secure/attachment/{id}/{name}`: an attachment's bytes, for the issue page.

use actix_web::{HttpRequest, HttpResponse, web};

use super::{render::refused, visitor::Visitor};
use crate::jira::{error::JiraError, gate::TheSite, media};

pub(super) async fn handle(
    site: TheSite,
    visitor: Visitor,
    path: web::Path<(String, String)>,
    request: HttpRequest,
) -> HttpResponse {
    let (id, _) = path.into_inner();
    let found = site.state().attachment(&id).map(|(_, one)| one.clone());
    match found {
        Some(attachment) => media::bytes(&attachment, &request),
        None => refused(&site, &visitor, &JiraError::no_attachment(&id)),
    }
}
