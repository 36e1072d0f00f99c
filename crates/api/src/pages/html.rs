//! Pages of ours, from templates, with a policy that lets nothing in but our own style and script.

use std::sync::LazyLock;

use actix_web::{
    HttpResponse,
    http::{StatusCode, header},
};
use minijinja::{Environment, UndefinedBehavior, Value, value::Serde};
use postroom_secrets::random_token;
use secrecy::ExposeSecret as _;
use serde::Serialize;

use crate::problem::ErrorBody;

static TEMPLATES: LazyLock<Environment<'static>> = LazyLock::new(|| {
    let mut templates = Environment::new();
    templates.set_undefined_behavior(UndefinedBehavior::Strict);
    for (name, source) in [
        ("page.html", include_str!("../../templates/page.html")),
        ("message.html", include_str!("../../templates/message.html")),
        ("confirm.html", include_str!("../../templates/confirm.html")),
        ("owner.html", include_str!("../../templates/owner.html")),
        ("approve.html", include_str!("../../templates/approve.html")),
        ("waiting.html", include_str!("../../templates/waiting.html")),
        ("leaving.html", include_str!("../../templates/leaving.html")),
        ("panel.html", include_str!("../../templates/panel.html")),
    ] {
        if let Err(error) = templates.add_template(name, source) {
            tracing::error!(cause = %error, name, "a template cannot be read");
        }
    }
    templates
});

/// Renders a template. A template that fails is a mistake of ours, found by the tests.
pub(super) fn render(template: &str, context: impl Serialize) -> String {
    let rendered = TEMPLATES
        .get_template(template)
        .and_then(|it| it.render(Value::from(Serde(&context))));
    rendered.unwrap_or_else(|error| {
        tracing::error!(cause = %error, template, "a page cannot be made");
        "Something went wrong on our side.".to_owned()
    })
}

/// A page that says something.
#[derive(Debug, Default, Serialize)]
pub(super) struct Message {
    /// The title.
    pub(super) title: String,
    /// What is the matter, a paragraph each.
    pub(super) sentences: Vec<String>,
    /// What to do.
    pub(super) action: Option<String>,
    /// How to begin the sign-in anew.
    pub(super) again: Option<Again>,
    /// A link for the directory's administrator.
    pub(super) admin_url: Option<String>,
    /// A code or a request id, for support.
    pub(super) reference: Option<String>,
    /// The window closes itself.
    pub(super) closes: bool,
}

/// A form that begins a sign-in anew.
#[derive(Debug, Serialize)]
pub(super) struct Again {
    /// Where it goes.
    pub(super) action: String,
    /// Which sign-in.
    pub(super) ticket: String,
    /// What only our own page has.
    pub(super) csrf: String,
}

impl Message {
    pub(super) fn response(&self, status: StatusCode) -> HttpResponse {
        page(status, "message.html", self)
    }
}

/// A page with a context; the template gets it as `it`, and a `nonce` for its style and script.
pub(super) fn page(status: StatusCode, template: &str, context: impl Serialize) -> HttpResponse {
    page_with(status, template, context, "")
}

/// The same, for a page whose script may ask us how it stands.
pub(super) fn page_that_looks(
    status: StatusCode,
    template: &str,
    context: impl Serialize,
) -> HttpResponse {
    page_with(status, template, context, "; connect-src 'self'")
}

fn page_with(
    status: StatusCode,
    template: &str,
    context: impl Serialize,
    more: &str,
) -> HttpResponse {
    let nonce = random_token(16);
    let nonce = nonce.expose_secret();
    let policy = format!(
        "default-src 'none'; style-src 'nonce-{nonce}'; script-src 'nonce-{nonce}'; form-action 'self'; \
         base-uri 'none'; frame-ancestors 'none'{more}"
    );
    HttpResponse::build(status)
        .content_type("text/html; charset=utf-8")
        .insert_header((header::CONTENT_SECURITY_POLICY, policy))
        // The address of a sign-in page carries its ticket.
        .insert_header((header::REFERRER_POLICY, "no-referrer"))
        .body(render(
            template,
            minijinja::context! { it => Value::from(Serde(&context)), nonce },
        ))
}

/// A problem, for a browser that opened a page.
pub(crate) fn problem_page(status: StatusCode, body: &ErrorBody) -> HttpResponse {
    let (message, action, reference) = body.words();
    let message = Message {
        title: "Postroom".to_owned(),
        sentences: vec![message.to_owned()],
        action: action.map(str::to_owned),
        reference: Some(reference.to_owned()),
        ..Message::default()
    };
    message.response(status)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_strangers_wrote_is_escaped() {
        let message = Message {
            sentences: vec!["<script>alert(1)</script>".into()],
            ..Message::default()
        };
        let page = render(
            "message.html",
            minijinja::context! { it => Value::from(Serde(&message)), nonce => "n" },
        );
        assert!(page.contains("&lt;script&gt;alert(1)"), "{page}");
    }

    #[test]
    fn every_template_can_be_read() {
        assert_eq!(TEMPLATES.templates().count(), 8);
    }
}
