//! `POST /jira/{site}/token`: a token that Jira would give a page of the app.

use actix_web::{HttpResponse, web};
use chrono::TimeDelta;
use serde::Deserialize;
use serde_json::json;

use super::{find, with_causes};
use crate::{
    control::ControlError,
    jira::tokens::{self, Purpose, Timing},
    world::World,
};

#[derive(Debug, Deserialize)]
pub(super) struct Wanted {
    account_id: String,
    /// `page` or `context`
    kind: String,
    #[serde(default = "get")]
    method: String,
    /// Path below the app's base URL, with its query; needed for `page`.
    path: Option<String>,
    /// Key of the project whose settings the page is in.
    project: Option<String>,
    /// Seconds that it lives.
    expires_in: Option<i64>,
    /// Seconds by which the clock that made it is ahead.
    #[serde(default)]
    clock_offset: i64,
}

fn get() -> String {
    "GET".to_owned()
}

pub(super) async fn handle(
    world: web::Data<World>,
    site: web::Path<String>,
    wanted: web::Json<Wanted>,
) -> Result<HttpResponse, ControlError> {
    let site = find(&world, &site)?;
    let app = site.state().app.clone();
    let app = app.ok_or_else(|| ControlError::Invalid("no app is installed here".into()))?;
    let project = wanted.project.as_deref().map(|key| {
        let found = site.state().project(key).cloned();
        found.ok_or_else(|| ControlError::NotFound(format!("there is no project {key:?} here")))
    });
    let project = project.transpose()?;
    let purpose = match (wanted.kind.as_str(), &wanted.path) {
        ("context", _) => Purpose::Context,
        ("page", Some(target)) => Purpose::Page {
            method: &wanted.method,
            target,
        },
        ("page", None) => return Err(ControlError::Invalid("a page token needs a path".into())),
        _ => return Err(ControlError::Invalid("kind must be page or context".into())),
    };
    let seconds = |seconds: i64| {
        TimeDelta::try_seconds(seconds)
            .ok_or_else(|| ControlError::Invalid("that many seconds are no time".into()))
    };
    let timing = Timing {
        life: wanted.expires_in.map(seconds).transpose()?,
        offset: seconds(wanted.clock_offset)?,
    };
    let jwt = tokens::make(
        &site,
        &app,
        (&wanted.account_id, project.as_ref()),
        purpose,
        timing,
    )
    .map_err(|error| ControlError::Invalid(with_causes(&error)))?;
    Ok(HttpResponse::Ok().json(json!({ "jwt": jwt })))
}
