//! `GET /rest/api/3/attachment/content/{id}`

use actix_web::{HttpRequest, HttpResponse, http::header::LOCATION, web};

use super::request::Params;
use crate::jira::{
    error::JiraError,
    gate::{Caller, TheSite},
    lifecycle::scope::Scope,
    media,
};

pub(super) async fn handle(
    site: TheSite,
    caller: Caller,
    id: web::Path<String>,
    request: HttpRequest,
) -> Result<HttpResponse, JiraError> {
    let actor = caller.actor(Scope::Read)?;
    let found = site.state().attachment(&id).map(|(_, one)| one.clone());
    let attachment = found
        .filter(|_| actor.is_some())
        .ok_or_else(|| JiraError::no_attachment(&id))?;
    if Params::of(&request).get("redirect") == Some("false") {
        return Ok(media::bytes(&attachment, &request));
    }
    let link = media::link(&site, &attachment)?;
    Ok(HttpResponse::SeeOther()
        .insert_header((LOCATION, link))
        .finish())
}
