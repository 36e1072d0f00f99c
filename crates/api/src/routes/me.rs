use actix_web::{get, web};
use serde::Serialize;
use utoipa::ToSchema;

use crate::{
    Api, Problem,
    doors::{Caller, Scope},
    problem::ErrorBody,
};

/// Who uses the panel.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Me {
    /// Atlassian's id of the account.
    account_id: String,
    /// Where people open the site.
    site_url: String,
    /// Its host.
    site_name: String,
    /// Whether the account administers Jira.
    is_admin: bool,
    /// What the account may do here.
    role: Role,
}

/// What an account may do in the panel.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Role {
    /// Everything: it administers Jira.
    Administrator,
    /// Look at what belongs to the projects that it administers.
    ProjectAdministrator,
    /// Nothing.
    None,
}

/// Who uses the panel, and whether Jira lets them.
#[utoipa::path(
    tag = "me",
    responses((status = OK, body = Me), (status = "default", body = ErrorBody))
)]
#[get("/me")]
pub(crate) async fn get_me(api: web::Data<Api>, caller: Caller) -> Result<web::Json<Me>, Problem> {
    let role = match api.scope(&caller).await? {
        Some(Scope::Site) => Role::Administrator,
        Some(Scope::Projects(_)) => Role::ProjectAdministrator,
        None => Role::None,
    };
    Ok(web::Json(Me {
        site_url: caller.site.url().to_owned(),
        site_name: caller.site.name(),
        account_id: caller.account_id,
        is_admin: role == Role::Administrator,
        role,
    }))
}
