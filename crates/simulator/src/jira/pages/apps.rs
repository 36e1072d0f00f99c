//! `/apps`: installing an app by its descriptor, and taking it off again.

use actix_web::{
    HttpResponse,
    http::{StatusCode, header::LOCATION},
    web,
};
use minijinja::context;
use serde::Deserialize;

use super::{render, visitor::Visitor};
use crate::{
    jira::{
        control::with_causes,
        gate::TheSite,
        lifecycle::{self, Farewell},
    },
    world::World,
};

#[derive(Debug, Deserialize)]
pub(super) struct Form {
    descriptor_url: String,
}

pub(super) async fn show(world: web::Data<World>, site: TheSite, visitor: Visitor) -> HttpResponse {
    let proposed = world.options.app_descriptor_url.clone().unwrap_or_default();
    page(&site, &visitor, &proposed, None)
}

pub(super) async fn install(
    site: TheSite,
    visitor: Visitor,
    form: web::Form<Form>,
) -> HttpResponse {
    if !visitor.admin {
        return not_an_administrator(&site, &visitor);
    }
    match lifecycle::install(&site, form.descriptor_url.trim()).await {
        Ok(_) => back(),
        Err(error) => page(
            &site,
            &visitor,
            &form.descriptor_url,
            Some(with_causes(&error)),
        ),
    }
}

pub(super) async fn uninstall(site: TheSite, visitor: Visitor) -> HttpResponse {
    if !visitor.admin {
        return not_an_administrator(&site, &visitor);
    }
    match lifecycle::uninstall(&site, Farewell::default()).await {
        Ok(_) => back(),
        Err(error) => page(&site, &visitor, "", Some(with_causes(&error))),
    }
}

fn page(
    site: &TheSite,
    visitor: &Visitor,
    descriptor_url: &str,
    error: Option<String>,
) -> HttpResponse {
    let app = site.state().app.clone();
    let installed = app.map(|app| {
        let app = app.descriptor;
        context! { key => app.key, name => app.name, base_url => app.base_url }
    });
    let status = match error {
        Some(_) => StatusCode::UNPROCESSABLE_ENTITY,
        None => StatusCode::OK,
    };
    let page = context! {
        installed => installed,
        error => error,
        descriptor_url => descriptor_url,
    };
    render::show(status, site, visitor, "apps.html", page)
}

fn back() -> HttpResponse {
    HttpResponse::SeeOther()
        .insert_header((LOCATION, "/apps"))
        .finish()
}

fn not_an_administrator(site: &TheSite, visitor: &Visitor) -> HttpResponse {
    let sentence = "Only a Jira administrator can manage apps.";
    render::problem(StatusCode::FORBIDDEN, site, visitor, sentence)
}
