use actix_web::{HttpResponse, web};

use crate::{Api, Problem, doors::ForgeEvent};

/// An hour has passed. The door has kept the new system token; without it our work in Jira would stop.
pub(crate) async fn tick(api: web::Data<Api>, told: ForgeEvent) -> Result<HttpResponse, Problem> {
    if told.app_account_id.is_none() {
        api.learn_app_account_soon(told.tenant).await;
    }
    Ok(HttpResponse::NoContent().finish())
}
