use actix_web::{HttpResponse, post, web};
use postroom_registry::audit::Actor;

use crate::{Api, Problem, doors::Administrator, problem::ErrorBody};

/// Moves what the Connect app of this site has, or an installation that is gone, to this installation: its connections,
/// rules and ledger. The Connect app may be removed afterwards.
#[utoipa::path(
    tag = "move",
    responses((status = NO_CONTENT), (status = "default", body = ErrorBody))
)]
#[post("/move")]
pub(crate) async fn move_to_forge(
    api: web::Data<Api>,
    caller: Administrator,
) -> Result<HttpResponse, Problem> {
    let connect = api
        .registry
        .movable(caller.tenant)
        .await?
        .ok_or_else(Problem::not_found)?;
    let by = Actor::Account(caller.account_id.clone());
    api.registry
        .move_to_forge(caller.tenant, connect, by)
        .await?;
    api.forget(caller.tenant).await;
    api.forget(connect).await;
    tracing::info!(tenant = %connect, from = %caller.tenant, "a site moved to Forge");
    Ok(HttpResponse::NoContent().finish())
}
