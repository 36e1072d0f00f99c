//! `GET /rest/api/3/attachment/{id}`

use actix_web::{HttpResponse, web};
use serde_json::Value;

use crate::jira::{
    error::JiraError,
    gate::{Caller, Cost, TheSite},
    lifecycle::scope::Scope,
    views,
};

pub(super) async fn handle(
    site: TheSite,
    caller: Caller,
    id: web::Path<String>,
) -> Result<HttpResponse, JiraError> {
    let state = site.state();
    let found = state
        .attachment(&id)
        .filter(|_| caller.actor(Scope::Read).is_ok_and(|a| a.is_some()));
    caller.actor(Scope::Read)?;
    let (_, attachment) = found.ok_or_else(|| JiraError::no_attachment(&id))?;
    let mut view = views::attachment(&site, &state, attachment);
    // This view alone has the id as a number.
    view["id"] = Value::from(attachment.id);
    let mut answer = HttpResponse::Ok().json(view);
    answer.extensions_mut().insert(Cost(1));
    Ok(answer)
}
