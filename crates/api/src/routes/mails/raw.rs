use actix_web::{
    HttpRequest, HttpResponse, get,
    http::header::{ACCEPT, CONTENT_DISPOSITION, CONTENT_SECURITY_POLICY, VARY},
    web,
};
use postroom_registry::{
    MailId,
    audit::{self, Action, SubjectKind},
    mail,
};
use uuid::Uuid;

use crate::{
    Api, Problem,
    doors::Viewer,
    problem::ErrorBody,
    routes::{download::Download, in_scope, trail::did},
};

const MEDIA_TYPE: &str = "message/rfc822";
const WAY_OUT: &str = "Open the mail in its mailbox, or the copy that is attached to its issue.";

/// The raw mail, byte for byte as it came: as it is, or in JSON for a caller that accepts only that. That it was read
/// is in the audit trail from then on.
#[utoipa::path(
    tag = "mails",
    params(("id" = Uuid, Path)),
    responses(
        (status = OK, content(
            (Vec<u8> = "message/rfc822"),
            (Download = "application/json"),
        )),
        (status = "default", body = ErrorBody),
    )
)]
#[get("/mails/{id}/raw")]
pub(crate) async fn get_raw_mail(
    api: web::Data<Api>,
    request: HttpRequest,
    viewer: Viewer,
    id: web::Path<Uuid>,
) -> Result<HttpResponse, Problem> {
    let tx = api.registry.begin(viewer.caller.tenant).await?;
    let mail = in_scope::mail(&tx, &viewer.projects, MailId(*id)).await?;
    let raw = mail::raw(&tx, mail.id).await?;
    let name = format!("{id}.eml");
    let mut answer = HttpResponse::Ok();
    answer.insert_header((VARY, "accept"));
    let answer = match wants_json(&request) {
        true => answer.json(Download::new(name, MEDIA_TYPE, raw.as_slice(), WAY_OUT)?),
        // A stranger wrote it: it is saved, never shown.
        false => answer
            .content_type(MEDIA_TYPE)
            .insert_header((
                CONTENT_DISPOSITION,
                format!("attachment; filename=\"{name}\""),
            ))
            .insert_header((CONTENT_SECURITY_POLICY, "sandbox; default-src 'none'"))
            .body(raw.as_slice().to_vec()),
    };
    let entry = did(&viewer.caller, Action::MailRawRead).on(SubjectKind::Mail, &mail.id, None);
    audit::record(&tx, &entry).await?;
    tx.commit().await?;
    Ok(answer)
}

/// Forge carries nothing but JSON, so the panel there accepts nothing else.
fn wants_json(request: &HttpRequest) -> bool {
    let accept = request.headers().get(ACCEPT);
    let accept = accept
        .and_then(|value| value.to_str().ok())
        .unwrap_or_default();
    let mut ranges = accept.split(',').map(|range| {
        let range = range.split(';').next().unwrap_or_default();
        range.trim().to_ascii_lowercase()
    });
    ranges.any(|range| range == "application/json")
}
