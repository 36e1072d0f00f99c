use serde::Deserialize;
use url::Url;

use crate::jws::{Audience, Times};

/// Which copy of the app was invoked.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "UPPERCASE")]
pub enum Environment {
    /// A developer's.
    Development,
    /// For trying a release.
    Staging,
    /// What customers use.
    Production,
}

/// A verified invocation.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct InvocationToken {
    /// The installation (an ARI): finds the tenant, and is another after a reinstall.
    pub installation_id: String,
    /// The site's id, stable across installations.
    pub cloud_id: String,
    /// Where the site's REST API is, for [`crate::jira::JiraClient`].
    pub api_base_url: Url,
    /// The site as people see it, where Atlassian says.
    pub site_url: Option<Url>,
    /// Which copy of the app.
    pub environment: Environment,
    /// The module that called.
    pub module_key: Option<String>,
    /// Who uses the panel; nobody for events and scheduled calls.
    pub principal: Option<String>,
    /// Whether the licence is active; unknown outside production and for free apps.
    pub licensed: Option<bool>,
    /// Id of this token: the same one twice within its life is a replay.
    pub token_id: Option<String>,
}

#[derive(Clone, Deserialize)]
pub(super) struct Claims {
    pub(super) iss: String,
    pub(super) aud: Audience,
    #[serde(flatten)]
    pub(super) times: Times,
    jti: Option<String>,
    app: App,
    #[serde(default)]
    context: Context,
    principal: Option<String>,
}

#[derive(Clone, Deserialize)]
#[serde(rename_all = "camelCase")]
struct App {
    installation_id: String,
    api_base_url: Url,
    environment: AppEnvironment,
    module: Option<Module>,
    installation: Option<Installation>,
    license: Option<License>,
}

#[derive(Clone, Deserialize)]
struct AppEnvironment {
    #[serde(rename = "type")]
    kind: Environment,
}

#[derive(Clone, Deserialize)]
struct Module {
    key: Option<String>,
}

#[derive(Clone, Deserialize)]
struct License {
    #[serde(rename = "isActive", alias = "active")]
    active: Option<bool>,
}

#[derive(Clone, Deserialize)]
struct Installation {
    #[serde(default)]
    contexts: Vec<Context>,
}

#[derive(Clone, Default, Deserialize)]
#[serde(rename_all = "camelCase")]
struct Context {
    cloud_id: Option<String>,
    site_url: Option<Url>,
}

impl Claims {
    /// The invocation, or nothing when no site is named.
    pub(super) fn into_token(self) -> Option<InvocationToken> {
        let installed = self.app.installation.iter().flat_map(|i| &i.contexts);
        let cloud_id = self.context.cloud_id.clone().or_else(|| {
            installed
                .filter_map(|context| context.cloud_id.clone())
                .next()
        })?;
        Some(InvocationToken {
            cloud_id,
            installation_id: self.app.installation_id,
            api_base_url: self.app.api_base_url,
            site_url: self.context.site_url,
            environment: self.app.environment.kind,
            module_key: self.app.module.and_then(|module| module.key),
            principal: self.principal.filter(|account| !account.is_empty()),
            licensed: self.app.license.and_then(|license| license.active),
            token_id: self.jti,
        })
    }
}
