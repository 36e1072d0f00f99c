//! The headers and refusals of rate limiting.

use actix_web::{
    HttpRequest, HttpResponse,
    body::BoxBody,
    http::header::{HeaderName, HeaderValue},
};
use chrono::{DateTime, SecondsFormat, TimeDelta, Utc};
use serde_json::json;

use super::rest_path;
use crate::jira::{
    points::{Burst, Standing},
    site::Site,
};

/// How many objects an answer holds; each costs a point on top of the request's own.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Cost(pub(crate) u64);

/// Lets an app's request in, or answers 429.
pub(super) fn enter(
    site: &Site,
    app: &str,
    request: &HttpRequest,
) -> Result<(), Box<HttpResponse>> {
    let now = site.clock.now();
    let settings = site.state().settings.clone();
    let limit = settings.points_limit;
    let standing = site.shared.points.charge(app, 0, now);
    if standing.used >= limit {
        return Err(too_many(
            "jira-quota-global-based",
            standing.resets,
            now,
            limit,
        ));
    }
    if settings.burst {
        let limits = Burst::of(&site.name, request.method(), rest_path(request.path()));
        if let Err(full) = site.shared.points.enter(&limits, now) {
            let resets = now + TimeDelta::seconds(1);
            let most = u64::try_from(full.most).unwrap_or(u64::MAX);
            return Err(too_many(full.reason, resets, now, most));
        }
    }
    Ok(())
}

/// Counts what the request cost and says in the answer what is left.
pub(super) fn settle(site: &Site, app: &str, response: &mut HttpResponse<BoxBody>) {
    let objects = response.extensions().get::<Cost>().map_or(0, |cost| cost.0);
    let now = site.clock.now();
    let limit = site.state().settings.points_limit;
    let standing = site.shared.points.charge(app, 1 + objects, now);
    for (name, value) in left(standing, limit, now) {
        if let Ok(value) = HeaderValue::from_str(&value) {
            response
                .headers_mut()
                .insert(HeaderName::from_static(name), value);
        }
    }
}

fn left(standing: Standing, limit: u64, now: DateTime<Utc>) -> Vec<(&'static str, String)> {
    let remaining = limit.saturating_sub(standing.used);
    let near = remaining.saturating_mul(5) < limit;
    let mut headers = vec![
        ("x-ratelimit-limit", limit.to_string()),
        ("x-ratelimit-remaining", remaining.to_string()),
        ("x-ratelimit-nearlimit", near.to_string()),
        (
            "ratelimit-policy",
            format!("\"global-app-quota\";q={limit};w=3600"),
        ),
    ];
    if near {
        let seconds = (standing.resets - now).num_seconds();
        headers.push((
            "ratelimit",
            format!("\"global-app-quota\";r={remaining};t={seconds}"),
        ));
    }
    headers
}

fn too_many(
    reason: &str,
    resets: DateTime<Utc>,
    now: DateTime<Utc>,
    limit: u64,
) -> Box<HttpResponse> {
    let seconds = (resets - now).num_seconds().max(1);
    let resets = resets.to_rfc3339_opts(SecondsFormat::Secs, true);
    let answer = HttpResponse::TooManyRequests()
        .insert_header(("retry-after", seconds.to_string()))
        .insert_header(("x-ratelimit-limit", limit.to_string()))
        .insert_header(("x-ratelimit-remaining", "0"))
        .insert_header(("x-ratelimit-reset", resets))
        .insert_header(("ratelimit-reason", reason.to_owned()))
        .json(json!({"errorMessages": ["Rate limit exceeded."], "errors": {}}));
    Box::new(answer)
}
