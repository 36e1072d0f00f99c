//! The memory of every request that a simulated host got, so that a test can count.

use std::{
    sync::{Arc, Mutex},
    time::Instant,
};

use actix_web::{
    Error,
    body::MessageBody,
    dev::{ServiceRequest, ServiceResponse},
    middleware::Next,
};
use chrono::{DateTime, Utc};
use serde::Serialize;

use crate::{
    listen::Host,
    world::{World, lock},
};

/// Requests beyond this many are forgotten, oldest first.
const KEPT: usize = 200_000;

/// One request. Headers and bodies are not kept: they carry secrets.
#[derive(Clone, Debug, Serialize)]
pub(crate) struct Entry {
    /// Order of arrival, from 1, never reused.
    pub(crate) seq: u64,
    /// `login`, `graph`, `ews`, `jira` or `atlassian`.
    pub(crate) host: &'static str,
    /// Jira site, when it is one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) site: Option<String>,
    pub(crate) method: String,
    pub(crate) path: String,
    pub(crate) query: String,
    /// Name of the operation, of EWS.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) operation: Option<String>,
    /// HTTP status of the answer; 0 while it runs and when the socket was closed without one.
    pub(crate) status: u16,
    pub(crate) at: DateTime<Utc>,
    pub(crate) duration_ms: u64,
}

/// All requests so far.
#[derive(Debug, Default)]
pub(crate) struct RequestLog {
    inner: Mutex<Inner>,
}

#[derive(Debug, Default)]
struct Inner {
    last: u64,
    entries: std::collections::VecDeque<Entry>,
}

impl RequestLog {
    fn begin(&self, mut entry: Entry) -> u64 {
        let mut inner = lock(&self.inner);
        inner.last += 1;
        entry.seq = inner.last;
        inner.entries.push_back(entry);
        if inner.entries.len() > KEPT {
            inner.entries.pop_front();
        }
        inner.last
    }

    fn end(&self, seq: u64, status: u16, duration_ms: u64) {
        let mut inner = lock(&self.inner);
        let found = inner.entries.binary_search_by_key(&seq, |entry| entry.seq);
        if let Ok(index) = found {
            inner.entries[index].status = status;
            inner.entries[index].duration_ms = duration_ms;
        }
    }

    /// Requests with a `seq` above `since`, of one host or of all.
    pub(crate) fn list(&self, host: Option<&str>, since: u64) -> Vec<Entry> {
        let inner = lock(&self.inner);
        let wanted =
            |entry: &&Entry| entry.seq > since && host.is_none_or(|host| entry.host == host);
        inner.entries.iter().filter(wanted).cloned().collect()
    }

    /// Forgets all; `seq` goes on.
    pub(crate) fn clear(&self) {
        lock(&self.inner).entries.clear();
    }
}

/// Middleware of the simulated hosts: remembers the request, then its outcome. Pages for people are not remembered.
pub(crate) async fn record(
    world: Arc<World>,
    listener: Host,
    mut request: ServiceRequest,
    next: Next<impl MessageBody + 'static>,
) -> Result<ServiceResponse<impl MessageBody>, Error> {
    let Some(host) = listener.host_of(request.path()) else {
        return next.call(request).await;
    };
    let operation = match host {
        "ews" => crate::microsoft::peek_ews(&mut request).await?,
        _ => None,
    };
    let begun = Instant::now();
    let seq = world.requests.begin(Entry {
        seq: 0,
        host,
        site: listener.site_of(request.path()).map(str::to_owned),
        method: request.method().to_string(),
        path: request.path().to_owned(),
        query: without_secrets(request.query_string()),
        operation,
        status: 0,
        at: world.clock.now(),
        duration_ms: 0,
    });
    let outcome = next.call(request).await;
    let status = match &outcome {
        Ok(response) if crate::faults::is_dropped(response) => 0,
        Ok(response) => response.status().as_u16(),
        Err(error) => error.as_response_error().status_code().as_u16(),
    };
    world.requests.end(seq, status, millis(begun));
    outcome
}

fn millis(begun: Instant) -> u64 {
    u64::try_from(begun.elapsed().as_millis()).unwrap_or(u64::MAX)
}

/// Query parameters that prove something are recorded by name alone.
fn without_secrets(query: &str) -> String {
    const SECRET: [&str; 5] = ["jwt", "client_secret", "code", "access_token", "authtoken"];
    let hide = |pair: &str| match pair.split_once('=') {
        Some((name, _)) if SECRET.contains(&name) => format!("{name}=…"),
        _ => pair.to_owned(),
    };
    query.split('&').map(hide).collect::<Vec<_>>().join("&")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn entry(host: &'static str) -> Entry {
        Entry {
            seq: 0,
            host,
            site: None,
            method: "GET".into(),
            path: "/".into(),
            query: String::new(),
            operation: None,
            status: 0,
            at: DateTime::UNIX_EPOCH,
            duration_ms: 0,
        }
    }

    #[test]
    fn seq_goes_on_after_a_clear_and_selects() {
        let log = RequestLog::default();
        log.begin(entry("login"));
        log.clear();
        let second = log.begin(entry("graph"));
        log.begin(entry("login"));
        log.end(second, 204, 7);
        assert_eq!(log.list(None, 0).len(), 2);
        assert_eq!(log.list(Some("graph"), 0)[0].status, 204);
        assert_eq!(log.list(None, second).len(), 1);
    }

    #[test]
    fn a_token_in_the_query_is_not_kept() {
        assert_eq!(
            without_secrets("a=1&jwt=abc.def&state=x"),
            "a=1&jwt=…&state=x"
        );
    }
}
