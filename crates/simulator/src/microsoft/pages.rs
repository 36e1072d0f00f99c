//! The pages that people see: plain forms, no script needed.

use std::sync::LazyLock;

use actix_web::{HttpResponse, HttpResponseBuilder, http::StatusCode};
use minijinja::{Environment, value::Serde};
use serde::Serialize;

const TEMPLATES: [(&str, &str); 14] = [
    ("base.html", include_str!("templates/base.html")),
    ("error.html", include_str!("templates/error.html")),
    ("form_post.html", include_str!("templates/form_post.html")),
    ("signed_out.html", include_str!("templates/signed_out.html")),
    ("pick.html", include_str!("templates/pick.html")),
    ("consent.html", include_str!("templates/consent.html")),
    (
        "admin_consent.html",
        include_str!("templates/admin_consent.html"),
    ),
    ("approval.html", include_str!("templates/approval.html")),
    ("missing.html", include_str!("templates/missing.html")),
    (
        "compose_form.html",
        include_str!("templates/compose_form.html"),
    ),
    ("compose.html", include_str!("templates/compose.html")),
    ("mailboxes.html", include_str!("templates/mailboxes.html")),
    ("folder.html", include_str!("templates/folder.html")),
    ("message.html", include_str!("templates/message.html")),
];

static PAGES: LazyLock<Result<Environment<'static>, minijinja::Error>> = LazyLock::new(|| {
    let mut environment = Environment::new();
    for (name, source) in TEMPLATES {
        environment.add_template(name, source)?;
    }
    Ok(environment)
});

/// Answers with a page.
pub(super) fn show(status: StatusCode, name: &str, context: impl Serialize) -> HttpResponse {
    match render(name, context) {
        Ok(html) => HttpResponseBuilder::new(status)
            .content_type("text/html; charset=utf-8")
            .insert_header(("cache-control", "no-store"))
            .body(html),
        Err(error) => {
            tracing::error!(%error, name, "a page could not be rendered");
            HttpResponse::InternalServerError()
                .body(format!("The page {name} could not be rendered: {error}"))
        }
    }
}

fn render(name: &str, context: impl Serialize) -> Result<String, minijinja::Error> {
    let environment = PAGES.as_ref().map_err(|error| {
        minijinja::Error::new(minijinja::ErrorKind::InvalidOperation, error.to_string())
    })?;
    environment.get_template(name)?.render(Serde(context))
}
