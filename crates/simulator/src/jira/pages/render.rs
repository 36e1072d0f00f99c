//! Pages from templates.

use std::sync::LazyLock;

use actix_web::{
    HttpResponse,
    cookie::{Cookie, SameSite},
    http::StatusCode,
};
use minijinja::{Environment, Value, context};

use super::visitor::Visitor;
use crate::jira::{
    audience::Audience,
    error::JiraError,
    gate::SESSION_COOKIE,
    model::{project::Project, state::State},
    site::Site,
};

const TEMPLATES: [(&str, &str); 8] = [
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
        "forge.html",
        include_str!("../../../templates/jira/forge.html"),
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

/// Projects, and the apps' pages that the visitor may see.
fn nav(site: &Site, visitor: &Visitor) -> Value {
    let state = site.state();
    let projects: Vec<Value> = state
        .projects
        .iter()
        .map(|one| context! { key => one.key.clone(), name => one.name.clone() })
        .collect();
    context! { projects => projects, pages => links(&state, visitor, None) }
}

/// Pages of the installed apps that the visitor may see: of a project's settings, or of the site.
pub(super) fn links(state: &State, visitor: &Visitor, project: Option<&Project>) -> Vec<Value> {
    let Some(user) = state.user(&visitor.account_id) else {
        return Vec::new();
    };
    let query = project.map(|project| format!("?project={}", project.key));
    let query = query.unwrap_or_default();
    let shown = |audience: Audience| {
        audience.is_of_project() == project.is_some() && audience.has(user, project)
    };
    let connect = state.app.iter().flat_map(|app| {
        let key = app.descriptor.key.clone();
        let pages = app.descriptor.pages().into_iter();
        pages.map(move |page| {
            let url = format!("/plugins/{key}/{}", page.key);
            (url, page.name, page.audience)
        })
    });
    let forge = state.forge.iter().flat_map(|app| {
        let pages = app.manifest.pages().into_iter();
        pages.map(|page| (format!("/forge/{}", page.key), page.title, page.audience))
    });
    connect
        .chain(forge)
        .filter(|(_, _, audience)| shown(*audience))
        .map(|(url, name, _)| context! { url => format!("{url}{query}"), name => name })
        .collect()
}

fn render(name: &str, context: Value) -> Result<String, minijinja::Error> {
    let pages = PAGES.as_ref().map_err(|error| {
        minijinja::Error::new(minijinja::ErrorKind::InvalidOperation, error.to_string())
    })?;
    pages.get_template(name)?.render(context)
}
