//! A refusal of the login host, before it becomes a page, a redirect or a JSON body.

use actix_web::{HttpRequest, HttpResponse, HttpResponseBuilder, http::StatusCode};
use serde_json::{Value, json};

use crate::{
    microsoft::{aadsts, pages, public_base, scopes::BadScope},
    world::World,
};

/// An AADSTS number and, when the table's text says too little, a better one.
#[derive(Debug)]
pub(super) struct Refusal {
    pub(super) code: u32,
    text: Option<String>,
}

impl Refusal {
    pub(super) fn new(code: u32) -> Self {
        Self { code, text: None }
    }

    pub(super) fn saying(code: u32, text: impl Into<String>) -> Self {
        Self {
            code,
            text: Some(text.into()),
        }
    }

    /// A parameter that must be there and is not.
    pub(super) fn missing(parameter: &str) -> Self {
        Self::saying(
            900_144,
            format!("The request body must contain the following parameter: '{parameter}'."),
        )
    }

    pub(super) fn error(&self) -> &'static str {
        aadsts::kind(self.code).error
    }

    /// `AADSTS…: text Trace ID: … Correlation ID: … Timestamp: …`
    fn described(&self, marks: &Marks) -> String {
        let text = self.text.as_deref().unwrap_or(aadsts::kind(self.code).text);
        format!(
            "AADSTS{}: {text} Trace ID: {} Correlation ID: {} Timestamp: {}",
            self.code, marks.trace, marks.correlation, marks.timestamp
        )
    }

    /// `error_description` for a redirect.
    pub(super) fn description(&self, world: &World, request: &HttpRequest) -> String {
        self.described(&Marks::new(world, request))
    }

    /// A page for the person in front of the browser; the application is told nothing.
    pub(super) fn page(&self, world: &World, request: &HttpRequest) -> HttpResponse {
        let marks = Marks::new(world, request);
        let description = self.described(&marks);
        let text = self.text.as_deref().unwrap_or(aadsts::kind(self.code).text);
        pages::show(
            StatusCode::BAD_REQUEST,
            "error.html",
            json!({
            "code": self.code, "text": text, "description": description, "correlation": marks.correlation, "timestamp": marks.timestamp }),
        )
    }

    /// The token endpoint's answer.
    pub(super) fn json(&self, world: &World, request: &HttpRequest) -> HttpResponse {
        let kind = aadsts::kind(self.code);
        let status = StatusCode::from_u16(kind.status).unwrap_or(StatusCode::BAD_REQUEST);
        HttpResponseBuilder::new(status)
            .insert_header(("cache-control", "no-store, no-cache"))
            .json(self.body(world, request))
    }

    pub(super) fn body(&self, world: &World, request: &HttpRequest) -> Value {
        let marks = Marks::new(world, request);
        let mut body = json!({
            "error": self.error(),
            "error_description": self.described(&marks),
            "error_codes": [self.code],
            "timestamp": marks.timestamp,
            "trace_id": marks.trace,
            "correlation_id": marks.correlation,
            "error_uri": format!("{}/error?code={}", public_base(world, request), self.code),
        });
        if let Some(suberror) = aadsts::kind(self.code).suberror {
            body["suberror"] = suberror.into();
        }
        body
    }
}

impl From<BadScope> for Refusal {
    fn from(BadScope(code, text): BadScope) -> Self {
        Self::saying(code, text)
    }
}

/// What support asks for.
struct Marks {
    trace: String,
    correlation: String,
    timestamp: String,
}

impl Marks {
    fn new(world: &World, request: &HttpRequest) -> Self {
        let sent = request
            .headers()
            .get("client-request-id")
            .and_then(|value| value.to_str().ok());
        let correlation = sent.map_or_else(|| world.clock.new_id().to_string(), str::to_owned);
        Self {
            trace: world.clock.new_id().to_string(),
            correlation,
            timestamp: world.clock.now().format("%Y-%m-%d %H:%M:%SZ").to_string(),
        }
    }
}
