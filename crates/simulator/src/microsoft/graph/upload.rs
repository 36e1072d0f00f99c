//! Upload sessions ("attachment: createUploadSession", "Attach large files to Outlook messages or events").

use actix_web::{HttpRequest, HttpResponse, http::StatusCode, web};
use bytes::Bytes;
use chrono::{DateTime, SecondsFormat, TimeDelta, Utc};
use rand::RngExt as _;
use serde::Deserialize;
use serde_json::{Value, json};

use super::{
    attachments,
    caller::{Caller, Right},
    error::GraphError,
    send,
};
use crate::{
    microsoft::mailbox::{MailKey, NewFile, with_file},
    world::World,
};

/// Smaller files come in one request.
const LEAST: usize = 3 * 1024 * 1024;
const MOST: usize = 150 * 1024 * 1024;
/// No range is as large as this.
const RANGE: usize = 4 * 1024 * 1024;
const LIFE: TimeDelta = TimeDelta::hours(24);

/// A file on its way into a draft.
#[derive(Debug)]
pub(in crate::microsoft) struct Upload {
    mailbox: String,
    mail: MailKey,
    file: NewFile,
    size: usize,
    expires: DateTime<Utc>,
}

/// Action parameters: clients write them as the documentation or as the metadata does.
#[derive(Debug, Deserialize)]
struct Asked {
    #[serde(rename = "attachmentItem", alias = "AttachmentItem")]
    item: Item,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
struct Item {
    attachment_type: String,
    name: String,
    size: usize,
    content_type: Option<String>,
    #[serde(default)]
    is_inline: bool,
    content_id: Option<String>,
}

/// Outlook's own host, where no token is asked for: the URL is the secret.
pub(super) fn configure(cfg: &mut web::ServiceConfig) {
    let path = "/api/v2.0/{user}/{message}/{session}";
    cfg.route(path, web::put().to(range))
        .route(path, web::get().to(status))
        .route(path, web::delete().to(cancel));
}

pub(super) async fn create(caller: Caller, body: Bytes) -> Result<HttpResponse, GraphError> {
    caller.may(Right::Write)?;
    send::small(&body)?;
    let asked: Asked = serde_json::from_slice(&body).map_err(|error| {
        GraphError::bad_request(format!("Unable to read JSON request payload: {error}"))
    })?;
    let Item { size, .. } = asked.item;
    if asked.item.attachment_type != "file" {
        return Err(GraphError::bad_request("attachmentType must be 'file'."));
    }
    if size < LEAST {
        let text = "Attachment size must be greater than the minimum size.";
        return Err(GraphError::new(
            StatusCode::BAD_REQUEST,
            "ErrorAttachmentSizeShouldNotBeLessThanMinimumSize",
            text,
        ));
    }
    if size > MOST {
        let text = "The attachment exceeds the maximum supported size.";
        return Err(GraphError::new(
            StatusCode::PAYLOAD_TOO_LARGE,
            "ErrorMessageSizeExceeded",
            text,
        ));
    }
    let expires = caller.world.clock.now() + LIFE;
    let mut cloud = caller.world.cloud();
    let mail = attachments::draft(&mut cloud, &caller)?;
    let id = hex::encode(rand::rng().random::<[u8; 24]>());
    let url = format!(
        "{}/api/v2.0/Users('{}')/Messages('{}')/AttachmentSessions('{id}')?authtoken={}",
        caller.base,
        caller.mailbox,
        caller.part("message"),
        hex::encode(rand::rng().random::<[u8; 32]>()),
    );
    let upload = Upload {
        mailbox: caller.mailbox.clone(),
        mail,
        file: NewFile {
            name: asked.item.name,
            media_type: asked
                .item
                .content_type
                .unwrap_or_else(|| "application/octet-stream".into()),
            content_id: asked.item.content_id.filter(|_| asked.item.is_inline),
            bytes: Vec::with_capacity(size),
        },
        size,
        expires,
    };
    let mut shown = upload.json();
    cloud.uploads.insert(id, upload);
    shown["@odata.context"] = json!(format!(
        "{}/v1.0/$metadata#microsoft.graph.uploadSession",
        caller.base
    ));
    shown["uploadUrl"] = json!(url);
    Ok(HttpResponse::Created().json(shown))
}

impl Upload {
    fn json(&self) -> Value {
        json!({
            "expirationDateTime": self.expires.to_rfc3339_opts(SecondsFormat::Millis, true),
            "nextExpectedRanges": [self.file.bytes.len().to_string()],
        })
    }
}

fn refuse(status: StatusCode, code: &str, text: &str) -> HttpResponse {
    let body = json!({ "error": { "code": code, "message": text } });
    HttpResponse::build(status).json(body)
}

fn session(request: &HttpRequest) -> String {
    let last = request.match_info().get("session").unwrap_or_default();
    let quoted = last.split(['\'', '(', ')']).find(|part| part.len() == 48);
    quoted.unwrap_or_default().to_owned()
}

fn gone() -> HttpResponse {
    refuse(
        StatusCode::NOT_FOUND,
        "ErrorItemNotFound",
        "The upload session was not found.",
    )
}

/// One range, the next one.
async fn range(world: web::Data<World>, request: HttpRequest, body: Bytes) -> HttpResponse {
    if request.headers().contains_key("authorization") {
        let text = "The upload URL has its own token: send no Authorization header.";
        return refuse(StatusCode::UNAUTHORIZED, "InvalidAudience", text);
    }
    let id = session(&request);
    let now = world.clock.now();
    let mut cloud = world.cloud();
    let Some(upload) = cloud.uploads.get_mut(&id).filter(|it| it.expires > now) else {
        return gone();
    };
    if body.len() >= RANGE {
        let text = "The maximum request length supported is 4MB.";
        return refuse(StatusCode::PAYLOAD_TOO_LARGE, "BadRequest", text);
    }
    let held = upload.file.bytes.len();
    let header = request.headers().get("content-range");
    let given = header.and_then(|value| value.to_str().ok());
    let end = (held + body.len()).saturating_sub(1);
    let wanted = format!("bytes {held}-{end}/{}", upload.size);
    if body.is_empty() || end >= upload.size || given != Some(wanted.as_str()) {
        let text = format!("The range is not the expected one, which is '{wanted}'.");
        return refuse(
            StatusCode::RANGE_NOT_SATISFIABLE,
            "ErrorInvalidContentRange",
            &text,
        );
    }
    upload.file.bytes.extend_from_slice(&body);
    if upload.file.bytes.len() < upload.size {
        return HttpResponse::Ok().json(upload.json());
    }
    let Some(upload) = cloud.uploads.remove(&id) else {
        return gone();
    };
    let Some(mailbox) = cloud.mailbox_mut(&upload.mailbox) else {
        return gone();
    };
    let Some(mail) = mailbox.mail(upload.mail) else {
        return gone();
    };
    let raw = with_file(&mail.raw, &upload.file, &id);
    mailbox.rewrite(upload.mail, raw.into(), now);
    let place = format!("{}/Attachments('{id}')", request.path());
    HttpResponse::Created()
        .insert_header(("location", place))
        .finish()
}

async fn status(world: web::Data<World>, request: HttpRequest) -> HttpResponse {
    let cloud = world.cloud();
    let upload = cloud.uploads.get(&session(&request));
    upload.map_or_else(gone, |upload| HttpResponse::Ok().json(upload.json()))
}

async fn cancel(world: web::Data<World>, request: HttpRequest) -> HttpResponse {
    let removed = world.cloud().uploads.remove(&session(&request));
    removed.map_or_else(gone, |_| HttpResponse::NoContent().finish())
}
