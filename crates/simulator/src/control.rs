//! The control API: what a test or a person changes and reads behind the backs of the simulated hosts.

mod clock;
mod faults;
mod requests;

use actix_web::{HttpResponse, ResponseError, http::StatusCode, web};
use serde_json::json;

use crate::world::World;

/// Why a control request was refused. Answered as `{"error": "…"}`.
#[derive(Debug, thiserror::Error)]
pub(crate) enum ControlError {
    /// The request makes no sense; the text says why.
    #[error("{0}")]
    Invalid(String),
    /// The app would not have it; the text says why.
    #[error("{0}")]
    Refused(String),
    /// What it names is not in this world.
    #[error("{0}")]
    NotFound(String),
}

impl ResponseError for ControlError {
    fn status_code(&self) -> StatusCode {
        match self {
            Self::Invalid(_) => StatusCode::BAD_REQUEST,
            Self::Refused(_) => StatusCode::UNPROCESSABLE_ENTITY,
            Self::NotFound(_) => StatusCode::NOT_FOUND,
        }
    }

    fn error_response(&self) -> HttpResponse {
        HttpResponse::build(self.status_code()).json(json!({ "error": self.to_string() }))
    }
}

/// Bodies up to 16 MiB; what is wrong with one is said in the answer.
pub(crate) fn json_config() -> web::JsonConfig {
    web::JsonConfig::default()
        .limit(16 * 1024 * 1024)
        .content_type_required(false)
        .error_handler(|error, _| ControlError::Invalid(error.to_string()).into())
}

/// The routes that belong to no single host.
pub(crate) fn configure(cfg: &mut web::ServiceConfig) {
    cfg.route("/", web::get().to(urls))
        .route("/ca.pem", web::get().to(ca))
        .route("/requests", web::get().to(requests::list))
        .route("/requests", web::delete().to(requests::clear))
        .route("/faults", web::get().to(faults::list))
        .route("/faults", web::delete().to(faults::clear))
        .route("/microsoft/faults", web::post().to(faults::add_microsoft))
        .route("/jira/{site}/faults", web::post().to(faults::add_jira))
        .route("/atlassian/faults", web::post().to(faults::add_atlassian))
        .route("/clock", web::get().to(clock::read))
        .route("/clock", web::post().to(clock::advance));
}

async fn urls(world: web::Data<World>) -> HttpResponse {
    let urls = &world.urls;
    HttpResponse::Ok().json(json!({
        "microsoft": urls.microsoft,
        "microsoft_tls": urls.microsoft_tls,
        "control": urls.control,
        "atlassian": urls.atlassian,
        "jira": urls.jira,
    }))
}

async fn ca(world: web::Data<World>) -> HttpResponse {
    HttpResponse::Ok()
        .content_type("application/x-pem-file")
        .body(world.ca_pem.clone())
}
