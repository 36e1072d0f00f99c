//! How long Jira asks to wait: *Rate limiting* (Atlassian) and RFC 9110 section 10.2.3.

use std::time::Duration;

use chrono::{DateTime, Utc};
use reqwest::header::{HeaderMap, RETRY_AFTER};

use crate::jira::Quota;

/// Jira's points are counted by the hour: nobody has to wait longer, whatever a header says.
const LONGEST: Duration = Duration::from_secs(3600);

pub(super) fn is_named(headers: &HeaderMap) -> bool {
    headers.contains_key(RETRY_AFTER)
}

pub(super) fn asked(headers: &HeaderMap, now: DateTime<Utc>) -> Option<Duration> {
    let header = |name: &str| headers.get(name).and_then(|value| value.to_str().ok());
    let until = |at: DateTime<Utc>| (at - now).to_std().unwrap_or_default();
    let retry_after = header("retry-after").and_then(|text| match text.trim().parse::<u64>() {
        Ok(seconds) => Some(Duration::from_secs(seconds)),
        Err(_) => DateTime::parse_from_rfc2822(text)
            .ok()
            .map(|at| until(at.to_utc())),
    });
    let reset = || {
        let text = header("x-ratelimit-reset")?;
        DateTime::parse_from_rfc3339(text)
            .or_else(|_| DateTime::parse_from_str(text, "%Y-%m-%dT%H:%M%#z"))
            .ok()
            .map(|at| until(at.to_utc()))
    };
    retry_after.or_else(reset).map(|wait| wait.min(LONGEST))
}

pub(super) fn quota(headers: &HeaderMap) -> Quota {
    match headers
        .get("ratelimit-reason")
        .and_then(|value| value.to_str().ok())
    {
        Some("jira-quota-global-based") => Quota::App,
        Some("jira-quota-tenant-based") => Quota::Site,
        Some("jira-burst-based") => Quota::Burst,
        Some("jira-per-issue-on-write") => Quota::Issue,
        _ => Quota::Unknown,
    }
}

#[cfg(test)]
mod tests {
    use reqwest::header::{HeaderName, HeaderValue};

    use super::*;
    use crate::testing::now;

    fn asked_by(name: &'static str, value: &'static str) -> Option<u64> {
        let mut headers = HeaderMap::new();
        headers.insert(
            HeaderName::from_static(name),
            HeaderValue::from_static(value),
        );
        asked(&headers, now()).map(|wait| wait.as_secs())
    }

    #[test]
    fn seconds_dates_and_resets_are_read() {
        assert_eq!(asked_by("retry-after", "17"), Some(17));
        assert_eq!(
            asked_by("retry-after", "Tue, 24 Nov 2026 08:01:00 GMT"),
            Some(60)
        );
        assert_eq!(
            asked_by("retry-after", "Tue, 24 Nov 2026 07:00:00 GMT"),
            Some(0)
        );
        assert_eq!(
            asked_by("x-ratelimit-reset", "2026-11-24T08:30:00Z"),
            Some(1800)
        );
        assert_eq!(
            asked_by("x-ratelimit-reset", "2026-11-24T08:30Z"),
            Some(1800)
        );
        assert_eq!(asked_by("retry-after", "99999999999"), Some(3600));
        assert_eq!(asked_by("retry-after", "soon"), None);
    }
}
