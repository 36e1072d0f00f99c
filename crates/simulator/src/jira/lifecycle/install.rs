//! Installing an app, or installing it again, which rotates its secret.

use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD};
use rand::Rng as _;
use serde::Serialize;

use super::{
    callback::{self, Signing},
    descriptor::Descriptor,
};
use crate::jira::{
    jwt::JwtError,
    model::{app::App, people::User},
    site::Site,
};

/// Why an app could not be installed.
#[derive(Debug, thiserror::Error)]
pub(crate) enum InstallError {
    #[error("the descriptor URL {0:?} is no http or https URL")]
    Url(String),
    #[error("{url} could not be reached")]
    Unreachable {
        url: String,
        #[source]
        source: reqwest::Error,
    },
    #[error("the descriptor was answered with status {0}, 200 is needed")]
    DescriptorStatus(u16),
    #[error("the descriptor is no JSON")]
    DescriptorJson(#[source] reqwest::Error),
    #[error("the descriptor is not valid: {}", .0.join("; "))]
    Descriptor(Vec<String>),
    #[error("the app {0} is installed here; uninstall it first")]
    Another(String),
    #[error(
        "the app host returned HTTP response code {0} when we tried to contact it during installation"
    )]
    Callback(u16),
    #[error("no app is installed here")]
    NotInstalled,
    #[error("{0:?} is no address of a site: use http or https, a host, and no path")]
    Address(String),
    #[error("a token could not be signed")]
    Token(#[from] JwtError),
    #[error("an install key could not be made")]
    Key(#[from] rcgen::Error),
    #[error("the simulator is stopping")]
    Stopped,
}

/// What an install did.
#[derive(Debug, Serialize)]
pub(crate) struct Installed {
    pub(crate) client_key: String,
    /// The app's answer to `installed`.
    pub(crate) status: u16,
    /// The app's answer to `enabled`, which changes nothing.
    pub(crate) enabled_status: Option<u16>,
}

/// Fetches the descriptor, tells the app its new secret, and takes it only if the app agrees.
pub(crate) async fn install(site: &Site, descriptor_url: &str) -> Result<Installed, InstallError> {
    let descriptor = fetch(site, descriptor_url).await?;
    if let Some(app) = &site.state().app
        && app.descriptor.key != descriptor.key
    {
        return Err(InstallError::Another(app.descriptor.key.clone()));
    }
    announce(site, &descriptor, &new_secret()).await
}

/// Tells the app a secret, takes it if the app agrees, and enables the app.
pub(super) async fn announce(
    site: &Site,
    descriptor: &Descriptor,
    secret: &str,
) -> Result<Installed, InstallError> {
    let status = tell(site, descriptor, secret).await?;
    if !matches!(status, 200 | 204) {
        return Err(InstallError::Callback(status));
    }
    keep(site, descriptor, secret);
    Ok(Installed {
        client_key: site.client_key(),
        status,
        enabled_status: enable(site, descriptor, secret).await,
    })
}

/// Sends `installed`; the app's answer.
pub(super) async fn tell(
    site: &Site,
    descriptor: &Descriptor,
    secret: &str,
) -> Result<u16, InstallError> {
    site.state().told_secrets.push(secret.to_owned());
    let status = callback::send(
        site,
        descriptor,
        "installed",
        Some(secret),
        Signing::Install,
    )
    .await?;
    Ok(status.unwrap_or_default())
}

/// Sends `enabled`; the app's answer, where it was reached.
pub(super) async fn enable(site: &Site, descriptor: &Descriptor, secret: &str) -> Option<u16> {
    let signing = Signing::Secret(secret);
    let enabled = callback::send(site, descriptor, "enabled", None, signing).await;
    enabled.ok().flatten()
}

async fn fetch(site: &Site, url: &str) -> Result<Descriptor, InstallError> {
    if !url::Url::parse(url).is_ok_and(|url| matches!(url.scheme(), "http" | "https")) {
        return Err(InstallError::Url(url.to_owned()));
    }
    let answer = site.shared.http.get(url).send().await;
    let answer = answer.map_err(|source| InstallError::Unreachable {
        url: url.to_owned(),
        source,
    })?;
    if answer.status().as_u16() != 200 {
        return Err(InstallError::DescriptorStatus(answer.status().as_u16()));
    }
    let raw = answer.json().await.map_err(InstallError::DescriptorJson)?;
    Descriptor::check(raw).map_err(InstallError::Descriptor)
}

fn keep(site: &Site, descriptor: &Descriptor, secret: &str) {
    let user = User::app(&site.cloud_id, &descriptor.key, &descriptor.name);
    let account_id = user.account_id.clone();
    let mut state = site.state();
    state.users.retain(|known| known.account_id != account_id);
    state.users.push(user);
    let properties = state
        .app
        .take()
        .map(|app| app.properties)
        .unwrap_or_default();
    state.app = Some(App {
        descriptor: descriptor.clone(),
        secret: secret.to_owned(),
        account_id,
        enabled: true,
        properties,
    });
}

/// As long as Atlassian's: up to 128 characters.
pub(super) fn new_secret() -> String {
    let mut bytes = [0u8; 90];
    rand::rng().fill_bytes(&mut bytes);
    format!("ATCO{}", URL_SAFE_NO_PAD.encode(bytes))
}
