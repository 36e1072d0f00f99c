use actix_web::{post, web};
use postroom_registry::{
    MailId,
    audit::{self, Action, SubjectKind},
    mail::{self, MailState},
};
use uuid::Uuid;

use super::detail::{self, MailDetail};
use crate::{Api, Problem, doors::Administrator, problem::ErrorBody, routes::trail::did};

/// Tries a mail again. What is in Jira already is not made a second time.
#[utoipa::path(
    tag = "mails",
    params(("id" = Uuid, Path)),
    responses((status = OK, body = MailDetail), (status = "default", body = ErrorBody))
)]
#[post("/mails/{id}/retry")]
pub(crate) async fn retry_mail(
    api: web::Data<Api>,
    caller: Administrator,
    id: web::Path<Uuid>,
) -> Result<web::Json<MailDetail>, Problem> {
    let id = MailId(*id);
    let _reading = api.reading(caller.tenant).await?;
    let tx = api.registry.begin(caller.tenant).await?;
    let row = mail::find(&tx, id).await?;
    if !mail::retry_now(&tx, id).await? {
        return Err(Problem::conflict(
            "This mail is done; there is nothing to try again.",
        ));
    }
    let entry = did(&caller, Action::MailRetried)
        .on(SubjectKind::Mail, &id, None)
        .changed(
            "state",
            Some(row.state.word()),
            Some(MailState::Waiting.word()),
        );
    audit::record(&tx, &entry).await?;
    let row = mail::find(&tx, id).await?;
    let found = detail::find(&tx, row).await?;
    tx.commit().await?;
    api.ring_process(caller.tenant, &[id]).await;
    Ok(web::Json(detail::shown(found, &caller.site).await))
}
