use actix_web::{post, web};
use postroom_registry::{MailId, mail};
use uuid::Uuid;

use super::detail::{MailDetail, detail};
use crate::{Api, Problem, doors::Administrator, problem::ErrorBody};

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
    let tx = api.registry.begin(caller.tenant).await?;
    mail::find(&tx, id).await?;
    if !mail::retry_now(&tx, id).await? {
        return Err(Problem::conflict(
            "This mail is done; there is nothing to try again.",
        ));
    }
    let seen = detail(&tx, &caller.site, id).await?;
    tx.commit().await?;
    api.ring_process(caller.tenant, &[id]).await;
    Ok(web::Json(seen))
}
