//! The invocation token ("FIT"): with it Forge vouches for a call to an app's back end.

use chrono::TimeDelta;
use rand::Rng as _;
use serde_json::{Value, json};

use super::{app::ForgeApp, keys::Signature};
use crate::jira::{
    jwt::JwtError,
    site::{Names, Site},
    tokens::Timing,
};

/// How long a token lives, as in Atlassian's example.
pub(crate) const LIFE: TimeDelta = TimeDelta::seconds(25);

/// Who calls the back end.
#[derive(Clone, Debug)]
pub(crate) struct Invocation {
    /// `core:endpoint`, or the kind of the page.
    pub(crate) kind: &'static str,
    pub(crate) module_key: String,
    /// The user of a page; nobody for events and scheduled calls.
    pub(crate) account_id: Option<String>,
    /// Where the page is, for pages.
    pub(crate) extension: Option<Value>,
}

impl Invocation {
    /// A call that no person makes.
    pub(crate) fn of_endpoint(key: &str) -> Self {
        Self {
            kind: "core:endpoint",
            module_key: key.to_owned(),
            account_id: None,
            extension: None,
        }
    }
}

/// A token that holds.
pub(crate) fn token(
    site: &Site,
    app: &ForgeApp,
    invocation: &Invocation,
) -> Result<String, JwtError> {
    let claims = claims(site, app, invocation, Timing::default());
    let key = site.shared.forge.keys.current();
    let key = key.ok_or_else(|| {
        JwtError(jsonwebtoken::errors::new_error(
            jsonwebtoken::errors::ErrorKind::InvalidKeyFormat,
        ))
    })?;
    key.sign(&claims, &Signature::default())
}

/// What a token says.
pub(crate) fn claims(
    site: &Site,
    app: &ForgeApp,
    invocation: &Invocation,
    timing: Timing,
) -> Value {
    let now = site.signing_time() + timing.offset;
    let names = site.names();
    let mut claims = json!({
        "iss": "forge/invocation-token",
        "aud": app.app_id,
        "iat": now.timestamp(),
        "nbf": now.timestamp(),
        "exp": (now + timing.life.unwrap_or(LIFE)).timestamp(),
        "jti": token_id(),
        "app": application(site, app, invocation),
        "context": context(site, app, &names, invocation),
    });
    if let Some(account_id) = &invocation.account_id {
        claims["principal"] = account_id.clone().into();
    }
    claims
}

fn application(site: &Site, app: &ForgeApp, invocation: &Invocation) -> Value {
    let api_base_url = site.api_base_url();
    let mut application = json!({
        "id": app.app_id,
        "version": app.version.split('.').next(),
        "appVersion": app.version,
        "installationId": app.installation_id,
        "apiBaseUrl": api_base_url,
        "installation": {
            "id": app.installation_id,
            "contexts": [{"name": "jira", "apiBaseUrl": api_base_url, "cloudId": site.cloud_id}],
        },
        "environment": {"type": app.environment, "id": app.environment_id()},
        "module": {"type": invocation.kind, "key": invocation.module_key},
    });
    let active = site.state().settings.forge_license_active;
    if let Some(active) = active.filter(|_| app.environment == super::app::Environment::Production)
    {
        application["license"] = json!({
            "active": active,
            "isEvaluation": false,
            "billingPeriod": "MONTHLY",
            "type": "COMMERCIAL",
            "capabilitySet": "capabilityStandard",
        });
    }
    application
}

fn context(site: &Site, app: &ForgeApp, names: &Names, invocation: &Invocation) -> Value {
    let mut context = json!({
        "cloudId": site.cloud_id,
        "siteUrl": names.base_url,
        "moduleKey": invocation.module_key,
        "environmentId": app.environment_uuid(),
        "environmentType": app.environment,
        "appVersion": app.version,
    });
    if let (Some(extension), Some(account_id)) = (&invocation.extension, &invocation.account_id) {
        context["localId"] = local_id(app, &invocation.module_key).into();
        context["extension"] = extension.clone();
        context["accountId"] = account_id.clone().into();
        context["accountType"] = "licensed".into();
        context["userAccess"] = json!({"enabled": false, "hasAccess": true});
    }
    context
}

/// The name of one page of the app.
pub(crate) fn local_id(app: &ForgeApp, module_key: &str) -> String {
    let (id, environment) = (app.uuid(), app.environment_uuid());
    format!("ari:cloud:ecosystem::extension/{id}/{environment}/static/{module_key}")
}

/// As long as Forge's: 20 bytes.
fn token_id() -> String {
    let mut bytes = [0u8; 20];
    rand::rng().fill_bytes(&mut bytes);
    hex::encode(bytes)
}
