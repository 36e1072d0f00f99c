use actix_web::{
    HttpResponse, get,
    http::{StatusCode, header::CONTENT_SECURITY_POLICY},
    web,
};
use minijinja::{Value, context, value::Serde};

use crate::{
    Api,
    doors::{PageVisitor, Site},
    pages::html::{Message, render},
};

/// The panel's page, inside a frame of the site.
#[get("/panel")]
pub(crate) async fn panel_page(api: web::Data<Api>, visitor: PageVisitor) -> HttpResponse {
    let prefix = format!("{}/panel", api.base_path());
    let Some(tags) = api.shared().panel.tags(&prefix).await else {
        return not_built();
    };
    let page = render(
        "panel.html",
        context! {
            api => api.url("/api/v1"),
            connect_script => api.connect_script.as_str(),
            links => Value::from(Serde(&tags.links)),
            scripts => tags.scripts,
        },
    );
    HttpResponse::Ok()
        .content_type("text/html; charset=utf-8")
        .insert_header((CONTENT_SECURITY_POLICY, policy(&api, &visitor.site)))
        .body(page)
}

/// Only this site may frame the page (there is no `X-Frame-Options`, which knows no list), and only Atlassian's
/// bridge is loaded from elsewhere.
fn policy(api: &Api, site: &Site) -> String {
    let bridge = api.connect_script.origin().ascii_serialization();
    let sites = site.origins().join(" ");
    format!(
        "default-src 'self'; script-src 'self' {bridge}; style-src 'self' 'unsafe-inline'; connect-src 'self'; \
         img-src 'self' data: {sites}; object-src 'none'; base-uri 'none'; frame-ancestors {sites} 'self'"
    )
}

fn not_built() -> HttpResponse {
    let message = Message {
        title: "The panel is not built".to_owned(),
        sentences: vec!["The files of this page are not there yet.".to_owned()],
        action: Some(
            "Run `npm run build` in the folder frontend, then reload this page.".to_owned(),
        ),
        ..Message::default()
    };
    message.response(StatusCode::SERVICE_UNAVAILABLE)
}
