//! `GET /rest/api/3/user/email`: the address whatever the profile shows, for apps with the scope for it.

use actix_web::{HttpRequest, HttpResponse};
use serde_json::json;

use super::{request::Params, user_get::no_user};
use crate::jira::{
    error::JiraError,
    gate::{Caller, TheSite},
    lifecycle::scope::Scope,
};

pub(super) async fn handle(
    site: TheSite,
    caller: Caller,
    request: HttpRequest,
) -> Result<HttpResponse, JiraError> {
    caller.someone(Scope::AccessEmailAddresses)?;
    let params = Params::of(&request);
    let account_id = params.get("accountId").unwrap_or_default();
    let state = site.state();
    let user = state.user(account_id).ok_or_else(|| no_user(account_id))?;
    Ok(HttpResponse::Ok().json(json!({
        "accountId": user.account_id,
        "email": user.email_address,
    })))
}
