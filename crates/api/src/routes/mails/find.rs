use actix_web::{get, web};
use postroom_registry::MailId;
use uuid::Uuid;

use super::detail::{self, MailDetail};
use crate::{Api, Problem, doors::Viewer, problem::ErrorBody, routes::in_scope};

/// A mail: as it came, why it became what it became, and what Jira got.
#[utoipa::path(
    tag = "mails",
    params(("id" = Uuid, Path)),
    responses((status = OK, body = MailDetail), (status = "default", body = ErrorBody))
)]
#[get("/mails/{id}")]
pub(crate) async fn get_mail(
    api: web::Data<Api>,
    viewer: Viewer,
    id: web::Path<Uuid>,
) -> Result<web::Json<MailDetail>, Problem> {
    let _reading = api.reading(viewer.caller.tenant).await?;
    let tx = api.registry.begin(viewer.caller.tenant).await?;
    let row = in_scope::mail(&tx, &viewer.projects, MailId(*id)).await?;
    let found = detail::find(&tx, row).await?;
    tx.commit().await?;
    Ok(web::Json(detail::shown(found, &viewer.caller.site).await))
}
