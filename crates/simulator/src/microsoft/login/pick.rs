//! The page that asks who signs in, and what follows the choice.

use actix_web::{
    HttpRequest, HttpResponse,
    cookie::{Cookie, SameSite},
    http::StatusCode,
    web,
};
use serde::Deserialize;

use super::{
    consent,
    flow::{Flow, Prompt},
    refusal::Refusal,
};
use crate::{
    microsoft::{conditions, pages},
    world::World,
};

/// Cookie with the object id of the user who is signed in, as Entra ID has its `ESTSAUTH`.
const SESSION: &str = "ESTSAUTH";

/// First page of a flow: the choice of a user, or what follows it when the browser's session settles that.
pub(super) fn begin(
    world: &World,
    request: &HttpRequest,
    flow: Flow,
    hint: Option<&str>,
) -> HttpResponse {
    let silent = matches!(flow.prompt, Prompt::Unset | Prompt::None | Prompt::Consent);
    let user = session(world, request)
        .filter(|address| silent && hint.is_none_or(|hint| hint.eq_ignore_ascii_case(address)));
    if user.is_none() && flow.prompt == Prompt::None {
        return flow
            .target
            .refuse(world, request, &Refusal::new(50_058), Vec::new());
    }
    let segment = flow.segment.clone();
    let id = world.cloud().begin(world.clock.new_id(), flow);
    match user {
        Some(user) => choose(world, request, &id, &user),
        None => page(world, &segment, &id, hint),
    }
}

fn session(world: &World, request: &HttpRequest) -> Option<String> {
    let cookie = request.cookie(SESSION)?;
    world
        .cloud()
        .user(cookie.value())
        .map(|user| user.address.clone())
}

fn page(world: &World, segment: &str, id: &str, hint: Option<&str>) -> HttpResponse {
    let cloud = world.cloud();
    let application = cloud
        .flows
        .get(id)
        .and_then(|flow| cloud.registrations.get(&flow.client_id));
    let application = application.map(|registration| registration.name.as_str());
    let mut users: Vec<_> = cloud
        .users
        .values()
        .filter(|user| cloud.admits(segment, user))
        .collect();
    users.sort_by_key(|user| hint.is_none_or(|hint| !hint.eq_ignore_ascii_case(&user.address)));
    pages::show(
        StatusCode::OK,
        "pick.html",
        serde_json::json!({ "segment": segment, "flow": id, "users": users, "hint": hint, "application": application }),
    )
}

#[derive(Debug, Deserialize)]
pub(super) struct Choice {
    flow: String,
    user: String,
}

pub(super) async fn submit(
    world: web::Data<World>,
    request: HttpRequest,
    segment: web::Path<String>,
    choice: web::Form<Choice>,
) -> HttpResponse {
    if choice.user.is_empty() {
        return page(&world, &segment, &choice.flow, None);
    }
    choose(&world, &request, &choice.flow, &choice.user)
}

/// Signs a user in, remembers the session, and goes on to consent.
fn choose(world: &World, request: &HttpRequest, id: &str, address: &str) -> HttpResponse {
    let oid = match sign_in(world, id, address) {
        Ok(oid) => oid,
        Err(refusal) => return refuse(world, request, id, &refusal),
    };
    let mut answer = consent::begin(world, request, id);
    let cookie = Cookie::build(SESSION, oid)
        .path("/")
        .http_only(true)
        .same_site(SameSite::Lax)
        .finish();
    if let Err(error) = answer.add_cookie(&cookie) {
        tracing::warn!(%error, "the session cookie could not be set");
    }
    answer
}

/// A page, except where no page may be shown.
fn refuse(world: &World, request: &HttpRequest, id: &str, refusal: &Refusal) -> HttpResponse {
    let mut cloud = world.cloud();
    let silent = cloud
        .flows
        .get(id)
        .is_some_and(|flow| flow.prompt == Prompt::None);
    let flow = silent.then(|| cloud.flows.remove(id)).flatten();
    drop(cloud);
    match flow {
        Some(flow) => flow.target.refuse(world, request, refusal, Vec::new()),
        None => refusal.page(world, request),
    }
}

fn sign_in(world: &World, id: &str, address: &str) -> Result<String, Refusal> {
    let mut cloud = world.cloud();
    let flow = cloud.flow(id, world.clock.now())?;
    let user = cloud.user(address).ok_or_else(|| {
        Refusal::saying(
            50_034,
            format!("The user account {address} does not exist in the directory."),
        )
    })?;
    if !cloud.admits(&flow.segment, user) {
        let text = format!(
            "User account '{}' does not exist in tenant '{}' and cannot access the application in that tenant.",
            user.address, flow.segment
        );
        return Err(Refusal::saying(50_020, text));
    }
    let home = cloud.directory(user.tid).map(|home| home.cloud);
    if let Some(home) = home.filter(|home| *home != flow.cloud) {
        return Err(Refusal::new(home.elsewhere()));
    }
    let held = conditions::at_sign_in(user, cloud.directory(user.tid));
    held.map_err(Refusal::new)?;
    let (oid, address) = (user.oid.to_string(), user.address.clone());
    if let Some(flow) = cloud.flows.get_mut(id) {
        flow.user = Some(address);
    }
    Ok(oid)
}

/// `GET /{tenant}/oauth2/v2.0/logout`: forgets the browser's session.
pub(super) async fn sign_out(
    request: HttpRequest,
    query: web::Query<super::authorize::Query>,
) -> HttpResponse {
    let mut answer = match query.get("post_logout_redirect_uri") {
        Some(uri) => HttpResponse::Found()
            .insert_header(("location", uri.as_str()))
            .finish(),
        None => pages::show(StatusCode::OK, "signed_out.html", serde_json::json!({})),
    };
    if let Some(mut cookie) = request.cookie(SESSION) {
        cookie.set_path("/");
        if let Err(error) = answer.add_removal_cookie(&cookie) {
            tracing::warn!(%error, "the session cookie could not be removed");
        }
    }
    answer
}
