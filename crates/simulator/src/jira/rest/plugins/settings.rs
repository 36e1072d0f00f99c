//! `GET /rest/plugins/1.0/settings`: the site is in development mode.

use actix_web::HttpResponse;
use serde_json::json;

use super::check;
use crate::jira::{error::JiraError, gate::Caller};

pub(super) async fn handle(caller: Caller) -> Result<HttpResponse, JiraError> {
    check(&caller)?;
    Ok(HttpResponse::Ok().json(json!({"settings": [
        {"key": "connectDeveloperListingsEnabled", "value": true, "requiresRefresh": true, "readOnly": false},
    ]})))
}
