//! Refusals in the shapes that Jira gives them.

use actix_web::{HttpResponse, ResponseError, http::StatusCode};
use serde_json::{Map, Value, json};

/// A refusal of a site: a status and a JSON body.
#[derive(Clone, Debug, thiserror::Error)]
#[error("Jira answers {status}: {body}")]
pub(crate) struct JiraError {
    status: StatusCode,
    body: Value,
}

impl JiraError {
    fn new(status: StatusCode, body: Value) -> Self {
        Self { status, body }
    }

    /// A refusal that is about the request as a whole.
    pub(crate) fn message(status: StatusCode, message: &str) -> Self {
        Self::new(status, json!({"errorMessages": [message], "errors": {}}))
    }

    /// 400, about the request as a whole.
    pub(crate) fn bad(message: &str) -> Self {
        Self::message(StatusCode::BAD_REQUEST, message)
    }

    /// 400, about one field.
    pub(crate) fn field(field: &str, message: &str) -> Self {
        let mut errors = Map::new();
        errors.insert(field.to_owned(), message.into());
        Self::fields(errors)
    }

    /// 400, about several fields.
    pub(crate) fn fields(errors: Map<String, Value>) -> Self {
        let mut body = json!({"errorMessages": []});
        body["errors"] = Value::Object(errors);
        Self::new(StatusCode::BAD_REQUEST, body)
    }

    /// 401 as the gate before Jira answers a token that does not hold.
    pub(crate) fn bad_token() -> Self {
        Self::new(
            StatusCode::UNAUTHORIZED,
            json!({
                "message": "Client must be authenticated to access this resource.",
                "status-code": 401,
            }),
        )
    }

    /// 401 as Jira answers nobody.
    pub(crate) fn anonymous() -> Self {
        Self::message(
            StatusCode::UNAUTHORIZED,
            "You are not authenticated. Authentication required to perform this operation.",
        )
    }

    /// 403 for an app whose descriptor does not ask for the scope.
    pub(crate) fn scope() -> Self {
        Self::new(
            StatusCode::FORBIDDEN,
            json!({"message": "Request not in an authorized API scope", "status-code": 403}),
        )
    }

    /// A refusal of Atlassian's gateway, which has a shape of its own.
    pub(crate) fn gateway(status: StatusCode, message: &str) -> Self {
        Self::new(status, json!({"code": status.as_u16(), "message": message}))
    }

    pub(crate) fn forbidden(message: &str) -> Self {
        Self::message(StatusCode::FORBIDDEN, message)
    }

    pub(crate) fn no_issue() -> Self {
        Self::message(
            StatusCode::NOT_FOUND,
            "Issue does not exist or you do not have permission to see it.",
        )
    }

    pub(crate) fn no_comment(id: &str) -> Self {
        Self::message(
            StatusCode::NOT_FOUND,
            &format!("Can not find a comment for the id: {id}."),
        )
    }

    pub(crate) fn no_attachment(id: &str) -> Self {
        Self::message(
            StatusCode::NOT_FOUND,
            &format!("The attachment with id '{id}' does not exist"),
        )
    }

    pub(crate) fn no_property(key: &str) -> Self {
        Self::message(
            StatusCode::NOT_FOUND,
            &format!("The property with key '{key}' does not exist."),
        )
    }

    /// 500, for what cannot happen short of a defect here.
    pub(crate) fn internal(source: &dyn std::fmt::Display) -> Self {
        Self::message(
            StatusCode::INTERNAL_SERVER_ERROR,
            &format!("Internal server error: {source}"),
        )
    }

    /// What a page shows of it.
    pub(crate) fn sentence(&self) -> String {
        let messages = self.body["errorMessages"].as_array().cloned();
        let fields = self.body["errors"].as_object().cloned();
        let all: Vec<String> = messages
            .into_iter()
            .flatten()
            .chain(
                fields
                    .into_iter()
                    .flat_map(|map| map.into_iter().map(|(_, v)| v)),
            )
            .chain(self.body.get("message").cloned())
            .filter_map(|value| value.as_str().map(str::to_owned))
            .collect();
        all.join(" ")
    }
}

impl ResponseError for JiraError {
    fn status_code(&self) -> StatusCode {
        self.status
    }

    fn error_response(&self) -> HttpResponse {
        HttpResponse::build(self.status).json(&self.body)
    }
}
