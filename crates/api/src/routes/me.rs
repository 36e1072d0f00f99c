use actix_web::{get, web};
use serde::Serialize;
use utoipa::ToSchema;

use crate::{Api, Problem, doors::Caller, problem::ErrorBody};

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
}

/// Who uses the panel, and whether Jira lets them.
#[utoipa::path(
    tag = "me",
    responses((status = OK, body = Me), (status = "default", body = ErrorBody))
)]
#[get("/me")]
pub(crate) async fn get_me(api: web::Data<Api>, caller: Caller) -> Result<web::Json<Me>, Problem> {
    let is_admin = api.is_administrator(&caller).await?;
    Ok(web::Json(Me {
        site_url: caller.site.url().to_owned(),
        site_name: caller.site.name(),
        account_id: caller.account_id,
        is_admin,
    }))
}
