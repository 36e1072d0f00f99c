//! `/plugins/{app}/{module}`: a page of the app inside Jira, through Atlassian's own bridge.

use actix_web::{HttpResponse, http::StatusCode, web};
use minijinja::{Value, context};
use serde::Deserialize;
use serde_json::json;

use super::{frame, render, visitor::Visitor};
use crate::{
    jira::{
        audience::Audience,
        error::JiraError,
        gate::TheSite,
        lifecycle::modules::Page,
        model::{app::App, project::Project},
        tokens::{self, Purpose, Timing},
    },
    world::World,
};

#[derive(Debug, Deserialize)]
pub(super) struct Look {
    /// `light` (default) or `dark`.
    theme: Option<String>,
    /// Key of the project whose settings it is in.
    project: Option<String>,
}

/// The page around the iframe.
pub(super) async fn page(
    world: web::Data<World>,
    site: TheSite,
    visitor: Visitor,
    path: web::Path<(String, String)>,
    look: web::Query<Look>,
) -> HttpResponse {
    let extension = match extension(&site, &visitor, &path, &look) {
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
    look: web::Query<Look>,
) -> Result<HttpResponse, JiraError> {
    Ok(HttpResponse::Ok()
        .insert_header(("cache-control", "no-store"))
        .json(extension(&site, &visitor, &path, &look)?))
}

/// A fresh context token for the visitor.
pub(super) async fn token(
    site: TheSite,
    visitor: Visitor,
    path: web::Path<(String, String)>,
    look: web::Query<Look>,
) -> Result<HttpResponse, JiraError> {
    let (app, _, project) = find(&site, &visitor, &path, &look)?;
    let subject = (visitor.account_id.as_str(), project.as_ref());
    let (purpose, timing) = (Purpose::Context, Timing::default());
    let token = tokens::make(&site, &app, subject, purpose, timing)
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
    look: &Look,
) -> Result<serde_json::Value, JiraError> {
    let (app, page, project) = find(site, visitor, path, look)?;
    let project = project.as_ref();
    let url = frame::url(site, &app, &page, project, visitor)
        .map_err(|error| JiraError::internal(&error))?;
    let place = project.map(|one| json!({"project": {"id": one.id, "key": one.key}}));
    Ok(json!({
        "addon_key": app.descriptor.key,
        "key": page.key,
        "url": url,
        "options": {
            "name": page.name,
            "isFullPage": true,
            "width": "100%",
            "moduleType": match page.audience {
                Audience::Everybody => "generalPages",
                Audience::Administrators => "adminPages",
                Audience::ProjectAdministrators => "jiraProjectAdminTabPanels",
            },
            "productContext": {},
            "place": place.unwrap_or_else(|| json!({})),
            "user": {"accountId": visitor.account_id, "timeZone": visitor.time_zone},
        },
    }))
}

/// The app with its page, if the visitor may see it.
fn find(
    site: &TheSite,
    visitor: &Visitor,
    (app_key, module_key): &(String, String),
    look: &Look,
) -> Result<(App, Page, Option<Project>), JiraError> {
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
    let state = site.state();
    let project = match &look.project {
        Some(key) if page.audience.is_of_project() => {
            let found = state.project(key).cloned();
            let none = || JiraError::message(StatusCode::NOT_FOUND, "There is no such project.");
            Some(found.ok_or_else(none)?)
        }
        _ => None,
    };
    let user = state.user(&visitor.account_id);
    if !user.is_some_and(|user| page.audience.has(user, project.as_ref())) {
        return Err(JiraError::forbidden(
            "Only an administrator sees this page.",
        ));
    }
    Ok((app, page, project))
}
