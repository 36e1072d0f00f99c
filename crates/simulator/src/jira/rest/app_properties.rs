//! `/rest/atlassian-connect/1/addons/{app}/properties/{key}`: what an app keeps on a site.

use actix_web::{HttpResponse, http::StatusCode, web};
use bytes::Bytes;
use serde_json::{Value, json};

use super::request;
use crate::jira::{
    error::JiraError,
    gate::{Caller, TheSite},
    issues::properties,
    model::{app::App, state::State},
};

const LONGEST_KEY: usize = 127;

pub(super) async fn keys(
    site: TheSite,
    caller: Caller,
    app: web::Path<String>,
) -> Result<HttpResponse, JiraError> {
    let mut state = site.state();
    let properties = &mine(&mut state, &caller, &app)?.properties;
    let address = |key: &String| {
        format!(
            "{}/rest/atlassian-connect/1/addons/{app}/properties/{key}",
            site.base_url()
        )
    };
    let keys: Vec<Value> = properties
        .keys()
        .map(|key| json!({"key": key, "self": address(key)}))
        .collect();
    Ok(HttpResponse::Ok().json(json!({ "keys": keys })))
}

pub(super) async fn read(
    site: TheSite,
    caller: Caller,
    path: web::Path<(String, String)>,
) -> Result<HttpResponse, JiraError> {
    let (app, key) = path.into_inner();
    let mut state = site.state();
    let value = mine(&mut state, &caller, &app)?.properties.get(&key);
    let value = value.ok_or_else(|| JiraError::no_property(&key))?;
    let address = format!(
        "{}/rest/atlassian-connect/1/addons/{app}/properties/{key}",
        site.base_url()
    );
    Ok(HttpResponse::Ok().json(json!({"key": key, "value": value, "self": address})))
}

pub(super) async fn write(
    site: TheSite,
    caller: Caller,
    path: web::Path<(String, String)>,
    body: Bytes,
) -> Result<HttpResponse, JiraError> {
    let (app, key) = path.into_inner();
    let mut state = site.state();
    let app = mine(&mut state, &caller, &app)?;
    let value = request::json(&body)?;
    properties::check(&key, &value)?;
    if key.chars().count() > LONGEST_KEY {
        return Err(JiraError::bad(
            "The property key cannot be longer than 127 characters.",
        ));
    }
    let before = app.properties.insert(key.clone(), value);
    let (status, message) = match before {
        Some(_) => (StatusCode::OK, "Property updated."),
        None => (StatusCode::CREATED, "Property created."),
    };
    let code = status.as_u16();
    Ok(HttpResponse::build(status).json(json!({"message": message, "statusCode": code})))
}

pub(super) async fn remove(
    site: TheSite,
    caller: Caller,
    path: web::Path<(String, String)>,
) -> Result<HttpResponse, JiraError> {
    let (app, key) = path.into_inner();
    let mut state = site.state();
    match mine(&mut state, &caller, &app)?.properties.remove(&key) {
        Some(_) => Ok(HttpResponse::NoContent().finish()),
        None => Err(JiraError::no_property(&key)),
    }
}

/// Only the app itself sees its properties.
fn mine<'a>(state: &'a mut State, caller: &Caller, app: &str) -> Result<&'a mut App, JiraError> {
    match caller {
        Caller::App { key, .. } if key == app => {
            state.app.as_mut().ok_or_else(JiraError::bad_token)
        }
        _ => Err(JiraError::message(
            StatusCode::UNAUTHORIZED,
            "Access to this resource must be authenticated as an app.",
        )),
    }
}
