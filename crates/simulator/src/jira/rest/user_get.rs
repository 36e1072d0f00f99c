//! `GET /rest/api/3/user`

use actix_web::{HttpRequest, HttpResponse, http::StatusCode};
use serde_json::json;

use super::request::Params;
use crate::jira::{
    error::JiraError,
    gate::{Caller, Cost, TheSite},
    lifecycle::scope::Scope,
    model::people::User,
};

pub(super) async fn handle(
    site: TheSite,
    caller: Caller,
    request: HttpRequest,
) -> Result<HttpResponse, JiraError> {
    caller.someone(Scope::Read)?;
    let params = Params::of(&request);
    let account_id = params.get("accountId").unwrap_or_default();
    let state = site.state();
    let user = state.user(account_id).ok_or_else(|| no_user(account_id))?;
    let mut answer = HttpResponse::Ok().json(view(&site.base_url(), user, &params));
    answer.extensions_mut().insert(Cost(2));
    Ok(answer)
}

pub(super) fn no_user(account_id: &str) -> JiraError {
    JiraError::message(
        StatusCode::NOT_FOUND,
        &format!(
            "Specified user does not exist or you do not have required permissions: {account_id}"
        ),
    )
}

/// The user with the groups and roles that `expand` asks for; without, only their number is told.
pub(super) fn view(base_url: &str, user: &User, params: &Params) -> serde_json::Value {
    let groups = user.groups();
    let mut view = user.view(base_url);
    view["locale"] = "en_US".into();
    view["expand"] = "groups,applicationRoles".into();
    view["applicationRoles"] = json!({"size": 1, "items": []});
    let items: Vec<_> = groups
        .iter()
        .filter(|_| params.lists("expand", "groups"))
        .map(|name| {
            let id = crate::jira::model::fixed_uuid(&["group", name]).to_string();
            json!({"name": name, "groupId": id, "self": format!("{base_url}/rest/api/3/group?groupId={id}")})
        })
        .collect();
    view["groups"] = json!({"size": groups.len(), "items": items});
    view
}
