//! `GET /{tenant}/v2.0/adminconsent`: an administrator consents for a whole directory ("Admin consent on the Microsoft
//! identity platform").

use actix_web::{HttpRequest, HttpResponse, http::StatusCode, web};

use super::{
    authorize::{self, Query},
    consent::words,
    flow::{Flow, Prompt},
    pick,
    refusal::Refusal,
    send_back::{Mode, Target},
};
use crate::{
    microsoft::{
        cloud::Cloud,
        directory::{Directory, Registration, User},
        national::National,
        pages,
        scopes::Asked,
    },
    world::World,
};

pub(super) async fn show(
    world: web::Data<World>,
    request: HttpRequest,
    segment: web::Path<String>,
    query: web::Query<Query>,
) -> HttpResponse {
    match read(&world, &segment, &query, National::of(&request)) {
        Ok(flow) => pick::begin(&world, &request, flow, None),
        Err(refusal) => refusal.page(&world, &request),
    }
}

fn read(world: &World, segment: &str, query: &Query, cloud: National) -> Result<Flow, Refusal> {
    if matches!(segment, "common" | "consumers") {
        let text = "Admin consent needs the directory's id or domain, or 'organizations'; 'common' cannot be used.";
        return Err(Refusal::saying(50_059, text));
    }
    let redirect_uri = authorize::client(&world.cloud(), segment, query, cloud)?;
    let scope = query
        .get("scope")
        .ok_or_else(|| Refusal::missing("scope"))?;
    Ok(Flow {
        admin_consent: true,
        segment: segment.to_owned(),
        client_id: query.get("client_id").cloned().unwrap_or_default(),
        cloud,
        target: Target {
            redirect_uri,
            mode: Mode::Query,
            state: query.get("state").cloned(),
        },
        scope: scope.clone(),
        asked: Asked::parse(scope)?,
        nonce: None,
        challenge: None,
        prompt: Prompt::SelectAccount,
        client_info: false,
        user: None,
        begun: world.clock.now(),
    })
}

/// Asks the chosen user, who must be an administrator.
pub(super) fn page(
    id: &str,
    flow: &Flow,
    user: &User,
    registration: &Registration,
    directory: Option<&Directory>,
) -> HttpResponse {
    let template = if user.admin {
        "admin_consent.html"
    } else {
        "approval.html"
    };
    pages::show(
        StatusCode::OK,
        template,
        serde_json::json!({
        "segment": flow.segment, "flow": id, "application": registration.name, "client_id": flow.client_id,
        "user": user, "scopes": words(&flow.wanted(registration)), "directory": directory }),
    )
}

/// Carries out what the administrator decided. `admin_consent=True` is in both answers, as Microsoft has it.
pub(super) fn end(
    cloud: &mut Cloud,
    world: &World,
    request: &HttpRequest,
    flow: &Flow,
    user: &User,
    registration: &Registration,
    accepted: bool,
) -> HttpResponse {
    let told = ("admin_consent", "True".to_owned());
    if !accepted || !user.admin {
        let description =
            Refusal::new(if user.admin { 65_004 } else { 90_094 }).description(world, request);
        return flow.target.answer(vec![
            told,
            ("error", "consent_required".to_owned()),
            ("error_description", description),
        ]);
    }
    let wanted = flow.wanted(registration);
    cloud
        .grants
        .consent_directory(user.tid, &flow.client_id, &wanted);
    let scope = wanted
        .iter()
        .map(ToString::to_string)
        .collect::<Vec<_>>()
        .join(" ");
    flow.target.answer(vec![
        told,
        ("tenant", user.tid.to_string()),
        ("scope", scope),
    ])
}
