//! `POST /rest/api/3/issue/{issue}/attachments`

use actix_multipart::{Field, Multipart};
use actix_web::{HttpRequest, HttpResponse, http::StatusCode, web};
use bytes::{Bytes, BytesMut};
use futures_util::TryStreamExt as _;
use serde_json::Value;

use crate::jira::{
    attachments::{self, File},
    error::JiraError,
    gate::{Caller, TheSite},
    lifecycle::scope::Scope,
    views,
};

/// Files in one request.
const MOST_FILES: usize = 60;

pub(super) async fn handle(
    site: TheSite,
    caller: Caller,
    issue: web::Path<String>,
    request: HttpRequest,
    mut form: Multipart,
) -> Result<HttpResponse, JiraError> {
    let token = request.headers().get("X-Atlassian-Token");
    let checked = token.and_then(|token| token.to_str().ok());
    if !checked.is_some_and(|token| matches!(token, "no-check" | "nocheck")) {
        return Err(JiraError::forbidden("XSRF check failed"));
    }
    let actor = caller.on_issue(Scope::Write)?;
    let limit = {
        let state = site.state();
        state.issue(&issue).ok_or_else(JiraError::no_issue)?;
        state.settings.attachment_limit
    };
    let mut files = Vec::new();
    while let Some(field) = form.try_next().await.map_err(|_| broken())? {
        files.extend(file(field, limit).await?);
        if files.len() > MOST_FILES {
            return Err(JiraError::message(
                StatusCode::PAYLOAD_TOO_LARGE,
                "A request holds 60 files at most.",
            ));
        }
    }
    if files.is_empty() {
        return Err(JiraError::bad(
            "The request has no part with the name 'file'.",
        ));
    }
    let added = attachments::add(&site, &actor, &issue, files)?;
    let state = site.state();
    let view: Vec<Value> = added
        .iter()
        .map(|one| views::attachment(&site, &state, one))
        .collect();
    Ok(HttpResponse::Ok().json(view))
}

/// The file of a part with the name `file`; other parts are passed over.
async fn file(mut field: Field, limit: u64) -> Result<Option<File>, JiraError> {
    if field.name() != Some("file") {
        return Ok(None);
    }
    let name = field
        .content_disposition()
        .and_then(|disposition| disposition.get_filename().map(str::to_owned))
        .filter(|name| !name.is_empty())
        .ok_or_else(|| JiraError::bad("The part 'file' has no file name."))?;
    let mime_type = field
        .content_type()
        .map_or("application/octet-stream".to_owned(), ToString::to_string);
    let content = bytes(&mut field, &name, limit).await?;
    Ok(Some(File {
        name,
        mime_type,
        content,
    }))
}

async fn bytes(field: &mut Field, name: &str, limit: u64) -> Result<Bytes, JiraError> {
    let mut content = BytesMut::new();
    while let Some(chunk) = field.try_next().await.map_err(|_| broken())? {
        content.extend_from_slice(&chunk);
        if u64::try_from(content.len()).unwrap_or(u64::MAX) > limit {
            return Err(JiraError::message(
                StatusCode::PAYLOAD_TOO_LARGE,
                &format!("The file '{name}' exceeds its maximum permitted size of {limit} bytes."),
            ));
        }
    }
    Ok(content.freeze())
}

fn broken() -> JiraError {
    JiraError::bad("The multipart request could not be read.")
}
