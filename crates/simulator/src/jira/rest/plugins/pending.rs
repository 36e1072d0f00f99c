//! `GET /rest/plugins/1.0/pending/{id}`: how far an install is.

use actix_web::{
    HttpResponse,
    http::{StatusCode, header::LOCATION},
    web,
};

use super::{check, waiting};
use crate::jira::{
    error::JiraError,
    gate::{Caller, TheSite},
    upm::Progress,
};

pub(super) async fn handle(
    site: TheSite,
    caller: Caller,
    id: web::Path<String>,
) -> Result<HttpResponse, JiraError> {
    check(&caller)?;
    let gone = || JiraError::message(StatusCode::NOT_FOUND, "There is no such install.");
    let task = site.upm.task(&id).ok_or_else(gone)?;
    Ok(match &task.progress {
        Progress::Running => waiting(StatusCode::OK, &id, &task, None),
        Progress::Failed(error) => waiting(StatusCode::OK, &id, &task, Some(error)),
        Progress::Done(key) => {
            let to = format!("{}/rest/plugins/1.0/{key}-key", site.base_url());
            HttpResponse::SeeOther()
                .insert_header((LOCATION, to))
                .finish()
        }
    })
}
