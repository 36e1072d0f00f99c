//! `GET /rest/api/3/attachment/meta`

use actix_web::HttpResponse;
use serde_json::json;

use crate::jira::{
    error::JiraError,
    gate::{Caller, TheSite},
    lifecycle::scope::Scope,
};

pub(super) async fn handle(site: TheSite, caller: Caller) -> Result<HttpResponse, JiraError> {
    caller.actor(Scope::Read)?;
    let limit = site.state().settings.attachment_limit;
    Ok(HttpResponse::Ok().json(json!({"enabled": true, "uploadLimit": limit})))
}
