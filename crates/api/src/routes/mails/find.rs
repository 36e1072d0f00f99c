use actix_web::{get, web};
use postroom_registry::MailId;
use uuid::Uuid;

use super::detail::{MailDetail, detail};
use crate::{Api, Problem, doors::Administrator, problem::ErrorBody};

/// A mail: as it came, why it became what it became, and what Jira got.
#[utoipa::path(
    tag = "mails",
    params(("id" = Uuid, Path)),
    responses((status = OK, body = MailDetail), (status = "default", body = ErrorBody))
)]
#[get("/mails/{id}")]
pub(crate) async fn get_mail(
    api: web::Data<Api>,
    caller: Administrator,
    id: web::Path<Uuid>,
) -> Result<web::Json<MailDetail>, Problem> {
    let tx = api.registry.begin(caller.tenant).await?;
    let seen = detail(&tx, &caller.site, MailId(*id)).await?;
    tx.commit().await?;
    Ok(web::Json(seen))
}
