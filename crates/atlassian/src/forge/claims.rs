use serde::Deserialize;
use serde_json::{Map, Value};
use url::Url;

use super::{ForgeError, ForgeSettings, routes, site};
use crate::jws::{Audience, Times};

/// No ARI of an installation is longer.
const LONGEST_ID: usize = 255;

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

/// The name of an environment is none of `development`, `staging`, `production`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("an environment of Forge is development, staging or production")]
pub struct UnknownEnvironment;

impl std::str::FromStr for Environment {
    type Err = UnknownEnvironment;

    fn from_str(name: &str) -> Result<Self, Self::Err> {
        match name.to_ascii_lowercase().as_str() {
            "development" => Ok(Self::Development),
            "staging" => Ok(Self::Staging),
            "production" => Ok(Self::Production),
            _ => Err(UnknownEnvironment),
        }
    }
}

/// A verified invocation.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct InvocationToken {
    /// The installation (an ARI): finds the tenant, and is another after a reinstall.
    pub installation_id: String,
    /// The site's id, stable across installations.
    pub cloud_id: String,
    /// Where the site's REST API is, for [`crate::jira::JiraClient`]: below the API that we are set to.
    pub api_base_url: Url,
    /// The site as people see it, where Atlassian says so and it is one of the allowed sites: a custom domain is none,
    /// and the call is good without it.
    pub site_url: Option<Url>,
    /// Which copy of the app.
    pub environment: Environment,
    /// The module that called.
    pub module_key: Option<String>,
    /// Who uses the panel; nobody for events and scheduled calls. A person in the panel may call any path of ours, so
    /// a route for Atlassian's own calls (see [`super::routes`]) must refuse a token that names one.
    pub principal: Option<String>,
    /// Whether it bears the marks of a page, a person named or not: only a page's script can have made the call.
    pub from_page: bool,
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
    api_base_url: String,
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
    #[serde(rename = "type")]
    kind: Option<String>,
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
    site_url: Option<String>,
    module_key: Option<String>,
    /// Where a page is shown, and to whom: events have none of these.
    extension: Option<Value>,
    local_id: Option<String>,
    account_id: Option<String>,
    account_type: Option<String>,
}

impl Context {
    fn is_of_page(&self) -> bool {
        let texts = [&self.local_id, &self.account_id, &self.account_type];
        let extension = self.extension.as_ref();
        texts
            .iter()
            .any(|text| text.as_deref().is_some_and(|text| !text.is_empty()))
            || extension.is_some_and(|it| !it.is_null() && *it != Value::Object(Map::new()))
    }
}

impl Claims {
    pub(super) fn environment(&self) -> Environment {
        self.app.environment.kind
    }

    /// A page's place or reader, a page's kind of module (`jira:adminPage`), or a module that is a page of ours.
    fn is_of_page(&self) -> bool {
        let module = self.app.module.as_ref();
        let kind = module.and_then(|module| module.kind.as_deref());
        let keys = [
            module.and_then(|module| module.key.as_deref()),
            self.context.module_key.as_deref(),
        ];
        let is_page = |key: &str| routes::PAGES.contains(&key);
        self.context.is_of_page()
            || kind.is_some_and(|kind| kind.ends_with("Page") || kind.ends_with("Panel"))
            || keys.into_iter().flatten().any(is_page)
    }

    /// The invocation, once the site that it names is one that we may speak to.
    pub(super) fn into_token(
        self,
        settings: &ForgeSettings,
    ) -> Result<InvocationToken, ForgeError> {
        let (cloud_id, api_base_url) = self.site(settings)?;
        let from_page = self.is_of_page();
        let site_url = self.context.site_url.as_deref();
        let site_url = site_url.and_then(|url| site::site_url(url, settings));
        let installation_id = self.app.installation_id;
        if !(1..=LONGEST_ID).contains(&installation_id.len()) {
            return Err(ForgeError::Malformed);
        }
        Ok(InvocationToken {
            cloud_id,
            api_base_url,
            site_url,
            from_page,
            installation_id,
            environment: self.app.environment.kind,
            module_key: self.app.module.and_then(|module| module.key),
            principal: self.principal.filter(|account| !account.is_empty()),
            licensed: self.app.license.and_then(|license| license.active),
            token_id: self.jti.filter(|id| !id.is_empty()),
        })
    }

    /// The site of the call; for an event that names none, the one among the installation's whose API it is about.
    fn site(&self, settings: &ForgeSettings) -> Result<(String, Url), ForgeError> {
        let installed = self.app.installation.iter().flat_map(|i| &i.contexts);
        let named: Vec<&String> = match &self.context.cloud_id {
            Some(cloud_id) => vec![cloud_id],
            None => installed.filter_map(|c| c.cloud_id.as_ref()).collect(),
        };
        if named.is_empty() {
            return Err(ForgeError::Malformed);
        }
        named
            .into_iter()
            .find_map(|cloud_id| {
                let url = site::api_base_url(&self.app.api_base_url, cloud_id, settings).ok()?;
                Some((cloud_id.clone(), url))
            })
            .ok_or(ForgeError::Site)
    }
}
