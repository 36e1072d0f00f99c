//! One call to an app's back end.

use std::time::Duration;

use bytes::Bytes;
use rand::Rng as _;
use reqwest::Method;

use super::{app::ForgeApp, invocation, invocation::Invocation};
use crate::jira::site::Site;

/// What is sent.
#[derive(Clone, Debug)]
pub(crate) struct Call {
    pub(crate) method: Method,
    /// Below the remote's base URL, with its query.
    pub(crate) path: String,
    /// Headers that the app's page asks for.
    pub(crate) headers: Vec<(String, String)>,
    pub(crate) body: Bytes,
    pub(crate) invocation: Invocation,
    pub(crate) system_token: bool,
    /// The browser of a page calls, not Forge (`requestRemote`): whatever headers the page names go out, those of Forge's
    /// tokens for Jira among them.
    pub(crate) by_browser: bool,
    pub(crate) timeout: Duration,
}

/// What the back end answered.
#[derive(Clone, Debug)]
pub(crate) struct Answer {
    pub(crate) status: u16,
    pub(crate) headers: Vec<(String, String)>,
    pub(crate) body: Bytes,
}

/// Why there is no answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Failure {
    Timeout,
    Unreachable,
}

/// Headers that no page can set: the invocation token's, and those of the connection.
const NEVER_THEIRS: [&str; 3] = ["authorization", "content-length", "host"];

/// Headers that are Forge's own, where Forge makes the call.
const FORGES: [&str; 4] = [
    "x-b3-traceid",
    "x-b3-spanid",
    "x-forge-oauth-system",
    "x-forge-oauth-user",
];

impl Call {
    /// Whether a header that the page asks for goes out.
    fn lets_pass(&self, name: &str) -> bool {
        let is = |one: &&str| one.eq_ignore_ascii_case(name);
        !NEVER_THEIRS.iter().any(is) && (self.by_browser || !FORGES.iter().any(is))
    }
}

/// Calls with an invocation token and, where the endpoint asks for it, a system token.
pub(crate) async fn call(site: &Site, app: &ForgeApp, call: Call) -> Result<Answer, Failure> {
    let unreachable = |error: &dyn std::fmt::Display| {
        tracing::warn!(%error, site = site.name, "a Forge remote was not reached");
        Failure::Unreachable
    };
    let token =
        invocation::token(site, app, &call.invocation).map_err(|error| unreachable(&error))?;
    let mut request = site
        .shared
        .http
        .request(
            call.method.clone(),
            format!("{}{}", app.remote_url, call.path),
        )
        .timeout(call.timeout)
        .header("authorization", format!("Bearer {token}"))
        .header("x-b3-traceid", random_hex::<16>())
        .header("x-b3-spanid", random_hex::<8>());
    let theirs = call.headers.iter();
    for (name, value) in theirs.filter(|(name, _)| call.lets_pass(name)) {
        request = request.header(name, value);
    }
    if !call
        .headers
        .iter()
        .any(|(name, _)| name.eq_ignore_ascii_case("content-type"))
    {
        request = request.header("content-type", "application/json");
    }
    if call.system_token {
        let token = site.shared.forge.tokens.issue(site, app);
        let token = token.map_err(|error| unreachable(&error))?;
        request = request.header("x-forge-oauth-system", token);
    }
    let failed = |error: reqwest::Error| {
        if error.is_timeout() {
            Failure::Timeout
        } else {
            unreachable(&error)
        }
    };
    let answer = request.body(call.body).send().await.map_err(failed)?;
    let status = answer.status().as_u16();
    let headers = answer.headers().iter();
    let headers = headers
        .filter_map(|(name, value)| Some((name.to_string(), value.to_str().ok()?.to_owned())))
        .collect();
    let body = answer.bytes().await.map_err(failed)?;
    Ok(Answer {
        status,
        headers,
        body,
    })
}

fn random_hex<const N: usize>() -> String {
    let mut bytes = [0u8; N];
    rand::rng().fill_bytes(&mut bytes);
    hex::encode(bytes)
}
