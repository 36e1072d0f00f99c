//! Who calls the REST API.

use std::{
    collections::BTreeSet,
    future::{Ready, ready},
};

use actix_web::{
    FromRequest, HttpMessage as _, HttpRequest, dev::Payload, http::header::AUTHORIZATION,
};

use base64::{Engine as _, engine::general_purpose::STANDARD};

use crate::jira::{error::JiraError, jwt, jwt::Claims, lifecycle::scope::Scope, qsh, site::Site};

/// The cookie that names the current user of a browser by account id.
pub(crate) const SESSION_COOKIE: &str = "sim_user";

/// Seconds by which the two clocks may differ.
const LEEWAY: i64 = 10;

/// Who calls.
#[derive(Clone, Debug)]
pub(crate) enum Caller {
    /// The installed app, with the scopes of its descriptor.
    App {
        key: String,
        account_id: String,
        scopes: BTreeSet<Scope>,
    },
    /// A person's browser, or a page of the app through the bridge.
    User { account_id: String, admin: bool },
    /// Nobody: no credentials, or `Bearer` with something that is no OAuth token.
    Anonymous,
}

impl Caller {
    /// Reads the credentials of a request. A `JWT` that does not hold is refused; `Bearer` counts as nobody,
    /// which is what an app gets that takes the wrong scheme.
    pub(super) fn of(site: &Site, request: &HttpRequest) -> Result<Self, JiraError> {
        let header = request.headers().get(AUTHORIZATION);
        let Some(header) = header.and_then(|value| value.to_str().ok()) else {
            return Ok(Self::of_session(site, request));
        };
        match header.split_once(' ') {
            Some((scheme, token)) if scheme.eq_ignore_ascii_case("jwt") => {
                Self::of_token(site, request, token.trim()).ok_or_else(JiraError::bad_token)
            }
            Some((scheme, _)) if scheme.eq_ignore_ascii_case("bearer") => Ok(Self::Anonymous),
            Some((scheme, pair)) if scheme.eq_ignore_ascii_case("basic") => {
                Self::of_basic(site, pair.trim()).ok_or_else(JiraError::anonymous)
            }
            _ => Err(JiraError::bad_token()),
        }
    }

    fn of_session(site: &Site, request: &HttpRequest) -> Self {
        let cookie = request.cookie(SESSION_COOKIE);
        let state = site.state();
        cookie
            .and_then(|cookie| state.user(cookie.value()).cloned())
            .filter(|user| user.account_type != "app")
            .map_or(Self::Anonymous, |user| Self::User {
                account_id: user.account_id,
                admin: user.admin,
            })
    }

    /// A person's script: his address with an API token, which can be any here.
    fn of_basic(site: &Site, pair: &str) -> Option<Self> {
        let pair = String::from_utf8(STANDARD.decode(pair).ok()?).ok()?;
        let (address, token) = pair.split_once(':')?;
        let state = site.state();
        let mut people = state.users.iter().filter(|user| user.account_type != "app");
        let user = people.find(|user| user.active && user.email_address == address)?;
        (!token.is_empty()).then(|| Self::User {
            account_id: user.account_id.clone(),
            admin: user.admin,
        })
    }

    fn of_token(site: &Site, request: &HttpRequest, token: &str) -> Option<Self> {
        let app = site.state().app.clone().filter(|app| app.enabled)?;
        let claims = jwt::verify(token, &app.secret).ok()?;
        let uri = request.uri();
        let expected = qsh::hash(request.method().as_str(), uri.path(), uri.query());
        let holds = claims.iss == app.descriptor.key
            && claims.qsh.as_deref() == Some(expected.as_str())
            && claims.is_for(&site.client_key())
            && in_time(&claims, site.clock.now().timestamp());
        holds.then(|| Self::App {
            key: app.descriptor.key.clone(),
            account_id: app.account_id,
            scopes: app.descriptor.scopes,
        })
    }

    /// The account that acts; nothing for nobody. An app without the scope is refused.
    pub(crate) fn actor(&self, scope: Scope) -> Result<Option<String>, JiraError> {
        match self {
            Self::App { scopes, .. } if !scopes.contains(&scope) => Err(JiraError::scope()),
            Self::App { account_id, .. } | Self::User { account_id, .. } => {
                Ok(Some(account_id.clone()))
            }
            Self::Anonymous => Ok(None),
        }
    }

    /// The account that acts; nobody is told to sign in.
    pub(crate) fn someone(&self, scope: Scope) -> Result<String, JiraError> {
        self.actor(scope)?.ok_or_else(JiraError::anonymous)
    }

    /// The account that acts on an issue; for nobody the issue does not exist.
    pub(crate) fn on_issue(&self, scope: Scope) -> Result<String, JiraError> {
        self.actor(scope)?.ok_or_else(JiraError::no_issue)
    }

    /// Whether it may do what needs a site administrator.
    pub(crate) fn is_admin(&self) -> bool {
        match self {
            Self::App { scopes, .. } => scopes.contains(&Scope::Admin),
            Self::User { admin, .. } => *admin,
            Self::Anonymous => false,
        }
    }
}

fn in_time(claims: &Claims, now: i64) -> bool {
    claims.exp + LEEWAY > now && claims.iat - LEEWAY <= now
}

impl FromRequest for Caller {
    type Error = JiraError;
    type Future = Ready<Result<Self, JiraError>>;

    fn from_request(request: &HttpRequest, _: &mut Payload) -> Self::Future {
        let caller = request.extensions().get::<Self>().cloned();
        ready(caller.ok_or_else(JiraError::bad_token))
    }
}
