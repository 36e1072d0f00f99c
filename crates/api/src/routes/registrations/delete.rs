use actix_web::{HttpResponse, delete, web};
use postroom_registry::{
    RegistrationId,
    audit::{self, Action, SubjectKind},
    registration,
};
use uuid::Uuid;

use super::view::used_by;
use crate::{Api, Problem, doors::Administrator, problem::ErrorBody, routes::trail::did};

/// Deletes an app registration and forgets its credential. One that connections use stays.
#[utoipa::path(
    tag = "registrations",
    params(("id" = Uuid, Path)),
    responses((status = NO_CONTENT), (status = "default", body = ErrorBody))
)]
#[delete("/registrations/{id}")]
pub(crate) async fn delete_registration(
    api: web::Data<Api>,
    caller: Administrator,
    id: web::Path<Uuid>,
) -> Result<HttpResponse, Problem> {
    let tx = api.registry.begin(caller.tenant).await?;
    let row = registration::find(&tx, RegistrationId(*id)).await?;
    let used = used_by(&tx, &row).await?;
    if used > 0 {
        let message = match used {
            1 => "A connection uses this app registration.".to_owned(),
            used => format!("{used} connections use this app registration."),
        };
        let way_out = "Sign in anew for them with another registration, or delete them first.";
        return Err(Problem::conflict(message).act(way_out));
    }
    let entry = did(&caller, Action::RegistrationDeleted);
    let entry = entry.on(SubjectKind::Registration, &row.id, Some(&row.name));
    registration::delete(&tx, row).await?;
    audit::record(&tx, &entry).await?;
    tx.commit().await?;
    Ok(HttpResponse::NoContent().finish())
}
