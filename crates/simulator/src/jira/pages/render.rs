//! Pages from templates.

use std::sync::LazyLock;

use actix_web::{
    HttpResponse,
    cookie::{Cookie, SameSite},
    http::StatusCode,
};
use minijinja::{Environment, Value, context};

use super::visitor::Visitor;
use crate::jira::{error::JiraError, gate::SESSION_COOKIE, site::Site};

const TEMPLATES: [(&str, &str); 7] = [
    (
        "base.html",
        include_str!("../../../templates/jira/base.html"),
    ),
    (
        "issues.html",
        include_str!("../../../templates/jira/issues.html"),
    ),
    (
        "issue.html",
        include_str!("../../../templates/jira/issue.html"),
    ),
    (
        "apps.html",
        include_str!("../../../templates/jira/apps.html"),
    ),
    (
        "login.html",
        include_str!("../../../templates/jira/login.html"),
    ),
    (
        "host.html",
        include_str!("../../../templates/jira/host.html"),
    ),
    (
        "problem.html",
        include_str!("../../../templates/jira/problem.html"),
    ),
];

static PAGES: LazyLock<Result<Environment<'static>, minijinja::Error>> = LazyLock::new(|| {
    let mut pages = Environment::new();
    for (name, source) in TEMPLATES {
        pages.add_template(name, source)?;
    }
    Ok(pages)
});

/// Answers with a page; the browser stays the visitor's.
pub(super) fn show(
    status: StatusCode,
    site: &Site,
    visitor: &Visitor,
    name: &str,
    page: Value,
) -> HttpResponse {
    let frame = context! {
        site => site.name.clone(),
        visitor => context! { name => visitor.name.clone(), admin => visitor.admin },
        page => page,
        nav => nav(site, visitor),
    };
    match render(name, frame) {
        Ok(html) => HttpResponse::build(status)
            .content_type("text/html; charset=utf-8")
            .insert_header(("cache-control", "no-store"))
            .cookie(session(&visitor.account_id))
            .body(html),
        Err(error) => {
            tracing::error!(%error, name, "a page could not be rendered");
            HttpResponse::InternalServerError().body(format!("The page {name} failed: {error}"))
        }
    }
}

/// Answers with what went wrong.
pub(super) fn problem(
    status: StatusCode,
    site: &Site,
    visitor: &Visitor,
    sentence: &str,
) -> HttpResponse {
    show(
        status,
        site,
        visitor,
        "problem.html",
        context! { sentence => sentence },
    )
}

/// Answers with Jira's refusal as a page.
pub(super) fn refused(site: &Site, visitor: &Visitor, refusal: &JiraError) -> HttpResponse {
    use actix_web::ResponseError as _;
    problem(refusal.status_code(), site, visitor, &refusal.sentence())
}

/// The cookie that keeps a browser one user's.
pub(super) fn session(account_id: &str) -> Cookie<'static> {
    Cookie::build(SESSION_COOKIE, account_id.to_owned())
        .path("/")
        .http_only(true)
        .same_site(SameSite::Lax)
        .finish()
}

/// Projects, and the app's pages that the visitor may see.
fn nav(site: &Site, visitor: &Visitor) -> Value {
    let state = site.state();
    let projects: Vec<Value> = state
        .projects
        .iter()
        .map(|one| context! { key => one.key.clone(), name => one.name.clone() })
        .collect();
    let app = state.app.as_ref();
    let pages: Vec<Value> = app
        .into_iter()
        .flat_map(|app| {
            app.descriptor
                .pages()
                .into_iter()
                .map(move |page| (app, page))
        })
        .filter(|(_, page)| visitor.admin || !page.admins_only)
        .map(|(app, page)| {
            context! {
                url => format!("/plugins/{}/{}", app.descriptor.key, page.key),
                name => page.name,
            }
        })
        .collect();
    context! { projects => projects, pages => pages }
}

fn render(name: &str, context: Value) -> Result<String, minijinja::Error> {
    let pages = PAGES.as_ref().map_err(|error| {
        minijinja::Error::new(minijinja::ErrorKind::InvalidOperation, error.to_string())
    })?;
    pages.get_template(name)?.render(context)
}
