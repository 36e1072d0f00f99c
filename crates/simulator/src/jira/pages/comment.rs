//! `POST /browse/{issue}/comment`: the visitor comments in plain text.

use actix_web::{HttpResponse, http::header::LOCATION, web};
use serde::Deserialize;
use serde_json::json;

use super::{render::refused, visitor::Visitor};
use crate::jira::{adf, comments, gate::TheSite};

#[derive(Debug, Deserialize)]
pub(super) struct Form {
    text: String,
}

pub(super) async fn handle(
    site: TheSite,
    visitor: Visitor,
    issue: web::Path<String>,
    form: web::Form<Form>,
) -> HttpResponse {
    let request = json!({"body": adf::from_text(&form.text)});
    match comments::add(&site, &visitor.account_id, &issue, &request) {
        Ok((issue, comment)) => {
            let to = format!("/browse/{}#comment-{}", issue.key, comment.id);
            HttpResponse::SeeOther()
                .insert_header((LOCATION, to))
                .finish()
        }
        Err(refusal) => refused(&site, &visitor, &refusal),
    }
}
