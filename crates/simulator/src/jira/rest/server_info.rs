//! `GET /rest/api/3/serverInfo`, which needs no credentials.

use actix_web::HttpResponse;
use serde_json::json;

use crate::jira::{gate::TheSite, model::jira_time};

pub(super) async fn handle(site: TheSite) -> HttpResponse {
    let now = jira_time(site.clock.now());
    let names = site.names();
    let display_url = names.display_url.as_ref().unwrap_or(&names.base_url);
    HttpResponse::Ok().json(json!({
        "baseUrl": names.base_url,
        "displayUrl": display_url,
        "displayUrlServicedeskHelpCenter": display_url,
        "displayUrlConfluence": display_url,
        "version": "1001.0.0-SNAPSHOT",
        "versionNumbers": [1001, 0, 0],
        "deploymentType": "Cloud",
        "buildNumber": 100_300,
        "buildDate": now,
        "serverTime": now,
        "scmInfo": crate::jira::model::fixed_uuid(&["scm"]).simple().to_string(),
        "serverTitle": "Jira",
        "defaultLocale": {"locale": "en_US"},
    }))
}
