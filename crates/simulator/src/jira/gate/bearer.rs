//! Who calls through Atlassian's gateway: a Forge app with its system token.

use std::collections::BTreeSet;

use actix_web::{
    HttpRequest,
    http::{StatusCode, header::AUTHORIZATION},
};
use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD};
use chrono::TimeDelta;
use serde_json::Value;

use super::{Caller, rest_path};
use crate::jira::{
    error::JiraError,
    forge::{app::ForgeApp, scopes::Need},
    lifecycle::scope::Scope,
    site::Site,
};

/// Reads the system token of a request. A Connect token in its place counts as nobody, which is what an app gets that
/// takes the wrong scheme.
pub(super) fn caller(site: &Site, request: &HttpRequest) -> Result<Caller, JiraError> {
    let header = request.headers().get(AUTHORIZATION);
    let header = header.and_then(|value| value.to_str().ok());
    let token = match header.and_then(|header| header.split_once(' ')) {
        Some((scheme, token)) if scheme.eq_ignore_ascii_case("bearer") => token.trim(),
        _ => return Err(unauthorized()),
    };
    if is_of_connect(token) {
        return Ok(Caller::Anonymous);
    }
    let now = site.clock.now();
    let grant = site.shared.forge.tokens.find(token);
    let grant = grant.filter(|grant| grant.expires > now);
    let grant = grant.ok_or_else(unauthorized)?;
    if grant.cloud_id != site.cloud_id {
        return Err(not_installed());
    }
    let (app, lag) = {
        let state = site.state();
        (state.forge.clone(), state.settings.forge_permission_lag_ms)
    };
    let app = app.filter(|app| app.installation_id == grant.installation_id);
    let app = app.ok_or_else(unauthorized)?;
    if now < app.installed_at + TimeDelta::milliseconds(lag) {
        return Err(not_installed());
    }
    match Need::of(request.method(), rest_path(request.path())) {
        Need::Nothing => {}
        Need::Scope(scope) if app.manifest.scopes.contains(scope) => {}
        Need::Scope(_) => return Err(unscoped()),
        Need::Closed => return Err(JiraError::scope()),
    }
    Ok(Caller::App {
        scopes: granted(&app),
        key: app.app_id,
        account_id: app.account_id,
    })
}

/// Whether it looks like a token that an app signs itself: only those hash the query.
fn is_of_connect(token: &str) -> bool {
    let claims = token.split('.').nth(1);
    let claims = claims.and_then(|part| URL_SAFE_NO_PAD.decode(part).ok());
    let claims: Option<Value> = claims.and_then(|json| serde_json::from_slice(&json).ok());
    claims.is_some_and(|claims| claims["qsh"].is_string())
}

/// The handlers' own scopes; the need of the request has been met already.
fn granted(app: &ForgeApp) -> BTreeSet<Scope> {
    let mut all = Scope::ProjectAdmin.with_implied();
    all.insert(Scope::AccessEmailAddresses);
    if app.manifest.scopes.contains("manage:jira-configuration") {
        all.insert(Scope::Admin);
    }
    all
}

fn unauthorized() -> JiraError {
    JiraError::gateway(StatusCode::UNAUTHORIZED, "Unauthorized")
}

fn unscoped() -> JiraError {
    let message = "Unauthorized; scope does not match";
    JiraError::gateway(StatusCode::UNAUTHORIZED, message)
}

fn not_installed() -> JiraError {
    let message = "The app is not installed on this instance";
    JiraError::gateway(StatusCode::FORBIDDEN, message)
}
