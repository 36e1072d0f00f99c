use actix_web::{
    HttpResponse, get,
    http::header::{CONTENT_DISPOSITION, CONTENT_SECURITY_POLICY},
    web,
};
use postroom_registry::{MailId, mail};
use uuid::Uuid;

use crate::{Api, Problem, doors::Administrator, problem::ErrorBody};

/// The raw mail, byte for byte as it came.
#[utoipa::path(
    tag = "mails",
    params(("id" = Uuid, Path)),
    responses(
        (status = OK, body = Vec<u8>, content_type = "message/rfc822"),
        (status = "default", body = ErrorBody),
    )
)]
#[get("/mails/{id}/raw")]
pub(crate) async fn get_raw_mail(
    api: web::Data<Api>,
    caller: Administrator,
    id: web::Path<Uuid>,
) -> Result<HttpResponse, Problem> {
    let tx = api.registry.begin(caller.tenant).await?;
    let mail = mail::find(&tx, MailId(*id)).await?;
    let raw = mail::raw(&tx, mail.id).await?;
    tx.commit().await?;
    // A stranger wrote it: it is saved, never shown.
    Ok(HttpResponse::Ok()
        .content_type("message/rfc822")
        .insert_header((
            CONTENT_DISPOSITION,
            format!("attachment; filename=\"{id}.eml\""),
        ))
        .insert_header((CONTENT_SECURITY_POLICY, "sandbox; default-src 'none'"))
        .body(raw.as_slice().to_vec()))
}
