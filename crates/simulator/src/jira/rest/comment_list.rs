//! `GET /rest/api/3/issue/{issue}/comment`

use actix_web::{HttpRequest, HttpResponse, web};
use serde_json::{Value, json};

use super::request::Params;
use crate::jira::{
    error::JiraError,
    gate::{Caller, Cost, TheSite},
    lifecycle::scope::Scope,
    views,
};

/// The largest page.
const MOST: usize = 5_000;

pub(super) async fn handle(
    site: TheSite,
    caller: Caller,
    issue: web::Path<String>,
    request: HttpRequest,
) -> Result<HttpResponse, JiraError> {
    caller.on_issue(Scope::Read)?;
    let params = Params::of(&request);
    let start = params.number("startAt", 0)?;
    let most = params.number("maxResults", MOST)?.min(MOST);
    let properties = params.lists("expand", "properties");
    let state = site.state();
    let issue = state.issue(&issue).ok_or_else(JiraError::no_issue)?;
    let mut comments: Vec<_> = issue.comments.iter().collect();
    match params.get("orderBy") {
        None | Some("created" | "+created") => {}
        Some("-created") => comments.reverse(),
        Some(_) => {
            return Err(JiraError::bad(
                "orderBy must be created, +created or -created.",
            ));
        }
    }
    let page: Vec<Value> = comments
        .iter()
        .skip(start)
        .take(most)
        .map(|comment| views::comment(&site, &state, issue, comment, properties))
        .collect();
    let cost = Cost(page.len().try_into().unwrap_or(u64::MAX));
    let mut answer = HttpResponse::Ok().json(json!({
        "startAt": start,
        "maxResults": most,
        "total": comments.len(),
        "comments": page,
    }));
    answer.extensions_mut().insert(cost);
    Ok(answer)
}
