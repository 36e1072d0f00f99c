//! One fault: which requests it meets, how often, and what it does to them.

use std::collections::BTreeMap;

use chrono::{DateTime, TimeDelta, Utc};
use serde::{Deserialize, Serialize};
use serde_json::Value;

/// A fault as the control API takes it.
#[derive(Clone, Debug, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Fault {
    /// `login`, `graph`, `ews`, `jira` or `atlassian`; any when absent.
    #[serde(default)]
    pub(crate) host: Option<String>,
    /// Jira site; any when absent.
    #[serde(default)]
    pub(crate) site: Option<String>,
    /// Part of the path with query, or of EWS the name of the operation; all when empty.
    #[serde(default, rename = "match")]
    pub(crate) part: String,
    #[serde(default)]
    pub(crate) method: Option<String>,
    #[serde(default)]
    pub(crate) status: Option<u16>,
    /// JSON to answer; a string is sent as it is.
    #[serde(default)]
    pub(crate) body: Option<Value>,
    #[serde(default)]
    pub(crate) headers: BTreeMap<String, String>,
    /// How many requests it meets.
    #[serde(default = "once")]
    pub(crate) times: u32,
    /// Close the socket without an answer, the work not done.
    #[serde(default)]
    pub(crate) drop: bool,
    /// Do the work, then close the socket; with `status`, then answer that instead of the truth.
    #[serde(default)]
    pub(crate) after_commit: bool,
    /// AADSTS number for the login host.
    #[serde(default)]
    pub(crate) code: Option<u32>,
    /// Response code for EWS: in the operation's own answer, or with status 500 in a SOAP fault. For Graph its
    /// error code, with the status that it has.
    #[serde(default)]
    pub(crate) response_code: Option<String>,
    /// `BackOffMilliseconds` that comes with the response code.
    #[serde(default)]
    pub(crate) back_off_ms: Option<u64>,
    /// Response code inside of the response code (ErrorServerBusy in ErrorInternalServerError).
    #[serde(default)]
    pub(crate) inner_code: Option<String>,
    /// Wait so long first; alone, it only slows the request down.
    #[serde(default)]
    pub(crate) delay_ms: u64,
    /// Take the request and answer nothing useful.
    #[serde(default)]
    pub(crate) silent: Option<Silent>,
    /// Meets every request for so long by the clock of this world, however many there are.
    #[serde(default)]
    pub(crate) for_seconds: Option<i64>,
    #[serde(skip_deserializing)]
    pub(crate) until: Option<DateTime<Utc>>,
}

/// How nothing useful is answered.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, Serialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Silent {
    /// 200 without a body.
    Empty,
    /// No answer and no end, for as long as the fault stands.
    Hang,
    /// 200 with a page of nothing that leads to itself.
    EmptyPages,
}

fn once() -> u32 {
    1
}

impl Fault {
    /// Why this fault makes no sense, if so.
    pub(crate) fn problem(&self) -> Option<&'static str> {
        let does_nothing = self.status.is_none()
            && self.code.is_none()
            && self.response_code.is_none()
            && self.silent.is_none()
            && self.delay_ms == 0;
        if does_nothing && !self.drop && !self.after_commit {
            return Some(
                "say what shall happen: status, code, response_code, silent, drop, after_commit or delay_ms",
            );
        }
        let with_code = self.back_off_ms.is_some() || self.inner_code.is_some();
        if self.response_code.is_none() && with_code {
            return Some("back_off_ms and inner_code need a response_code");
        }
        if self.times == 0 {
            return Some("times must be 1 or more");
        }
        if self.for_seconds.is_some_and(|seconds| seconds < 1) {
            return Some("for_seconds must be 1 or more");
        }
        if self
            .status
            .is_some_and(|status| !(200..=599).contains(&status))
        {
            return Some("status must be between 200 and 599");
        }
        None
    }

    /// Begins at `now`.
    pub(super) fn begun(mut self, now: DateTime<Utc>) -> Self {
        self.until = self
            .for_seconds
            .map(|seconds| now + TimeDelta::seconds(seconds));
        self
    }

    /// Whether its time has passed.
    pub(super) fn is_over(&self, now: DateTime<Utc>) -> bool {
        self.until.is_some_and(|until| until <= now)
    }

    /// Whether a request is met by it.
    pub(super) fn is_for(
        &self,
        host: &str,
        site: Option<&str>,
        method: &str,
        target: &str,
    ) -> bool {
        self.host.as_deref().is_none_or(|wanted| wanted == host)
            && self
                .site
                .as_deref()
                .is_none_or(|wanted| Some(wanted) == site)
            && self
                .method
                .as_deref()
                .is_none_or(|wanted| wanted.eq_ignore_ascii_case(method))
            && target.contains(&self.part)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn fault(json: &str) -> Fault {
        serde_json::from_str(json).unwrap()
    }

    #[test]
    fn all_given_conditions_must_hold() {
        let rule =
            fault(r#"{"host": "graph", "match": "/$value", "method": "get", "status": 504}"#);
        assert!(rule.is_for("graph", None, "GET", "/v1.0/me/messages/1/$value"));
        assert!(!rule.is_for("login", None, "GET", "/v1.0/me/messages/1/$value"));
        assert!(!rule.is_for("graph", None, "PUT", "/v1.0/me/messages/1/$value"));
        assert!(!rule.is_for("graph", None, "GET", "/v1.0/me"));
    }

    #[test]
    fn a_site_keeps_other_sites_out() {
        let rule = fault(r#"{"site": "acme", "drop": true}"#);
        assert!(rule.is_for("jira", Some("acme"), "GET", "/"));
        assert!(!rule.is_for("jira", Some("globex"), "GET", "/"));
    }

    #[test]
    fn a_fault_without_effect_is_refused() {
        assert!(fault(r#"{"match": "x"}"#).problem().is_some());
        assert!(fault(r#"{"status": 99}"#).problem().is_some());
        assert!(fault(r#"{"status": 500, "times": 0}"#).problem().is_some());
        assert!(fault(r#"{"after_commit": true}"#).problem().is_none());
    }
}
