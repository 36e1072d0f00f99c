//! Errors of Graph ("Microsoft Graph error responses and resource types").

use actix_web::{HttpResponse, HttpResponseBuilder, ResponseError, http::StatusCode};
use serde_json::{Value, json};

use crate::microsoft::mailbox::IdProblem;

/// An error as Graph answers it. The middleware adds the ids.
#[derive(Debug, thiserror::Error)]
#[error("{code}: {message}")]
pub(crate) struct GraphError {
    pub(super) status: StatusCode,
    pub(super) code: String,
    pub(super) message: String,
    /// Header name and value.
    pub(super) headers: Vec<(&'static str, String)>,
}

impl GraphError {
    pub(super) fn new(status: StatusCode, code: &str, message: impl Into<String>) -> Self {
        Self {
            status,
            code: code.to_owned(),
            message: message.into(),
            headers: Vec::new(),
        }
    }

    pub(super) fn bad_request(message: impl Into<String>) -> Self {
        Self::new(StatusCode::BAD_REQUEST, "BadRequest", message)
    }

    /// The bearer is no good; `authority` is where a better one comes from.
    pub(super) fn unauthorized(message: &str, authority: &str) -> Self {
        let challenge = format!(
            "Bearer realm=\"\", authorization_uri=\"{authority}/common/oauth2/authorize\", client_id=\"00000003-0000-0000-c000-000000000000\""
        );
        let mut error = Self::new(
            StatusCode::UNAUTHORIZED,
            "InvalidAuthenticationToken",
            message,
        );
        error.headers.push(("www-authenticate", challenge));
        error
    }

    pub(super) fn access_denied() -> Self {
        Self::new(
            StatusCode::FORBIDDEN,
            "ErrorAccessDenied",
            "Access is denied. Check credentials and try again.",
        )
    }

    pub(super) fn send_as_denied() -> Self {
        let text = "The user account which was used to submit this request does not have the right to send mail on behalf of the specified sending account.";
        Self::new(StatusCode::FORBIDDEN, "ErrorSendAsDenied", text)
    }

    pub(super) fn item_not_found() -> Self {
        let text = "The specified object was not found in the store.";
        Self::new(StatusCode::NOT_FOUND, "ErrorItemNotFound", text)
    }

    pub(super) fn invalid_user(name: &str) -> Self {
        Self::new(
            StatusCode::NOT_FOUND,
            "ErrorInvalidUser",
            format!("The requested user '{name}' is invalid."),
        )
    }

    /// An account without a licensed mailbox.
    pub(super) fn no_mailbox() -> Self {
        let text = "The mailbox is either inactive, soft-deleted, or is hosted on-premise.";
        Self::new(StatusCode::NOT_FOUND, "MailboxNotEnabledForRESTAPI", text)
    }

    /// The delta link is of no state that is still kept.
    pub(super) fn sync_state_not_found() -> Self {
        let text = "The sync state generation is not found; start again without a token.";
        Self::new(StatusCode::GONE, "syncStateNotFound", text)
    }

    pub(super) fn too_many_at_once() -> Self {
        let text = "Application is over its MailboxConcurrency limit.";
        let mut error = Self::new(StatusCode::TOO_MANY_REQUESTS, "ApplicationThrottled", text);
        error.headers.push(("retry-after", "1".into()));
        error
    }

    pub(super) fn body(&self, inner: &Value) -> Value {
        json!({ "error": { "code": self.code, "message": self.message, "innerError": inner } })
    }
}

impl From<IdProblem> for GraphError {
    fn from(problem: IdProblem) -> Self {
        match problem {
            IdProblem::Malformed => Self::new(
                StatusCode::BAD_REQUEST,
                "ErrorInvalidIdMalformed",
                "Id is malformed.",
            ),
            IdProblem::NotFound => Self::item_not_found(),
        }
    }
}

impl ResponseError for GraphError {
    fn status_code(&self) -> StatusCode {
        self.status
    }

    fn error_response(&self) -> HttpResponse {
        HttpResponseBuilder::new(self.status).json(self.body(&json!({})))
    }
}

/// The body that Graph sends with a status, when nobody said which.
pub(crate) fn usual_error(status: StatusCode) -> Value {
    let (code, message) = match status.as_u16() {
        401 => (
            "InvalidAuthenticationToken",
            "Access token has expired or is not yet valid.",
        ),
        403 => (
            "ErrorAccessDenied",
            "Access is denied. Check credentials and try again.",
        ),
        404 => (
            "ErrorItemNotFound",
            "The specified object was not found in the store.",
        ),
        410 => (
            "syncStateNotFound",
            "The sync state generation is not found; start again without a token.",
        ),
        413 => (
            "ErrorMessageSizeExceeded",
            "The message exceeds the maximum supported size.",
        ),
        429 => (
            "ApplicationThrottled",
            "Application is over its MailboxConcurrency limit.",
        ),
        503 => (
            "ErrorServerBusy",
            "The server is busy. Please try again later.",
        ),
        504 => ("UnknownError", ""),
        507 => ("ErrorQuotaExceeded", "The mailbox is full."),
        500.. => ("generalException", "An unspecified error has occurred."),
        _ => ("BadRequest", "The request is invalid."),
    };
    json!({ "error": { "code": code, "message": message } })
}
