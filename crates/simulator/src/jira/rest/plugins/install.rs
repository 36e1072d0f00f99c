//! `POST /rest/plugins/1.0/?token=…`: installs an app by its descriptor, in the background.

use actix_web::{
    HttpRequest, HttpResponse,
    http::{StatusCode, header::CONTENT_TYPE},
};
use bytes::Bytes;

use super::{check, waiting};
use crate::jira::{
    error::JiraError,
    gate::{Caller, TheSite},
    rest::request::{self, Params},
    upm,
};

const REMOTE: &str = "application/vnd.atl.plugins.remote.install+json";

pub(super) async fn handle(
    site: TheSite,
    caller: Caller,
    request: HttpRequest,
    body: Bytes,
) -> Result<HttpResponse, JiraError> {
    check(&caller)?;
    let params = Params::of(&request);
    if !site.upm.take(params.get("token").unwrap_or_default()) {
        return Err(JiraError::forbidden("The token is missing or used up."));
    }
    let kind = request.headers().get(CONTENT_TYPE);
    if !kind.is_some_and(|kind| kind.as_bytes().starts_with(REMOTE.as_bytes())) {
        return Err(JiraError::message(
            StatusCode::UNSUPPORTED_MEDIA_TYPE,
            "Only apps with a descriptor can be installed here.",
        ));
    }
    let wanted = request::json(&body)?;
    let source = wanted["pluginUri"].as_str();
    let source = source.ok_or_else(|| JiraError::bad("pluginUri is required."))?;
    let id = upm::begin(&site, source);
    let task = site.upm.task(&id);
    let task = task.ok_or_else(|| JiraError::internal(&"the install is gone"))?;
    Ok(waiting(StatusCode::ACCEPTED, &id, &task, None))
}
