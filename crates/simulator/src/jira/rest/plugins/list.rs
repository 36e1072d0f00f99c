//! `GET /rest/plugins/1.0/`: the installed apps, and a token for the next install.

use actix_web::HttpResponse;
use serde_json::{Value, json};

use super::{check, view};
use crate::jira::{
    error::JiraError,
    gate::{Caller, TheSite},
};

pub(super) async fn handle(site: TheSite, caller: Caller) -> Result<HttpResponse, JiraError> {
    check(&caller)?;
    let token = site.upm.token(&site);
    let plugins: Vec<Value> = site.state().app.iter().map(view).collect();
    Ok(HttpResponse::Ok()
        .insert_header(("upm-token", token))
        .content_type("application/vnd.atl.plugins.installed+json")
        .body(json!({"plugins": plugins, "links": {"self": "/rest/plugins/1.0/"}}).to_string()))
}
