//! `/plugins/{app}/{module}`: a page of the app inside Jira, through Atlassian's own bridge.

use actix_web::{HttpResponse, http::StatusCode, web};
use minijinja::{Value, context};
use serde::Deserialize;
use serde_json::json;

use super::{frame, render, visitor::Visitor};
use crate::{
    jira::{
        error::JiraError,
        gate::TheSite,
        lifecycle::modules::Page,
        model::app::App,
        tokens::{self, Purpose, Timing},
    },
    world::World,
};

#[derive(Debug, Deserialize)]
pub(super) struct Look {
    /// `light` (default) or `dark`.
    theme: Option<String>,
}

/// The page around the iframe.
pub(super) async fn page(
    world: web::Data<World>,
    site: TheSite,
    visitor: Visitor,
    path: web::Path<(String, String)>,
    look: web::Query<Look>,
) -> HttpResponse {
    let extension = match extension(&site, &visitor, &path) {
        Ok(extension) => extension,
        Err(refusal) => return render::refused(&site, &visitor, &refusal),
    };
    let theme = match look.theme.as_deref() {
        Some("dark") => "dark",
        _ => "light",
    };
    let json = extension.to_string().replace('<', "\\u003c");
    let page = context! {
        name => extension["options"]["name"].as_str(),
        theme => theme,
        has_bridge => world.options.bridge_dir.is_some(),
        extension => Value::from_safe_string(json),
    };
    render::show(StatusCode::OK, &site, &visitor, "host.html", page)
}

/// The iframe anew, for when the token in its URL is too old.
pub(super) async fn frame(
    site: TheSite,
    visitor: Visitor,
    path: web::Path<(String, String)>,
) -> Result<HttpResponse, JiraError> {
    Ok(HttpResponse::Ok()
        .insert_header(("cache-control", "no-store"))
        .json(extension(&site, &visitor, &path)?))
}

/// A fresh context token for the visitor.
pub(super) async fn token(
    site: TheSite,
    visitor: Visitor,
    path: web::Path<(String, String)>,
) -> Result<HttpResponse, JiraError> {
    let (app, _) = find(&site, &visitor, &path)?;
    let (purpose, timing) = (Purpose::Context, Timing::default());
    let token = tokens::make(&site, &app, &visitor.account_id, purpose, timing)
        .map_err(|error| JiraError::internal(&error))?;
    Ok(HttpResponse::Ok()
        .insert_header(("cache-control", "no-store"))
        .json(json!({ "token": token })))
}

/// What the bridge needs to make the iframe.
fn extension(
    site: &TheSite,
    visitor: &Visitor,
    path: &(String, String),
) -> Result<serde_json::Value, JiraError> {
    let (app, page) = find(site, visitor, path)?;
    let url =
        frame::url(site, &app, &page, visitor).map_err(|error| JiraError::internal(&error))?;
    Ok(json!({
        "addon_key": app.descriptor.key,
        "key": page.key,
        "url": url,
        "options": {
            "name": page.name,
            "isFullPage": true,
            "width": "100%",
            "moduleType": if page.admins_only { "adminPages" } else { "generalPages" },
            "productContext": {},
            "user": {"accountId": visitor.account_id, "timeZone": visitor.time_zone},
        },
    }))
}

/// The app with its page, if the visitor may see it.
fn find(
    site: &TheSite,
    visitor: &Visitor,
    (app_key, module_key): &(String, String),
) -> Result<(App, Page), JiraError> {
    let app = site.state().app.clone();
    let app = app.filter(|app| app.enabled && app.descriptor.key == *app_key);
    let app = app.ok_or_else(|| {
        JiraError::message(
            StatusCode::NOT_FOUND,
            &format!("The app {app_key} is not installed here."),
        )
    })?;
    let page = app
        .descriptor
        .pages()
        .into_iter()
        .find(|page| page.key == *module_key);
    let page = page.ok_or_else(|| {
        JiraError::message(
            StatusCode::NOT_FOUND,
            &format!("The app has no page {module_key}."),
        )
    })?;
    if page.admins_only && !visitor.admin {
        return Err(JiraError::forbidden(
            "Only a Jira administrator sees this page.",
        ));
    }
    Ok((app, page))
}
