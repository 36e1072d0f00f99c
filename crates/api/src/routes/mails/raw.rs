use std::{convert::Infallible, future::ready};

use actix_web::{
    HttpRequest, HttpResponse,
    body::{MessageBody, SizedStream},
    get,
    http::header::{ACCEPT, CONTENT_DISPOSITION, CONTENT_SECURITY_POLICY, VARY},
    web::{self, Bytes},
};
use futures_util::stream;
use postroom_registry::{
    MailId,
    audit::{self, Action, SubjectKind},
    mail,
};
use postroom_secrets::Plain;
use uuid::Uuid;

use crate::{
    Api, Problem,
    doors::Viewer,
    problem::ErrorBody,
    routes::{
        download::{self, Download},
        in_scope,
        trail::did,
    },
    turns::Turn,
};

const MEDIA_TYPE: &str = "message/rfc822";
/// Bytes of a mail that is given away as it is: Exchange Online takes 36 MB unless it is told otherwise.
const LONGEST: usize = 40_000_000;
/// Bytes that are sent at a time.
const PIECE: usize = 64 << 10;
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
    let tenant = viewer.caller.tenant;
    let reading = api.reading(tenant).await?;
    let json = wants_json(&request);
    let tx = api.registry.begin(tenant).await?;
    let mail = in_scope::mail(&tx, &viewer.projects, MailId(*id)).await?;
    let longest = if json { download::LONGEST } else { LONGEST };
    if usize::try_from(mail.size_bytes).is_ok_and(|size| size > longest) {
        return Err(Problem::too_large_here(WAY_OUT));
    }
    let raw = mail::raw(&tx, mail.id).await?;
    let entry = did(&viewer.caller, Action::MailRawRead).on(SubjectKind::Mail, &mail.id, None);
    audit::record(&tx, &entry).await?;
    let name = format!("{id}.eml");
    let mut answer = HttpResponse::Ok();
    answer.insert_header((VARY, "accept"));
    let answer = match json {
        true => answer.json(Download::new(name, MEDIA_TYPE, raw.as_slice(), WAY_OUT)?),
        // A stranger wrote it: it is saved, never shown.
        false => answer
            .content_type(MEDIA_TYPE)
            .insert_header((
                CONTENT_DISPOSITION,
                format!("attachment; filename=\"{name}\""),
            ))
            .insert_header((CONTENT_SECURITY_POLICY, "sandbox; default-src 'none'"))
            .body(in_pieces(raw, reading.opened())),
    };
    tx.commit().await?;
    Ok(answer)
}

/// The raw mail as a body that is not copied as a whole, and keeps its tenant's turn until it is out.
fn in_pieces(raw: Plain, turn: Turn) -> impl MessageBody + 'static {
    let raw = Bytes::from_owner(Owned(raw));
    let size = raw.len() as u64;
    let pieces = stream::unfold((raw, turn), |(mut rest, turn)| {
        let piece = rest.split_to(rest.len().min(PIECE));
        ready((!piece.is_empty()).then_some((Ok::<_, Infallible>(piece), (rest, turn))))
    });
    SizedStream::new(size, pieces)
}

struct Owned(Plain);

impl AsRef<[u8]> for Owned {
    fn as_ref(&self) -> &[u8] {
        self.0.as_slice()
    }
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
