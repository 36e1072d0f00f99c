//! `/login`: choosing who looks at the site.

use actix_web::{
    HttpResponse,
    http::{StatusCode, header::LOCATION},
    web,
};
use minijinja::{Value, context};
use serde::Deserialize;

use super::{
    render::{session, show},
    visitor::Visitor,
};
use crate::jira::gate::TheSite;

#[derive(Debug, Deserialize)]
pub(super) struct Choice {
    /// Account id or address; without it, the choice is shown.
    user: Option<String>,
    /// Where to go then: a path of this site.
    back: Option<String>,
}

pub(super) async fn handle(
    site: TheSite,
    visitor: Visitor,
    choice: web::Query<Choice>,
) -> HttpResponse {
    let chosen = {
        let state = site.state();
        let mut people = state.users.iter().filter(|user| user.account_type != "app");
        let wanted = choice.user.as_deref();
        people
            .find(|user| wanted == Some(&user.account_id) || wanted == Some(&user.email_address))
            .cloned()
    };
    let Some(user) = chosen else {
        let users: Vec<Value> = people(&site, &visitor);
        let unknown = choice.user.is_some();
        let page = context! { users => users, unknown => unknown, back => choice.back.clone() };
        return show(StatusCode::OK, &site, &visitor, "login.html", page);
    };
    let back = choice
        .back
        .as_deref()
        .filter(|path| path.starts_with('/') && !path.starts_with("//"));
    HttpResponse::SeeOther()
        .cookie(session(&user.account_id))
        .insert_header((LOCATION, back.unwrap_or("/")))
        .finish()
}

fn people(site: &TheSite, visitor: &Visitor) -> Vec<Value> {
    let state = site.state();
    let people = state.users.iter().filter(|user| user.account_type != "app");
    people
        .map(|user| {
            context! {
                account_id => user.account_id.clone(),
                name => user.display_name.clone(),
                admin => user.admin,
                current => user.account_id == visitor.account_id,
            }
        })
        .collect()
}
