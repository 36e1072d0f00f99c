//! Metadata, keys and instance discovery.

use std::collections::HashMap;

use actix_web::{HttpRequest, HttpResponse, web};
use serde_json::{Value, json};

use super::refusal::Refusal;
use crate::{
    microsoft::{national::National, public_base},
    world::World,
};

/// OpenID Connect metadata. For `common` and `organizations` the issuer is the literal template.
pub(super) async fn metadata(
    world: web::Data<World>,
    request: HttpRequest,
    segment: web::Path<String>,
) -> HttpResponse {
    let base = public_base(&world, &request);
    let cloud = world.cloud();
    let here = National::of(&request);
    if let Err(refusal) = cloud.knows_segment(&segment, here) {
        return refusal.json(&world, &request);
    }
    let issuer = match (segment.as_str(), cloud.directory_named(&segment)) {
        ("consumers", _) => "9188040d-6c67-4c5b-b112-36a304b66dad".to_owned(),
        (_, Some(directory)) => directory.tid.to_string(),
        (_, None) => "{tenantid}".to_owned(),
    };
    HttpResponse::Ok().json(document(&base, &segment, &issuer, here))
}

fn document(base: &str, segment: &str, issuer: &str, here: National) -> Value {
    let at = |path: &str| format!("{base}/{segment}{path}");
    json!({
        "issuer": format!("{base}/{issuer}/v2.0"),
        "authorization_endpoint": at("/oauth2/v2.0/authorize"),
        "token_endpoint": at("/oauth2/v2.0/token"),
        "jwks_uri": at("/discovery/v2.0/keys"),
        "end_session_endpoint": at("/oauth2/v2.0/logout"),
        "token_endpoint_auth_methods_supported": ["client_secret_post", "private_key_jwt", "client_secret_basic"],
        "response_modes_supported": ["query", "fragment", "form_post"],
        "response_types_supported": ["code"],
        "subject_types_supported": ["pairwise"],
        "id_token_signing_alg_values_supported": ["RS256"],
        "scopes_supported": ["openid", "profile", "email", "offline_access"],
        "claims_supported": ["sub", "iss", "aud", "exp", "iat", "nonce", "preferred_username", "name", "tid", "ver"],
        "request_uri_parameter_supported": false,
        "http_logout_supported": true,
        "frontchannel_logout_supported": true,
        "tenant_region_scope": null,
        "cloud_instance_name": "microsoftonline.com",
        "cloud_graph_host_name": "graph.windows.net",
        "msgraph_host": here.graph_host(),
    })
}

pub(super) async fn keys(world: web::Data<World>, request: HttpRequest) -> HttpResponse {
    let base = public_base(&world, &request);
    let keys: Vec<_> = world
        .cloud()
        .keys
        .iter()
        .map(|key| key.published(&base))
        .collect();
    HttpResponse::Ok().json(json!({ "keys": keys }))
}

/// Which hosts are one cloud; MSAL asks before it trusts an authority.
pub(super) async fn instance(
    world: web::Data<World>,
    request: HttpRequest,
    query: web::Query<HashMap<String, String>>,
) -> HttpResponse {
    let Some(endpoint) = query.get("authorization_endpoint") else {
        return Refusal::missing("authorization_endpoint").json(&world, &request);
    };
    let base = public_base(&world, &request);
    let segment = url::Url::parse(endpoint).ok().and_then(|url| {
        let mut segments = url.path_segments()?;
        segments.next().map(str::to_owned)
    });
    let segment = segment
        .filter(|segment| !segment.is_empty())
        .unwrap_or_else(|| "common".into());
    let host = base
        .split_once("://")
        .map_or(base.as_str(), |(_, host)| host);
    HttpResponse::Ok().json(json!({
        "tenant_discovery_endpoint": format!("{base}/{segment}/v2.0/.well-known/openid-configuration"),
        "api-version": query.get("api-version").map_or("1.1", String::as_str),
        "metadata": [{
            "preferred_network": host,
            "preferred_cache": host,
            "aliases": [host],
        }],
    }))
}
