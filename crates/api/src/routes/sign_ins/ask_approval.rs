use actix_web::{post, web};
use postroom_registry::{
    SignInId,
    audit::{self, Action, SubjectKind},
    sign_in::{self, SignInState},
};
use uuid::Uuid;

use super::{
    links, own,
    view::{SignIn, view},
};
use crate::{Api, Problem, doors::Administrator, problem::ErrorBody, routes::trail::did};

/// Makes the link for the administrator of the directory. The sign-in then waits up to 30 days, and goes on by itself.
#[utoipa::path(
    tag = "sign-ins",
    params(("id" = Uuid, Path)),
    responses((status = OK, body = SignIn), (status = "default", body = ErrorBody))
)]
#[post("/sign-ins/{id}/ask-approval")]
pub(crate) async fn ask_for_approval(
    api: web::Data<Api>,
    caller: Administrator,
    id: web::Path<Uuid>,
) -> Result<web::Json<SignIn>, Problem> {
    let tx = api.registry.begin(caller.tenant).await?;
    let row = own(&caller, sign_in::lock(&tx, SignInId(*id)).await?)?;
    let waits = matches!(
        row.state,
        SignInState::Started | SignInState::WaitingForApproval
    );
    if !waits || row.is_expired(api.clock().now()) {
        let problem = Problem::conflict("This sign-in does not wait for an approval.");
        return Err(problem.act("Begin it again."));
    }
    let row = if row.state == SignInState::WaitingForApproval {
        row
    } else {
        let entry = did(&caller, Action::ApprovalAsked);
        let entry = entry.on(SubjectKind::SignIn, &row.id, row.mailbox.as_deref());
        audit::record(&tx, &entry).await?;
        let token = links::approval_token(&row.ticket);
        sign_in::ask_approval(&tx, row, &token).await?
    };
    let seen = view(&api, &tx, row).await?;
    tx.commit().await?;
    Ok(web::Json(seen))
}
