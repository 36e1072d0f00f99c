//! Installing a Forge app on a site, upgrading it, and taking it off.

use std::{sync::Arc, time::Duration};

use chrono::TimeDelta;
use reqwest::Method;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use super::{
    app::{Environment, ForgeApp},
    delivery::{self, Outgoing},
    invocation::{self, Invocation},
    remote::{self, Call},
};
use crate::jira::{jwt::JwtError, site::Site};

/// How long a farewell may take ("Pre-uninstall").
const GOODBYE: Duration = Duration::from_secs(55);

/// What shall be installed.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Wanted {
    /// Base URL of the app's back end.
    pub(crate) remote_url: String,
    /// The app, an ARI; the simulator's usual one when absent.
    #[serde(default)]
    pub(crate) app_id: Option<String>,
    /// `DEVELOPMENT`, `STAGING` or `PRODUCTION` (default).
    #[serde(default)]
    pub(crate) environment: Option<String>,
    /// Other scopes than the manifest's.
    #[serde(default)]
    pub(crate) scopes: Option<Vec<String>>,
}

/// What an install did.
#[derive(Debug, Serialize)]
pub(crate) struct Installed {
    pub(crate) installation_id: String,
    pub(crate) app_id: String,
    pub(crate) app_account_id: String,
    /// The back end's answer to `avi:forge:installed:app`, which changes nothing.
    pub(crate) status: Option<u16>,
}

/// Why it was not done.
#[derive(Debug, thiserror::Error)]
pub(crate) enum ForgeError {
    #[error("the remote URL {0:?} is no https URL (http only on localhost)")]
    Remote(String),
    #[error("{0:?} is no app id: it begins with ari:cloud:ecosystem::app/")]
    App(String),
    #[error("there is no environment {0:?}: use DEVELOPMENT, STAGING or PRODUCTION")]
    Environment(String),
    #[error("no Forge app is installed here")]
    NotInstalled,
    #[error("a token could not be signed")]
    Token(#[from] JwtError),
}

/// Installs the app, in place of the one that was there, and tells it.
pub(crate) async fn install(site: &Arc<Site>, wanted: &Wanted) -> Result<Installed, ForgeError> {
    let app = checked(site, wanted)?;
    let user = ForgeApp::user(&site.cloud_id, &app.app_id);
    {
        let mut state = site.state();
        let account_id = &user.account_id;
        state.users.retain(|known| known.account_id != *account_id);
        state.users.push(user);
        state.forge = Some(app.clone());
    }
    let status = tell(site, &app, "avi:forge:installed:app").await;
    Ok(Installed {
        installation_id: app.installation_id,
        app_id: app.app_id,
        app_account_id: app.account_id,
        status,
    })
}

fn checked(site: &Site, wanted: &Wanted) -> Result<ForgeApp, ForgeError> {
    let forge = &site.shared.forge;
    let url = wanted.remote_url.trim();
    let fits = url::Url::parse(url).is_ok_and(|url| {
        let local = matches!(url.host_str(), Some("localhost" | "127.0.0.1"));
        url.scheme() == "https" || url.scheme() == "http" && local
    });
    if !fits {
        return Err(ForgeError::Remote(url.to_owned()));
    }
    let app_id = wanted
        .app_id
        .clone()
        .unwrap_or_else(|| forge.app_id.clone());
    if !app_id.starts_with("ari:cloud:ecosystem::app/") {
        return Err(ForgeError::App(app_id));
    }
    let environment = wanted.environment.as_deref().unwrap_or("PRODUCTION");
    let environment = Environment::parse(environment)
        .ok_or_else(|| ForgeError::Environment(environment.to_owned()))?;
    let manifest = match &wanted.scopes {
        Some(scopes) => Arc::new(forge.manifest.with_scopes(scopes)),
        None => Arc::clone(&forge.manifest),
    };
    let now = site.clock.now();
    let id = site.clock.new_id();
    Ok(ForgeApp {
        account_id: ForgeApp::user(&site.cloud_id, &app_id).account_id,
        app_id,
        environment,
        version: "1.0.0".to_owned(),
        installation_id: format!("ari:cloud:ecosystem::installation/{id}"),
        remote_url: url.trim_end_matches('/').to_owned(),
        manifest,
        installed_at: now,
        next_tick: now + TimeDelta::hours(1),
    })
}

/// The next major version of the app; its version, and the back end's answer.
pub(crate) async fn upgrade(site: &Arc<Site>) -> Result<(String, Option<u16>), ForgeError> {
    let app = {
        let mut state = site.state();
        let app = state.forge.as_mut().ok_or(ForgeError::NotInstalled)?;
        let major = app.version.split('.').next().and_then(|n| n.parse().ok());
        let next: u32 = major.unwrap_or(0) + 1;
        app.version = format!("{next}.0.0");
        app.clone()
    };
    let status = tell(site, &app, "avi:forge:upgraded:app").await;
    Ok((app.version, status))
}

/// Takes the app off after its farewell, whose answer changes nothing; without it when `goodbye` is false. Its
/// system tokens end.
pub(crate) async fn uninstall(site: &Arc<Site>, goodbye: bool) -> Result<Option<u16>, ForgeError> {
    let app = site.state().forge.clone().ok_or(ForgeError::NotInstalled)?;
    let mut status = None;
    if goodbye {
        status = farewell(site, &app).await?;
    }
    let mut state = site.state();
    // Another install may have taken its place while the farewell was said.
    state
        .forge
        .take_if(|now| now.installation_id == app.installation_id);
    if state.forge.is_none() {
        for user in &mut state.users {
            user.active &= user.account_id != app.account_id;
        }
    }
    Ok(status)
}

async fn farewell(site: &Arc<Site>, app: &ForgeApp) -> Result<Option<u16>, ForgeError> {
    let mut status = None;
    for (module_key, endpoint) in app.manifest.goodbyes() {
        let invocation = Invocation::of_endpoint(&endpoint.key);
        let body = context(site, app, &module_key)?;
        let call = Call {
            method: Method::POST,
            path: endpoint.path.clone(),
            headers: Vec::new(),
            body: body.to_string().into(),
            invocation,
            system_token: endpoint.system_token,
            by_browser: false,
            timeout: GOODBYE,
        };
        let answer = remote::call(site, app, call).await.ok();
        status = answer.map(|answer| answer.status);
        let outgoing = Outgoing {
            id: site.clock.new_id().to_string(),
            event: "preUninstall".to_owned(),
            app: app.clone(),
            endpoint,
            body,
            is_product_event: false,
        };
        delivery::keep_once(site, &outgoing, status);
    }
    Ok(status)
}

/// The body of calls that are no events.
pub(crate) fn context(site: &Site, app: &ForgeApp, module_key: &str) -> Result<Value, ForgeError> {
    let token = invocation::token(site, app, &Invocation::of_endpoint(module_key))?;
    Ok(json!({
        "context": {"cloudId": site.cloud_id, "moduleKey": module_key},
        "contextToken": token,
    }))
}

async fn tell(site: &Arc<Site>, app: &ForgeApp, event: &str) -> Option<u16> {
    let installer = {
        let state = site.state();
        let admin = state.users.iter().find(|user| user.admin);
        admin.map(|user| user.account_id.clone())
    };
    let body = json!({
        "eventType": event,
        "id": app.installation_id.rsplit('/').next(),
        "context": format!("ari:cloud:jira::site/{}", site.cloud_id),
        "installerAccountId": installer,
        "app": {
            "id": app.uuid(),
            "version": app.version,
            "name": "Postroom",
            "ownerAccountId": installer,
        },
        "environment": {"id": app.environment_uuid()},
    });
    let mut status = None;
    for trigger in app.manifest.triggers(event) {
        let outgoing = Outgoing {
            id: site.clock.new_id().to_string(),
            event: event.to_owned(),
            app: app.clone(),
            endpoint: trigger.endpoint,
            body: body.clone(),
            is_product_event: false,
        };
        status = delivery::deliver(site, outgoing).await;
    }
    status
}
