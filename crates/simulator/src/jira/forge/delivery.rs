//! Sending what no person waits for: events, scheduled calls and farewells, again where the answer asks for it.

use std::{sync::Arc, time::Duration};

use chrono::{DateTime, TimeDelta, Utc};
use reqwest::Method;
use serde::Serialize;
use serde_json::{Value, json};

use super::{
    app::ForgeApp,
    invocation::Invocation,
    manifest::Endpoint,
    pace,
    remote::{self, Call, Failure},
};
use crate::jira::{model::settings::Envelope, site::Site};

/// Retries of a call that failed.
const RETRIES: u32 = 4;
/// Attempts that the control API can show.
const KEPT: usize = 10_000;

/// One attempt.
#[derive(Clone, Debug, Serialize)]
pub(crate) struct Delivery {
    /// The same in all attempts.
    pub(crate) id: String,
    /// `avi:…`, `scheduledTrigger` or `preUninstall`.
    pub(crate) event: String,
    pub(crate) path: String,
    pub(crate) installation_id: String,
    /// 0 for the first attempt.
    pub(crate) attempt: u32,
    /// Nothing when there was no answer.
    pub(crate) status: Option<u16>,
    /// Never sent, because it is too large.
    pub(crate) dropped: bool,
    /// Why it was not taken, in Forge's words.
    pub(crate) failure: Option<&'static str>,
    pub(crate) at: DateTime<Utc>,
    /// What was sent, to send it again.
    #[serde(skip)]
    pub(crate) outgoing: Outgoing,
}

/// Something to send.
#[derive(Clone, Debug)]
pub(crate) struct Outgoing {
    pub(crate) id: String,
    pub(crate) event: String,
    pub(crate) app: ForgeApp,
    pub(crate) endpoint: Endpoint,
    pub(crate) body: Value,
    /// Product events have a largest size.
    pub(crate) is_product_event: bool,
}

/// Sends it; on failure it is sent again in the background. The first answer's status.
pub(crate) async fn deliver(site: &Arc<Site>, outgoing: Outgoing) -> Option<u16> {
    let limit = site.state().settings.forge_event_limit;
    if outgoing.is_product_event && outgoing.body.to_string().len() > limit {
        let dropped = record(site, &outgoing, 0, None, None, true);
        keep(site, dropped);
        return None;
    }
    let (status, failure) = once(site, &outgoing, 0, None).await;
    if let Some(failure) = failure {
        tokio::spawn(again(Arc::clone(site), outgoing, failure));
    }
    status
}

async fn again(site: Arc<Site>, outgoing: Outgoing, mut failure: &'static str) {
    for attempt in 1..=RETRIES {
        let gap = site.state().settings.forge_retry_ms;
        let due = site.clock.now() + TimeDelta::milliseconds(gap);
        pace::until(&site.clock, due).await;
        if !is_installed(&site, &outgoing) {
            return;
        }
        match once(&site, &outgoing, attempt, Some(failure)).await {
            (_, Some(next)) => failure = next,
            (_, None) => return,
        }
    }
}

fn is_installed(site: &Site, outgoing: &Outgoing) -> bool {
    let state = site.state();
    let installed = state.forge.as_ref().map(|app| &app.installation_id);
    installed == Some(&outgoing.app.installation_id)
}

/// One attempt: the status, and why it does not count as taken.
async fn once(
    site: &Site,
    outgoing: &Outgoing,
    attempt: u32,
    reason: Option<&str>,
) -> (Option<u16>, Option<&'static str>) {
    let (envelope, timeout) = {
        let state = site.state();
        (
            state.settings.forge_envelope,
            state.settings.forge_timeout_ms,
        )
    };
    let call = Call {
        method: Method::POST,
        path: outgoing.endpoint.path.clone(),
        headers: Vec::new(),
        body: body(outgoing, attempt, reason, envelope).to_string().into(),
        invocation: Invocation::of_endpoint(&outgoing.endpoint.key),
        system_token: outgoing.endpoint.system_token,
        by_browser: false,
        timeout: Duration::from_millis(timeout),
    };
    let answer = remote::call(site, &outgoing.app, call).await;
    let (status, failure) = match answer {
        Ok(answer) if (200..300).contains(&answer.status) => (Some(answer.status), None),
        Ok(answer) if answer.status == 401 => (Some(401), Some("INVALID_FORGE_INVOCATION_TOKEN")),
        Ok(answer) => (Some(answer.status), Some("INVALID_REMOTE_INVOCATION_ERROR")),
        Err(Failure::Timeout) => (None, Some("TIMEOUT_ERROR")),
        Err(Failure::Unreachable) => (None, Some("INVALID_REMOTE_INVOCATION_ERROR")),
    };
    keep(
        site,
        record(site, outgoing, attempt, status, failure, false),
    );
    (status, failure)
}

/// The body, on a retry with what went before, and wrapped where the settings say so: Atlassian documents both shapes.
fn body(outgoing: &Outgoing, attempt: u32, reason: Option<&str>, envelope: Envelope) -> Value {
    let mut body = outgoing.body.clone();
    if let Some(reason) = reason {
        body["retryContext"] =
            json!({"retryCount": attempt, "retryReason": reason, "retryData": null});
    }
    match envelope {
        Envelope::Flat => body,
        Envelope::Payload => json!({ "payload": body }),
    }
}

fn record(
    site: &Site,
    outgoing: &Outgoing,
    attempt: u32,
    status: Option<u16>,
    failure: Option<&'static str>,
    dropped: bool,
) -> Delivery {
    Delivery {
        id: outgoing.id.clone(),
        event: outgoing.event.clone(),
        path: outgoing.endpoint.path.clone(),
        installation_id: outgoing.app.installation_id.clone(),
        attempt,
        status,
        dropped,
        failure,
        at: site.clock.now(),
        outgoing: outgoing.clone(),
    }
}

fn keep(site: &Site, delivery: Delivery) {
    let mut state = site.state();
    state.forge_deliveries.push(delivery);
    if state.forge_deliveries.len() > KEPT {
        state.forge_deliveries.remove(0);
    }
}

/// Keeps a call that is made once, whatever comes of it.
pub(crate) fn keep_once(site: &Site, outgoing: &Outgoing, status: Option<u16>) {
    keep(site, record(site, outgoing, 0, status, None, false));
}
