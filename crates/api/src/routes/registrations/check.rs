use actix_web::{post, web};
use postroom_azure_oauth::{Class, Microsoft, OAuthError};
use postroom_registry::{
    RegistrationId,
    audit::{self, Action, SubjectKind},
    connection::StateDetail,
    registration,
};
use uuid::Uuid;

use super::view::{Registration, view};
use crate::{
    Api, Problem,
    doors::Administrator,
    problem::ErrorBody,
    routes::{sign_ins::microsoft_of, trail::did},
};

/// Asks Microsoft whether it accepts an app registration.
#[utoipa::path(
    tag = "registrations",
    params(("id" = Uuid, Path)),
    responses((status = OK, body = Registration), (status = "default", body = ErrorBody))
)]
#[post("/registrations/{id}/check")]
pub(crate) async fn check_registration(
    api: web::Data<Api>,
    caller: Administrator,
    id: web::Path<Uuid>,
) -> Result<web::Json<Registration>, Problem> {
    let id = RegistrationId(*id);
    let tx = api.registry.begin(caller.tenant).await?;
    let row = registration::find(&tx, id).await?;
    let microsoft = microsoft_of(&api, &tx, Some(row.id)).await?;
    tx.commit().await?;
    let detail = tried(&microsoft).await?;
    let tx = api.registry.begin(caller.tenant).await?;
    let row = registration::find(&tx, id).await?;
    let was = row.state_detail.error_code.clone();
    let row = registration::set_state(&tx, row, detail).await?;
    let entry = did(&caller, Action::RegistrationChanged)
        .on(SubjectKind::Registration, &row.id, Some(&row.name))
        .changed(
            "refused_with",
            was.as_deref(),
            row.state_detail.error_code.as_deref(),
        );
    audit::record(&tx, &entry).await?;
    let seen = view(&tx, row).await?;
    tx.commit().await?;
    Ok(web::Json(seen))
}

/// What Microsoft says of a registration: nothing, when it accepts it.
///
/// # Errors
/// `microsoft_unavailable` when it does not answer.
pub(super) async fn tried(microsoft: &Microsoft) -> Result<StateDetail, Problem> {
    match microsoft.check().await {
        Ok(()) => Ok(StateDetail::default()),
        Err(error) => refused(error),
    }
}

fn refused(error: OAuthError) -> Result<StateDetail, Problem> {
    let diagnosis = error.diagnosis();
    if diagnosis.class == Class::Nobody {
        let problem = Problem::microsoft_unavailable("a registration could not be tried");
        return Err(problem.because(error));
    }
    Ok(StateDetail {
        error_code: Some(diagnosis.code),
        meaning: Some(diagnosis.meaning),
        way_out: Some(diagnosis.way_out),
        ..StateDetail::default()
    })
}
