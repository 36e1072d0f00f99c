//! `GET /rest/api/3/user/bulk?accountId=…&accountId=…`: several users, a page at a time.

use actix_web::{HttpRequest, HttpResponse};
use serde_json::json;

use super::request::Params;
use crate::jira::{
    error::JiraError,
    gate::{Caller, Cost, TheSite},
    lifecycle::scope::Scope,
    model::people::User,
};

/// Users of a page where the request names no number, and the most of one.
const PAGE: usize = 10;
const LARGEST_PAGE: usize = 200;

pub(super) async fn handle(
    site: TheSite,
    caller: Caller,
    request: HttpRequest,
) -> Result<HttpResponse, JiraError> {
    caller.someone(Scope::Read)?;
    let params = Params::of(&request);
    let wanted = params.all("accountId");
    if wanted.is_empty() {
        return Err(JiraError::bad("accountId is required."));
    }
    let start_at = params.number("startAt", 0)?;
    let most = params.number("maxResults", PAGE)?.min(LARGEST_PAGE);
    let base = site.base_url();
    let state = site.state();
    // Accounts that do not exist are left out without a word.
    let found = state
        .users
        .iter()
        .filter(|user| wanted.contains(&user.account_id));
    let found: Vec<&User> = found.collect();
    let page: Vec<_> = found
        .iter()
        .skip(start_at)
        .take(most)
        .map(|user| user.view(&base))
        .collect();
    let cost = Cost(2 * u64::try_from(page.len()).unwrap_or_default());
    let mut answer = HttpResponse::Ok().json(json!({
        "self": format!("{base}{}", request.uri()),
        "maxResults": most,
        "startAt": start_at,
        "total": found.len(),
        "isLast": start_at + page.len() >= found.len(),
        "values": page,
    }));
    answer.extensions_mut().insert(cost);
    Ok(answer)
}
