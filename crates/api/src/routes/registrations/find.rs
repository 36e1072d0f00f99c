use actix_web::{get, web};
use postroom_registry::{RegistrationId, registration};
use uuid::Uuid;

use super::view::{Registration, view};
use crate::{Api, Problem, doors::Administrator, problem::ErrorBody};

/// One app registration.
#[utoipa::path(
    tag = "registrations",
    params(("id" = Uuid, Path)),
    responses((status = OK, body = Registration), (status = "default", body = ErrorBody))
)]
#[get("/registrations/{id}")]
pub(crate) async fn get_registration(
    api: web::Data<Api>,
    caller: Administrator,
    id: web::Path<Uuid>,
) -> Result<web::Json<Registration>, Problem> {
    let tx = api.registry.begin(caller.tenant).await?;
    let row = registration::find(&tx, RegistrationId(*id)).await?;
    let seen = view(&tx, row).await?;
    tx.commit().await?;
    Ok(web::Json(seen))
}
