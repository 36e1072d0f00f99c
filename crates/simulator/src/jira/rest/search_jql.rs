//! `/rest/api/3/search/jql`, the enhanced search, and `/rest/api/3/search`, which is gone.

use actix_web::{HttpRequest, HttpResponse, http::StatusCode};
use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD};
use bytes::Bytes;
use chrono::TimeDelta;
use serde_json::{Value, json};
use sha2::{Digest as _, Sha256};

use super::request::{self, Params};
use crate::jira::{
    error::JiraError,
    gate::{Caller, Cost, TheSite},
    jql::{Query, Run},
    lifecycle::scope::Scope,
    site::Site,
    views::{self, Selection, names},
};

/// Results on a page.
const USUAL: usize = 50;
/// The largest page with fields.
const MOST: usize = 100;
/// The largest page of ids alone.
const MOST_IDS: usize = 5_000;

struct Search {
    jql: String,
    wanted: Selection,
    most: usize,
    from: usize,
    reconcile: Vec<u64>,
}

pub(super) async fn posted(
    site: TheSite,
    caller: Caller,
    body: Bytes,
) -> Result<HttpResponse, JiraError> {
    let body = request::json(&body)?;
    let text = |name: &str| body[name].as_str().unwrap_or_default().to_owned();
    let ids = body["reconcileIssues"]
        .as_array()
        .cloned()
        .unwrap_or_default();
    let most = body["maxResults"]
        .as_u64()
        .and_then(|most| most.try_into().ok());
    let wanted = Selection::new(&names(&body["fields"]), &names(&body["properties"]), "id");
    let search = Search::new(text("jql"), wanted, most, &text("nextPageToken"), &ids)?;
    run(&site, &caller, &search)
}

pub(super) async fn asked(
    site: TheSite,
    caller: Caller,
    request: HttpRequest,
) -> Result<HttpResponse, JiraError> {
    let params = Params::of(&request);
    let text = |name: &str| params.get(name).unwrap_or_default().to_owned();
    let ids: Vec<Value> = params
        .all("reconcileIssues")
        .iter()
        .filter_map(|id| id.parse::<u64>().ok().map(Value::from))
        .collect();
    let wanted = Selection::new(&params.all("fields"), &params.all("properties"), "id");
    let most = params.number("maxResults", USUAL)?;
    let search = Search::new(
        text("jql"),
        wanted,
        Some(most),
        &text("nextPageToken"),
        &ids,
    )?;
    run(&site, &caller, &search)
}

pub(super) async fn gone() -> Result<HttpResponse, JiraError> {
    Err(JiraError::message(
        StatusCode::GONE,
        "The requested API has been removed. Please migrate to the /rest/api/3/search/jql API.",
    ))
}

impl Search {
    fn new(
        jql: String,
        wanted: Selection,
        most: Option<usize>,
        token: &str,
        reconcile: &[Value],
    ) -> Result<Self, JiraError> {
        let largest = if wanted.asks_fields() { MOST } else { MOST_IDS };
        if reconcile.len() > 50 {
            return Err(JiraError::bad("reconcileIssues takes 50 issues at most."));
        }
        Ok(Self {
            from: from_token(token, &jql)?,
            jql,
            wanted,
            most: most.unwrap_or(USUAL).min(largest),
            reconcile: reconcile.iter().filter_map(Value::as_u64).collect(),
        })
    }
}

fn run(site: &Site, caller: &Caller, search: &Search) -> Result<HttpResponse, JiraError> {
    let actor = caller.actor(Scope::Read)?;
    let query = Query::parse(&search.jql)?;
    let Some(account_id) = actor else {
        return Ok(HttpResponse::Ok().json(json!({"issues": [], "isLast": true})));
    };
    let state = site.state();
    let now = site.clock.now();
    let lag = i64::try_from(state.settings.index_lag_ms).unwrap_or(i64::MAX);
    let lag = TimeDelta::try_milliseconds(lag).unwrap_or_default();
    let run = Run {
        state: &state,
        now,
        indexed_until: now - lag,
        reconcile: &search.reconcile,
        account_id: &account_id,
    };
    let found = run.find(&query)?;
    let page = found.iter().skip(search.from).take(search.most);
    let issues: Vec<Value> = page
        .map(|issue| {
            if search.wanted.asks_fields() || search.wanted.asks_properties() {
                views::issue(site, &state, issue, &search.wanted)
            } else {
                json!({"id": issue.id.to_string()})
            }
        })
        .collect();
    let next = search.from + issues.len();
    let cost = Cost(issues.len().try_into().unwrap_or(u64::MAX));
    let mut answer = json!({"issues": issues, "isLast": next >= found.len()});
    if next < found.len() {
        answer["nextPageToken"] = token(next, &search.jql).into();
    }
    let mut answer = HttpResponse::Ok().json(answer);
    answer.extensions_mut().insert(cost);
    Ok(answer)
}

/// A token holds where to go on, and works for its own query alone.
fn token(from: usize, jql: &str) -> String {
    let print = hex::encode(Sha256::digest(jql));
    URL_SAFE_NO_PAD.encode(format!("{from}:{}", &print[..16]))
}

fn from_token(text: &str, jql: &str) -> Result<usize, JiraError> {
    if text.is_empty() {
        return Ok(0);
    }
    let bytes = URL_SAFE_NO_PAD.decode(text).unwrap_or_default();
    let plain = String::from_utf8_lossy(&bytes).into_owned();
    plain
        .split_once(':')
        .and_then(|(from, _)| from.parse().ok())
        .filter(|from| token(*from, jql) == text)
        .ok_or_else(|| JiraError::bad("The provided next page token is invalid or expired."))
}
