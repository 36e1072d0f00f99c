//! What there is to walk: a line for each route of the document.

use actix_web::http::Method;
use serde_json::{Value, json};

/// Who of a site may use a route.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Lets {
    /// Every account of the site.
    Everybody,
    /// Who administers a project that mail goes to, and sees what belongs to it.
    Viewers,
    /// Who administers Jira.
    Administrators,
}
use Lets::{Administrators, Everybody, Viewers};

/// A route, and a good body for it.
pub(super) struct Route {
    method: &'static str,
    /// As it stands in the document, with a query where it needs one.
    pub(super) path: &'static str,
    pub(super) lets: Lets,
    /// Whether path or body names one thing, or it changes one. Else the answer is made of what the caller's own site
    /// has.
    pub(super) is_of_a_thing: bool,
    body: Option<fn() -> Value>,
}

impl Route {
    pub(super) fn method(&self) -> Method {
        self.method.to_uppercase().parse().unwrap()
    }

    /// As the document names it.
    pub(super) fn name(&self) -> String {
        let path = self.path.split('?').next().unwrap_or_default();
        format!("{} {path}", self.method)
    }

    /// `SOURCE` in it stands for the id of a source, `GRANT` for that of a grant.
    pub(super) fn body(&self) -> Option<Value> {
        self.body.map(|body| body())
    }
}

const fn get(path: &'static str, lets: Lets) -> Route {
    route("get", path, lets, None)
}

const fn post(path: &'static str) -> Route {
    route("post", path, Administrators, None)
}

const fn with(method: &'static str, path: &'static str, body: fn() -> Value) -> Route {
    route(method, path, Administrators, Some(body))
}

const fn route(
    method: &'static str,
    path: &'static str,
    lets: Lets,
    body: Option<fn() -> Value>,
) -> Route {
    Route {
        method,
        path,
        lets,
        is_of_a_thing: has_id(path) || method.as_bytes()[0] != b'g',
        body,
    }
}

const fn has_id(path: &str) -> bool {
    let (bytes, mut at) = (path.as_bytes(), 0);
    while at < bytes.len() {
        if bytes[at] == b'{' {
            return true;
        }
        at += 1;
    }
    false
}

/// What makes a thing of the caller's own site, wherever it is asked.
const fn makes(path: &'static str, body: fn() -> Value) -> Route {
    Route {
        is_of_a_thing: false,
        ..with("post", path, body)
    }
}

fn rename() -> Value {
    json!({ "name": "Stolen" })
}

/// Every route.
pub(super) fn routes() -> Vec<Route> {
    let mut routes = of_connections();
    routes.extend(of_microsoft());
    routes.extend(of_mails());
    routes
}

fn of_mails() -> Vec<Route> {
    vec![
        get("/me", Everybody),
        get("/overview", Administrators),
        get("/jira/projects", Administrators),
        get("/mails", Viewers),
        get("/mails/{id}", Viewers),
        get("/mails/{id}/raw", Viewers),
        post("/mails/{id}/retry"),
        get("/notifications", Administrators),
        get("/alert-channels", Administrators),
        makes(
            "/alert-channels",
            || json!({ "kind": "mail", "name": "Eve", "target": "eve@globex.example" }),
        ),
        with("patch", "/alert-channels/{id}", rename),
        route("delete", "/alert-channels/{id}", Administrators, None),
        post("/alert-channels/{id}/test"),
        get("/incidents", Administrators),
        get("/audit", Administrators),
        get("/audit/export?format=csv", Administrators),
        get("/move", Administrators),
        post("/move"),
    ]
}

fn of_microsoft() -> Vec<Route> {
    vec![
        get("/sign-ins", Administrators),
        with(
            "post",
            "/sign-ins",
            || json!({ "purpose": "source", "source_id": "SOURCE" }),
        ),
        get("/sign-ins/{id}", Administrators),
        route("delete", "/sign-ins/{id}", Administrators, None),
        post("/sign-ins/{id}/take"),
        post("/sign-ins/{id}/ask-approval"),
        get("/grants", Administrators),
        get("/microsoft", Administrators),
        get("/registrations", Administrators),
        get("/registrations/{id}", Administrators),
        get("/registrations/guide", Administrators),
        makes("/registrations", || {
            json!({
                "name": "Eve", "cloud": "global", "client_id": "7b9103a5-4610-446b-9670-80643382c1fa",
                "secret": "a~secret.that-nobody_sees",
            })
        }),
        with("patch", "/registrations/{id}", rename),
        route("delete", "/registrations/{id}", Administrators, None),
        post("/registrations/{id}/check"),
    ]
}

fn of_connections() -> Vec<Route> {
    vec![
        get("/sources", Viewers),
        with(
            "post",
            "/sources",
            || json!({ "grant_id": "GRANT", "mailbox": "eve@globex.example", "protocol": "graph" }),
        ),
        get("/sources/{id}", Viewers),
        with("patch", "/sources/{id}", rename),
        route("delete", "/sources/{id}", Administrators, None),
        post("/sources/{id}/ping"),
        post("/sources/{id}/pause"),
        post("/sources/{id}/resume"),
        post("/sources/{id}/poll"),
        get("/sources/{id}/folders", Administrators),
        get("/sources/{id}/history", Viewers),
        post("/sources/{id}/reconcile"),
        post("/sources/{id}/move-to-graph"),
        get("/outbounds", Administrators),
        with(
            "post",
            "/outbounds",
            || json!({ "grant_id": "GRANT", "mailbox": "eve@globex.example", "protocol": "graph" }),
        ),
        get("/outbounds/{id}/history", Administrators),
        post("/outbounds/{id}/move-to-graph"),
        get("/outbounds/{id}", Administrators),
        with("patch", "/outbounds/{id}", rename),
        route("delete", "/outbounds/{id}", Administrators, None),
        post("/outbounds/{id}/ping"),
        post("/outbounds/{id}/pause"),
        post("/outbounds/{id}/resume"),
        with(
            "post",
            "/outbounds/{id}/test",
            || json!({ "to": "eve@globex.example" }),
        ),
    ]
}
