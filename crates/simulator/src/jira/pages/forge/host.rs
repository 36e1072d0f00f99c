//! `GET /forge/{module}`: the page around the app's frame.

use actix_web::{HttpResponse, http::StatusCode, web};
use minijinja::{Value, context};
use serde_json::json;

use super::{Look, context::context as forge_context, find};
use crate::{
    jira::{
        gate::TheSite,
        pages::{render, visitor::Visitor},
    },
    world::World,
};

pub(super) async fn handle(
    world: web::Data<World>,
    site: TheSite,
    visitor: Visitor,
    module: web::Path<String>,
    look: web::Query<Look>,
) -> HttpResponse {
    let (app, place) = match find(&site, &visitor, &module, &look) {
        Ok(found) => found,
        Err(refusal) => return render::refused(&site, &visitor, &refusal),
    };
    let theme = match look.theme.as_deref() {
        Some("dark") => "dark",
        _ => "light",
    };
    let extension = json!({
        "title": place.page.title,
        "src": format!("{}/forge/static/index.html", world.urls.atlassian),
        "context": forge_context(&site, &app, &place, &visitor, theme),
        "navigation": app.manifest.navigation(&app.remote_url),
    });
    let json = extension.to_string().replace('<', "\\u003c");
    let project = place.project.as_ref();
    let page = context! {
        name => place.page.title.clone(),
        project => project.map(|one| context! { key => one.key.clone(), name => one.name.clone() }),
        theme => theme,
        has_panel => world.options.forge_panel_dir.is_some(),
        extension => Value::from_safe_string(json),
    };
    render::show(StatusCode::OK, &site, &visitor, "forge.html", page)
}
