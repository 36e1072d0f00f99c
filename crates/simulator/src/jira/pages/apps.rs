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
        forge::installation::{self, Wanted},
        gate::TheSite,
        lifecycle::{self, Farewell},
    },
    world::World,
};

#[derive(Debug, Deserialize)]
pub(super) struct Form {
    descriptor_url: String,
}

#[derive(Debug, Deserialize)]
pub(super) struct ForgeForm {
    remote_url: String,
}

pub(super) async fn show(world: web::Data<World>, site: TheSite, visitor: Visitor) -> HttpResponse {
    page(&world, &site, &visitor, None)
}

pub(super) async fn install(
    world: web::Data<World>,
    site: TheSite,
    visitor: Visitor,
    form: web::Form<Form>,
) -> HttpResponse {
    if !visitor.admin {
        return not_an_administrator(&site, &visitor);
    }
    match lifecycle::install(&site, form.descriptor_url.trim()).await {
        Ok(_) => back(),
        Err(error) => page(&world, &site, &visitor, Some(with_causes(&error))),
    }
}

pub(super) async fn uninstall(
    world: web::Data<World>,
    site: TheSite,
    visitor: Visitor,
) -> HttpResponse {
    if !visitor.admin {
        return not_an_administrator(&site, &visitor);
    }
    match lifecycle::uninstall(&site, Farewell::default()).await {
        Ok(_) => back(),
        Err(error) => page(&world, &site, &visitor, Some(with_causes(&error))),
    }
}

pub(super) async fn install_forge(
    world: web::Data<World>,
    site: TheSite,
    visitor: Visitor,
    form: web::Form<ForgeForm>,
) -> HttpResponse {
    if !visitor.admin {
        return not_an_administrator(&site, &visitor);
    }
    let wanted = Wanted {
        remote_url: form.into_inner().remote_url,
        app_id: None,
        environment: None,
        scopes: None,
    };
    match installation::install(&site, &wanted).await {
        Ok(_) => back(),
        Err(error) => page(&world, &site, &visitor, Some(with_causes(&error))),
    }
}

pub(super) async fn uninstall_forge(
    world: web::Data<World>,
    site: TheSite,
    visitor: Visitor,
) -> HttpResponse {
    if !visitor.admin {
        return not_an_administrator(&site, &visitor);
    }
    match installation::uninstall(&site, true).await {
        Ok(_) => back(),
        Err(error) => page(&world, &site, &visitor, Some(with_causes(&error))),
    }
}

fn page(world: &World, site: &TheSite, visitor: &Visitor, error: Option<String>) -> HttpResponse {
    let (app, forge) = {
        let state = site.state();
        (state.app.clone(), state.forge.clone())
    };
    let forge = forge.map(|app| {
        let environment = app.environment.name().to_lowercase();
        context! { remote_url => app.remote_url, id => app.app_id, environment => environment }
    });
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
        forge => forge,
        descriptor_url => world.options.app_descriptor_url.clone(),
        remote_url => world.options.forge_remote_url.clone(),
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
