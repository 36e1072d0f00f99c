//! `/rest/plugins/1.0/…`: the Universal Plugin Manager, by which tools install an app under development.
//!
//! Source: what npm `atlassian-connect-express` asks of a site when it registers itself.

mod get;
mod install;
mod list;
mod pending;
mod settings;
mod uninstall;

use actix_web::{
    HttpResponse,
    http::StatusCode,
    web::{ServiceConfig, delete, get as reading, post},
};
use serde_json::{Value, json};

use crate::jira::{error::JiraError, gate::Caller, model::app::App, upm::Task};

pub(super) fn configure(cfg: &mut ServiceConfig) {
    cfg.route("/plugins/1.0/settings", reading().to(settings::handle))
        .route("/plugins/1.0/pending/{id}", reading().to(pending::handle))
        .route("/plugins/1.0/{plugin}-key", reading().to(get::handle))
        .route("/plugins/1.0/{plugin}-key", delete().to(uninstall::handle))
        .route("/plugins/1.0/", reading().to(list::handle))
        .route("/plugins/1.0/", post().to(install::handle));
}

/// Only administrators manage apps.
fn check(caller: &Caller) -> Result<(), JiraError> {
    match caller {
        Caller::User { admin: true, .. } => Ok(()),
        Caller::Anonymous => Err(JiraError::anonymous()),
        _ => Err(JiraError::forbidden(
            "Only a Jira administrator can manage apps.",
        )),
    }
}

fn view(app: &App) -> Value {
    let key = &app.descriptor.key;
    json!({
        "key": key,
        "name": app.descriptor.name,
        "enabled": app.enabled,
        "userInstalled": true,
        "remotable": true,
        "version": "1.0.0",
        "links": {"self": format!("/rest/plugins/1.0/{key}-key")},
    })
}

/// An install that is not done yet, or never will be.
fn waiting(status: StatusCode, id: &str, task: &Task, error: Option<&str>) -> HttpResponse {
    let mut body = json!({
        "type": "INSTALL",
        "id": id,
        "pingAfter": 100,
        "status": {
            "done": error.is_some(),
            "statusCode": 200,
            "contentType": "application/vnd.atl.plugins.install.installing+json",
            "source": task.source,
        },
        "links": {"self": format!("/rest/plugins/1.0/pending/{id}")},
    });
    if let Some(error) = error {
        body["status"]["errorMessage"] = error.into();
        body["status"]["contentType"] = "application/vnd.atl.plugins.task.install.err+json".into();
    }
    HttpResponse::build(status)
        .content_type("application/vnd.atl.plugins.pending-task+json")
        .body(body.to_string())
}
