use actix_web::{get, web};
use postroom_registry::{RegistryError, TenantTx, registration};
use serde::Serialize;
use utoipa::ToSchema;

use super::view::{Registration, view};
use crate::{Api, Problem, doors::Administrator, problem::ErrorBody};

/// App registrations, in the order of their making.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Registrations {
    items: Vec<Registration>,
}

/// The app registrations that the site brought.
#[utoipa::path(
    tag = "registrations",
    responses((status = OK, body = Registrations), (status = "default", body = ErrorBody))
)]
#[get("/registrations")]
pub(crate) async fn list_registrations(
    api: web::Data<Api>,
    caller: Administrator,
) -> Result<web::Json<Registrations>, Problem> {
    let tx = api.registry.begin(caller.tenant).await?;
    let items = all(&tx).await?;
    tx.commit().await?;
    Ok(web::Json(Registrations { items }))
}

/// All of them, as the panel sees them.
///
/// # Errors
/// When the database does not answer.
pub(crate) async fn all(tx: &TenantTx) -> Result<Vec<Registration>, RegistryError> {
    let mut items = Vec::new();
    for row in registration::list(tx).await? {
        items.push(view(tx, row).await?);
    }
    Ok(items)
}
