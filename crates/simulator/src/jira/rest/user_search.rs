//! `GET /rest/api/3/user/search`

use actix_web::{HttpRequest, HttpResponse};
use serde_json::Value;

use super::request::Params;
use crate::jira::{
    error::JiraError,
    gate::{Caller, Cost, TheSite},
    lifecycle::scope::Scope,
    model::people::User,
};

/// Only the first thousand users are searched.
const MOST: usize = 1_000;

pub(super) async fn handle(
    site: TheSite,
    caller: Caller,
    request: HttpRequest,
) -> Result<HttpResponse, JiraError> {
    caller.someone(Scope::Read)?;
    let params = Params::of(&request);
    let (query, account) = (params.get("query"), params.get("accountId"));
    if query.is_none() && account.is_none() && params.get("property").is_none() {
        return Err(JiraError::bad(
            "The username query parameter was not provided",
        ));
    }
    let start = params.number("startAt", 0)?;
    let most = params.number("maxResults", 50)?;
    let state = site.state();
    let users: Vec<Value> = state
        .users
        .iter()
        .take(MOST)
        .filter(|user| account.is_none_or(|id| user.account_id == id))
        .filter(|user| query.is_none_or(|query| matches(user, query)))
        .skip(start)
        .take(most)
        .map(|user| user.view(&site.base_url()))
        .collect();
    let cost = Cost(2 * u64::try_from(users.len()).unwrap_or(u64::MAX));
    let mut answer = HttpResponse::Ok().json(users);
    answer.extensions_mut().insert(cost);
    Ok(answer)
}

/// The beginning of a word of the name, or of the address if the profile shows it.
fn matches(user: &User, query: &str) -> bool {
    let query = query.to_lowercase();
    let name = user.display_name.to_lowercase();
    let address = user.email_address.to_lowercase();
    name.starts_with(&query)
        || name.split(' ').any(|word| word.starts_with(&query))
        || user.email_visible && address.starts_with(&query)
}
