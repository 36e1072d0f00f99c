//! `GET /{tenant}/oauth2/v2.0/authorize`: checks the request and shows the first page that is needed.

use std::collections::HashMap;

use actix_web::{HttpRequest, HttpResponse, web};

use super::{
    flow::{Flow, Prompt},
    pick,
    refusal::Refusal,
    send_back::{Mode, Target},
};
use crate::{
    microsoft::{cloud::Cloud, grants::Challenge, national::National, scopes::Asked},
    world::World,
};

pub(super) type Query = HashMap<String, String>;

/// A refusal and, once the redirect URI is proven, the application that may hear of it.
pub(super) struct Refused {
    pub(super) refusal: Refusal,
    pub(super) target: Option<Target>,
}

pub(super) async fn show(
    world: web::Data<World>,
    request: HttpRequest,
    segment: web::Path<String>,
    query: web::Query<Query>,
) -> HttpResponse {
    let flow = read(&world, segment.as_str(), &query, National::of(&request));
    match flow {
        Ok(flow) => pick::begin(
            &world,
            &request,
            flow,
            query.get("login_hint").map(String::as_str),
        ),
        Err(Refused {
            refusal,
            target: Some(target),
        }) => target.refuse(&world, &request, &refusal, Vec::new()),
        Err(Refused {
            refusal,
            target: None,
        }) => refusal.page(&world, &request),
    }
}

fn read(world: &World, segment: &str, query: &Query, cloud: National) -> Result<Flow, Refused> {
    let redirect_uri =
        client(&world.cloud(), segment, query, cloud).map_err(|refusal| Refused {
            refusal,
            target: None,
        })?;
    let mode = Mode::parse(query.get("response_mode").map(String::as_str));
    let target = Target {
        redirect_uri,
        mode: mode.unwrap_or(Mode::Query),
        state: query.get("state").cloned(),
    };
    let flow = rest(
        world,
        (segment, cloud),
        query,
        target.clone(),
        mode.is_none(),
    );
    flow.map_err(|refusal| Refused {
        refusal,
        target: Some(target),
    })
}

/// The registration and its redirect URI, compared byte by byte.
pub(super) fn client(
    cloud: &Cloud,
    segment: &str,
    query: &Query,
    here: National,
) -> Result<String, Refusal> {
    cloud.knows_segment(segment, here)?;
    let client_id = query
        .get("client_id")
        .ok_or_else(|| Refusal::missing("client_id"))?;
    let unknown = || {
        let text =
            format!("Application with identifier '{client_id}' was not found in the directory.");
        Refusal::saying(700_016, text)
    };
    let registration = cloud.registrations.get(client_id).ok_or_else(unknown)?;
    let redirect_uri = query
        .get("redirect_uri")
        .ok_or_else(|| Refusal::missing("redirect_uri"))?;
    if !registration.redirect_uris.contains(redirect_uri) {
        let text = format!(
            "The redirect URI '{redirect_uri}' specified in the request does not match the redirect URIs configured for the application '{client_id}'."
        );
        return Err(Refusal::saying(50_011, text));
    }
    Ok(redirect_uri.clone())
}

fn rest(
    world: &World,
    (segment, cloud): (&str, National),
    query: &Query,
    target: Target,
    bad_mode: bool,
) -> Result<Flow, Refusal> {
    let text = |name: &str| {
        query
            .get(name)
            .map(String::as_str)
            .filter(|text| !text.is_empty())
    };
    if bad_mode {
        return Err(Refusal::saying(
            90_023,
            "Unsupported 'response_mode' value.",
        ));
    }
    match text("response_type") {
        Some("code") => {}
        None => return Err(Refusal::missing("response_type")),
        Some(_) => return Err(Refusal::new(700_054)),
    }
    let scope = text("scope").ok_or_else(|| Refusal::missing("scope"))?;
    let asked = Asked::parse(scope)?;
    let prompt = Prompt::parse(text("prompt"))?;
    if prompt == Prompt::SelectAccount && text("login_hint").is_some() {
        return Err(Refusal::saying(
            90_023,
            "'login_hint' cannot be used with 'prompt=select_account'.",
        ));
    }
    Ok(Flow {
        admin_consent: false,
        segment: segment.to_owned(),
        client_id: query.get("client_id").cloned().unwrap_or_default(),
        cloud,
        target,
        scope: scope.to_owned(),
        asked,
        nonce: text("nonce").map(str::to_owned),
        challenge: challenge(text("code_challenge"), text("code_challenge_method"))?,
        prompt,
        client_info: text("client_info") == Some("1"),
        user: None,
        begun: world.clock.now(),
    })
}

/// PKCE; a challenge without a method is plain.
fn challenge(value: Option<&str>, method: Option<&str>) -> Result<Option<Challenge>, Refusal> {
    let Some(value) = value else {
        return match method {
            None => Ok(None),
            Some(_) => Err(Refusal::missing("code_challenge")),
        };
    };
    let plain = |c: char| c.is_ascii_alphanumeric() || "-._~".contains(c);
    if !(43..=128).contains(&value.len()) || !value.chars().all(plain) {
        return Err(Refusal::new(501_491));
    }
    match method {
        Some("S256") => Ok(Some(Challenge::S256(value.to_owned()))),
        None | Some("plain") => Ok(Some(Challenge::Plain(value.to_owned()))),
        Some(_) => Err(Refusal::saying(
            90_023,
            "Unsupported 'code_challenge_method' value.",
        )),
    }
}
