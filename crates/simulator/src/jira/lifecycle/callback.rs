//! Lifecycle callbacks: what they say and how they are signed.

use chrono::TimeDelta;
use serde_json::{Value, json};

use super::{descriptor::Descriptor, install::InstallError};
use crate::jira::{jwt, jwt::Claims, qsh, site::Site};

/// How a callback proves that it comes from Jira.
pub(super) enum Signing<'a> {
    /// RS256 with a fresh install key ("signed install").
    Install,
    /// HS256 with the shared secret.
    Secret(&'a str),
    /// Not at all: a late `disabled` has been seen like that.
    Nothing,
}

/// Sends a callback where the descriptor has one; the answer's status, or nothing without a callback.
pub(super) async fn send(
    site: &Site,
    descriptor: &Descriptor,
    event: &str,
    secret: Option<&str>,
    signing: Signing<'_>,
) -> Result<Option<u16>, InstallError> {
    let Some(path) = descriptor.callback(event) else {
        return Ok(None);
    };
    let url = format!("{}{path}", descriptor.base_url);
    let (path, query) = path
        .split_once('?')
        .map_or((path, None), |(p, q)| (p, Some(q)));
    let claims = Claims::new(
        &site.client_key(),
        site.signing_time(),
        TimeDelta::seconds(180),
    )
    .aud(&descriptor.base_url)
    .qsh(qsh::hash("POST", path, query));
    let token = match signing {
        Signing::Secret(secret) => Some(jwt::sign(&claims, secret)?),
        Signing::Install => Some(sign_install(site, claims).await?),
        Signing::Nothing => None,
    };
    let mut request = site.shared.http.post(&url);
    if let Some(token) = token {
        request = request.header("Authorization", format!("JWT {token}"));
    }
    let payload = payload(site, descriptor, event, secret);
    match request.json(&payload).send().await {
        Ok(answer) => Ok(Some(answer.status().as_u16())),
        Err(source) => Err(InstallError::Unreachable { url, source }),
    }
}

async fn sign_install(site: &Site, claims: Claims) -> Result<String, InstallError> {
    let (keys, clock) = (site.shared.keys.clone(), site.clock.clone());
    let key = tokio::task::spawn_blocking(move || keys.make(&clock))
        .await
        .map_err(|_| InstallError::Stopped)??;
    Ok(jwt::sign_install(&claims, &key.kid, &key.private_pem)?)
}

fn payload(site: &Site, descriptor: &Descriptor, event: &str, secret: Option<&str>) -> Value {
    let names = site.names();
    let display_url = names.display_url.as_ref().unwrap_or(&names.base_url);
    let mut payload = json!({
        "key": descriptor.key,
        "clientKey": names.client_key,
        "publicKey": "",
        "serverVersion": "100300",
        "pluginsVersion": "1001.0.0-SNAPSHOT",
        "baseUrl": names.base_url,
        "displayUrl": display_url,
        "displayUrlServicedeskHelpCenter": display_url,
        "productType": "jira",
        "description": format!("Atlassian Jira at {}", names.base_url),
        "cloudId": site.cloud_id,
        "eventType": event,
    });
    if let Some(secret) = secret {
        payload["sharedSecret"] = secret.into();
        payload["oauthClientId"] =
            super::super::model::fixed_uuid(&["oauth", &names.client_key, &descriptor.key])
                .to_string()
                .into();
    }
    payload
}
