//! Rate limits: points an hour for an app over all sites, and bursts on a site.
//!
//! Source: Atlassian's page "Rate limiting" of the Jira Cloud platform.

use std::{
    collections::{HashMap, VecDeque},
    sync::Mutex,
};

use actix_web::http::Method;
use chrono::{DateTime, DurationRound as _, TimeDelta, Utc};

use crate::world::lock;

/// What has been used.
#[derive(Debug, Default)]
pub(crate) struct Points {
    used: Mutex<Used>,
}

#[derive(Debug, Default)]
struct Used {
    by_app: HashMap<String, Hour>,
    bursts: HashMap<String, VecDeque<DateTime<Utc>>>,
}

#[derive(Clone, Copy, Debug, Default)]
struct Hour {
    ends: DateTime<Utc>,
    points: u64,
}

/// How an app stands in this hour.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Standing {
    pub(crate) used: u64,
    pub(crate) resets: DateTime<Utc>,
}

/// One limit on a burst: at most `most` in `window`.
#[derive(Clone, Debug)]
pub(crate) struct Burst {
    key: String,
    pub(crate) most: usize,
    window: TimeDelta,
    /// Jira's word for it in `RateLimit-Reason`.
    pub(crate) reason: &'static str,
}

impl Burst {
    /// The limits on a request to `path` of the site, which may be about one issue.
    pub(crate) fn of(site: &str, method: &Method, path: &str) -> Vec<Self> {
        let most = if method == Method::GET || method == Method::POST {
            100
        } else {
            50
        };
        let issue = issue_of(path);
        let endpoint = match issue {
            Some(issue) => path.replace(issue, "*"),
            None => path.to_owned(),
        };
        let mut limits = vec![Self {
            key: format!("{site} {method} {endpoint}"),
            most,
            window: TimeDelta::seconds(1),
            reason: "jira-burst-based",
        }];
        if let Some(issue) = issue.filter(|_| method != Method::GET) {
            for (most, seconds) in [(20, 2), (100, 30)] {
                limits.push(Self {
                    key: format!("{site} issue {issue} {seconds}"),
                    most,
                    window: TimeDelta::seconds(seconds),
                    reason: "jira-per-issue-on-write",
                });
            }
        }
        limits
    }
}

fn issue_of(path: &str) -> Option<&str> {
    let rest = path.strip_prefix("/rest/api/3/issue/")?;
    let issue = rest.split('/').next().unwrap_or(rest);
    (!issue.is_empty() && issue != "createmeta").then_some(issue)
}

impl Points {
    /// Counts points for an app, and says how it stands.
    pub(crate) fn charge(&self, app: &str, points: u64, now: DateTime<Utc>) -> Standing {
        let mut used = lock(&self.used);
        let hour = used.by_app.entry(app.to_owned()).or_default();
        if hour.ends <= now {
            let begin = now.duration_trunc(TimeDelta::hours(1)).unwrap_or(now);
            *hour = Hour {
                ends: begin + TimeDelta::hours(1),
                points: 0,
            };
        }
        hour.points += points;
        Standing {
            used: hour.points,
            resets: hour.ends,
        }
    }

    /// Takes a place in each burst, or names the one that is full and nothing is taken.
    pub(crate) fn enter(&self, limits: &[Burst], now: DateTime<Utc>) -> Result<(), Burst> {
        let mut used = lock(&self.used);
        for limit in limits {
            let times = used.bursts.entry(limit.key.clone()).or_default();
            while times
                .front()
                .is_some_and(|first| *first + limit.window <= now)
            {
                times.pop_front();
            }
            if times.len() >= limit.most {
                return Err(limit.clone());
            }
        }
        for limit in limits {
            used.bursts
                .entry(limit.key.clone())
                .or_default()
                .push_back(now);
        }
        if used.bursts.len() > 10_000 {
            used.bursts.retain(|_, times| {
                times
                    .back()
                    .is_some_and(|last| *last + TimeDelta::seconds(30) > now)
            });
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use chrono::TimeZone as _;

    use super::*;

    fn at(hour: u32, minute: u32) -> DateTime<Utc> {
        Utc.with_ymd_and_hms(2026, 11, 24, hour, minute, 0).unwrap()
    }

    #[test]
    fn points_start_again_at_the_full_hour() {
        let points = Points::default();
        points.charge("app", 3, at(8, 10));
        let standing = points.charge("app", 2, at(8, 59));
        assert_eq!((standing.used, standing.resets), (5, at(9, 0)));
        assert_eq!(points.charge("app", 1, at(9, 0)).used, 1);
    }

    #[test]
    fn an_issue_takes_twenty_writes_in_two_seconds() {
        let points = Points::default();
        let limits = Burst::of("acme", &Method::PUT, "/rest/api/3/issue/SUP-1/properties/p");
        for _ in 0..20 {
            points.enter(&limits, at(8, 0)).unwrap();
        }
        let full = points.enter(&limits, at(8, 0)).unwrap_err();
        assert_eq!(full.reason, "jira-per-issue-on-write");
        let other = Burst::of("acme", &Method::PUT, "/rest/api/3/issue/SUP-2/properties/p");
        points.enter(&other, at(8, 0)).unwrap();
        points.enter(&limits, at(8, 1)).unwrap();
    }
}
