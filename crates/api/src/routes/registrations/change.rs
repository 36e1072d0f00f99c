use actix_web::{patch, web};
use postroom_azure_oauth::AppRegistration;
use postroom_registry::{
    RegistrationId,
    audit::{self, Action, SubjectKind},
    registration::{self, Change, NewCredential},
};
use serde::Deserialize;
use utoipa::ToSchema;
use uuid::Uuid;

use super::{
    check::tried,
    credential::GivenCredential,
    view::{Registration, view},
};
use crate::{
    Api, Problem,
    doors::Administrator,
    problem::ErrorBody,
    routes::{name, trail::did},
};

/// What to change of an app registration. Application and cloud stay: the sign-ins that were made with them would be
/// of no use with others.
#[derive(Debug, Deserialize, ToSchema)]
pub(crate) struct ChangeRegistration {
    /// Another name.
    name: Option<String>,
    #[serde(flatten)]
    credential: GivenCredential,
}

/// Gives an app registration another name, or a new credential. The connections that use it go on with it.
#[utoipa::path(
    tag = "registrations",
    params(("id" = Uuid, Path)),
    request_body = ChangeRegistration,
    responses((status = OK, body = Registration), (status = "default", body = ErrorBody))
)]
#[patch("/registrations/{id}")]
pub(crate) async fn change_registration(
    api: web::Data<Api>,
    caller: Administrator,
    id: web::Path<Uuid>,
    given: web::Json<ChangeRegistration>,
) -> Result<web::Json<Registration>, Problem> {
    let id = RegistrationId(*id);
    let tx = api.registry.begin(caller.tenant).await?;
    let row = registration::find(&tx, id).await?;
    tx.commit().await?;
    let new_name = given.name.as_deref().map(name).transpose()?;
    let credential = match given.credential.check(api.clock().now())? {
        None => None,
        Some(checked) => {
            let microsoft = api.registrations.brought(AppRegistration {
                client_id: row.client_id.clone(),
                credential: checked.used,
                directory: row.directory_id.clone(),
                cloud: row.cloud,
                secret_expires_at: checked.expires_at,
            });
            Some(NewCredential {
                credential: checked.kept,
                thumbprint: checked.thumbprint,
                expires_at: checked.expires_at,
                state_detail: tried(&microsoft).await?,
            })
        }
    };
    let renewed = credential.is_some();
    let tx = api.registry.begin(caller.tenant).await?;
    let row = registration::find(&tx, id).await?;
    let (was_called, was) = (row.name.clone(), row.credential_kind);
    let change = Change {
        name: new_name,
        credential,
    };
    let row = registration::change(&tx, row, change).await?;
    let mut entry = did(&caller, Action::RegistrationChanged).on(
        SubjectKind::Registration,
        &row.id,
        Some(&row.name),
    );
    if was_called != row.name {
        entry = entry.changed("name", Some(&was_called), Some(&row.name));
    }
    if renewed {
        let is = row.credential_kind.word();
        entry = entry.changed("credential", Some(was.word()), Some(is));
    }
    audit::record(&tx, &entry).await?;
    let seen = view(&tx, row).await?;
    tx.commit().await?;
    Ok(web::Json(seen))
}
