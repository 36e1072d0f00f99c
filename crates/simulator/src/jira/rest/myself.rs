//! `GET /rest/api/3/myself`

use actix_web::{HttpRequest, HttpResponse};

use super::{request::Params, user_get};
use crate::jira::{
    error::JiraError,
    gate::{Caller, Cost, TheSite},
    lifecycle::scope::Scope,
};

pub(super) async fn handle(
    site: TheSite,
    caller: Caller,
    request: HttpRequest,
) -> Result<HttpResponse, JiraError> {
    let account_id = caller.someone(Scope::Read)?;
    let state = site.state();
    let user = state.user(&account_id).ok_or_else(JiraError::anonymous)?;
    let view = user_get::view(&site.base_url(), user, &Params::of(&request));
    let mut answer = HttpResponse::Ok().json(view);
    answer.extensions_mut().insert(Cost(2));
    Ok(answer)
}
