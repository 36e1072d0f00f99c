//! `POST /jira/{site}/issues/{issue}/comments`: a person comments, the webhook follows.

use actix_web::{HttpResponse, web};
use serde::Deserialize;
use serde_json::{Value, json};

use super::find;
use crate::{
    control::ControlError,
    jira::{adf, comments},
    world::World,
};

#[derive(Debug, Deserialize)]
pub(super) struct Wanted {
    account_id: String,
    /// An Atlassian document.
    body: Option<Value>,
    /// Plain text, in place of `body`.
    text: Option<String>,
    /// `[{"key": …, "value": …}]`
    #[serde(default)]
    properties: Value,
}

pub(super) async fn handle(
    world: web::Data<World>,
    path: web::Path<(String, String)>,
    wanted: web::Json<Wanted>,
) -> Result<HttpResponse, ControlError> {
    let (site, issue) = path.into_inner();
    let site = find(&world, &site)?;
    let account_id = &wanted.account_id;
    if site.state().user(account_id).is_none() {
        return Err(ControlError::NotFound(format!(
            "there is no user {account_id:?} here"
        )));
    }
    let body = match (&wanted.body, &wanted.text) {
        (Some(body), None) => body.clone(),
        (None, Some(text)) => adf::from_text(text),
        _ => return Err(ControlError::Invalid("give either body or text".into())),
    };
    let request = json!({"body": body, "properties": wanted.properties});
    let (issue, comment) = comments::add(&site, account_id, &issue, &request)
        .map_err(|refusal| ControlError::Invalid(refusal.sentence()))?;
    Ok(HttpResponse::Created().json(json!({"id": comment.id.to_string(), "issue_key": issue.key})))
}
