use actix_web::{HttpResponse, delete, web};
use postroom_registry::{
    SignInId,
    audit::{self, Action, SubjectKind},
    sign_in::{self, Asked, SignInState},
};
use uuid::Uuid;

use super::own;
use crate::{Api, Problem, doors::Administrator, problem::ErrorBody, routes::trail::did};

/// Takes a sign-in back: its links are dead from now on. One that was taken has become a connection; delete that.
#[utoipa::path(
    tag = "sign-ins",
    params(("id" = Uuid, Path)),
    responses((status = NO_CONTENT), (status = "default", body = ErrorBody))
)]
#[delete("/sign-ins/{id}")]
pub(crate) async fn revoke_sign_in(
    api: web::Data<Api>,
    caller: Administrator,
    id: web::Path<Uuid>,
) -> Result<HttpResponse, Problem> {
    let tx = api.registry.begin(caller.tenant).await?;
    let row = own(&caller, sign_in::lock(&tx, SignInId(*id)).await?)?;
    if row.state == SignInState::Connected {
        return Err(
            Problem::conflict("This sign-in is a connection now.").act("Delete the connection.")
        );
    }
    if row.revoked_at.is_none() {
        let entry = did(&caller, Action::OwnerLinkRevoked);
        let entry = entry.on(SubjectKind::SignIn, &row.id, row.mailbox.as_deref());
        let entry = entry.changed("asked", Some(asked(row.asked)), None);
        sign_in::revoke(&tx, row).await?;
        audit::record(&tx, &entry).await?;
    }
    tx.commit().await?;
    Ok(HttpResponse::NoContent().finish())
}

fn asked(asked: Asked) -> &'static str {
    asked.word()
}
