//! `GET /rest/plugins/1.0/{plugin}-key`: an installed app.

use actix_web::{HttpResponse, http::StatusCode, web};

use super::{check, view};
use crate::jira::{
    error::JiraError,
    gate::{Caller, TheSite},
};

pub(super) async fn handle(
    site: TheSite,
    caller: Caller,
    plugin: web::Path<String>,
) -> Result<HttpResponse, JiraError> {
    check(&caller)?;
    let state = site.state();
    let app = state.app.as_ref();
    let app = app.filter(|app| app.descriptor.key == *plugin);
    let app = app.ok_or_else(no_app)?;
    Ok(HttpResponse::Ok()
        .content_type("application/vnd.atl.plugins.plugin+json")
        .body(view(app).to_string()))
}

pub(super) fn no_app() -> JiraError {
    JiraError::message(StatusCode::NOT_FOUND, "The app is not installed here.")
}
