//! Every route of the document is tried as nobody, as a stranger tenant's administrator and as somebody who does not
//! administer Jira. A route that is missing in the table fails the test.

use actix_web::http::Method;
use serde_json::{Value, json};

use crate::support::{Stage, book::Tenant, jira};

/// What a stranger tenant's administrator gets.
#[derive(Clone, Copy, PartialEq)]
enum Stranger {
    /// Their own things, of which there are none.
    OwnThings,
    /// Not found: it names a thing of another tenant.
    NotFound,
}
use Stranger::{NotFound, OwnThings};

/// Method, path, a good body, and what a stranger gets.
fn table() -> Vec<(&'static str, &'static str, Option<Value>, Stranger)> {
    vec![
        ("get", "/me", None, OwnThings),
        ("get", "/overview", None, OwnThings),
        ("get", "/jira/projects", None, OwnThings),
        (
            "post",
            "/sign-ins",
            Some(json!({ "purpose": "source", "connection_id": "SOURCE" })),
            NotFound,
        ),
        ("get", "/sign-ins/{id}", None, NotFound),
        ("post", "/sign-ins/{id}/take", None, NotFound),
        ("get", "/sources", None, OwnThings),
        ("get", "/sources/{id}", None, NotFound),
        (
            "patch",
            "/sources/{id}",
            Some(json!({ "name": "Stolen" })),
            NotFound,
        ),
        ("delete", "/sources/{id}", None, NotFound),
        ("post", "/sources/{id}/ping", None, NotFound),
        ("post", "/sources/{id}/pause", None, NotFound),
        ("post", "/sources/{id}/resume", None, NotFound),
        ("post", "/sources/{id}/poll", None, NotFound),
        ("get", "/outbounds", None, OwnThings),
        ("get", "/outbounds/{id}", None, NotFound),
        (
            "patch",
            "/outbounds/{id}",
            Some(json!({ "name": "Stolen" })),
            NotFound,
        ),
        ("delete", "/outbounds/{id}", None, NotFound),
        ("post", "/outbounds/{id}/ping", None, NotFound),
        ("post", "/outbounds/{id}/pause", None, NotFound),
        ("post", "/outbounds/{id}/resume", None, NotFound),
        (
            "post",
            "/outbounds/{id}/test",
            Some(json!({ "to": "eve@globex.example" })),
            NotFound,
        ),
        ("get", "/mails", None, OwnThings),
        ("get", "/mails/{id}", None, NotFound),
        ("get", "/mails/{id}/raw", None, NotFound),
        ("post", "/mails/{id}/retry", None, NotFound),
        ("get", "/notifications", None, OwnThings),
    ]
}

/// Acme's things, one of each kind.
struct Things {
    source: String,
    outbound: String,
    mail: String,
    sign_in: String,
}

impl Things {
    async fn of(stage: &Stage, acme: &Tenant) -> Self {
        let source = stage.source(acme).await;
        let begun = stage
            .admin(
                acme,
                Method::POST,
                "/sign-ins",
                Some(json!({ "purpose": "both" })),
            )
            .await;
        Self {
            outbound: stage.outbound(acme).await.to_string(),
            mail: stage.mail(acme, source, "printer").await.to_string(),
            sign_in: begun.expect(201).json()["id"].as_str().unwrap().to_owned(),
            source: source.to_string(),
        }
    }

    fn path(&self, path: &str) -> String {
        let id = match path.split('/').nth(1) {
            Some("sources") => &self.source,
            Some("outbounds") => &self.outbound,
            Some("mails") => &self.mail,
            Some("sign-ins") => &self.sign_in,
            _ => "",
        };
        path.replace("{id}", id)
    }

    fn body(&self, body: Option<Value>) -> Option<Value> {
        let text = body?.to_string().replace("SOURCE", &self.source);
        Some(serde_json::from_str(&text).unwrap())
    }
}

fn routes() -> Vec<(String, String)> {
    let document = serde_json::to_value(postroom_api::openapi::document()).unwrap();
    let paths = document["paths"].as_object().unwrap();
    let of_path = |(path, item): (&String, &Value)| {
        let methods = item.as_object().unwrap().keys().cloned();
        let path = path.clone();
        methods
            .map(move |method| (method, path.clone()))
            .collect::<Vec<_>>()
    };
    paths.iter().flat_map(of_path).collect()
}

#[actix_web::test]
async fn the_table_has_every_route_of_the_document_and_no_other() {
    let mut documented = routes();
    let mut tried: Vec<_> = table()
        .iter()
        .map(|(method, path, ..)| ((*method).to_owned(), (*path).to_owned()))
        .collect();
    documented.sort();
    tried.sort();
    assert_eq!(documented, tried);
}

#[actix_web::test]
async fn nobody_gets_401_whatever_is_asked_for() {
    let stage = Stage::new().await;
    let acme = stage.tenant("acme").await;
    let things = Things::of(&stage, &acme).await;
    let page_token = acme.request_token("GET", "/panel");
    for (method, path) in routes() {
        let method: Method = method.to_uppercase().parse().unwrap();
        for path in [things.path(&path), path.replace("{id}", "not-an-id")] {
            for token in ["", "a.b.c", &page_token] {
                for body in [None, Some(json!("rubbish"))] {
                    let answer = stage.panel(token, method.clone(), &path, body).await;
                    assert_eq!(answer.status, 401, "{method} {path} {}", answer.text);
                    assert_eq!(answer.code(), "unauthorized");
                }
            }
        }
    }
    stage
        .panel("", Method::GET, "/no/such/route", None)
        .await
        .expect(401);
}

#[actix_web::test]
async fn a_stranger_finds_nothing_and_changes_nothing() {
    let stage = Stage::new().await;
    let (acme, globex) = (stage.tenant("acme").await, stage.tenant("globex").await);
    let things = Things::of(&stage, &acme).await;
    for (method, path, body, expected) in table() {
        let method: Method = method.to_uppercase().parse().unwrap();
        let (path, body) = (things.path(path), things.body(body));
        let answer = stage.admin(&globex, method.clone(), &path, body).await;
        match expected {
            OwnThings => assert_eq!(answer.status, 200, "{method} {path} {}", answer.text),
            NotFound => {
                assert_eq!(answer.status, 404, "{method} {path} {}", answer.text);
                assert_eq!(answer.code(), "not_found");
            }
        }
        for id in [
            &things.source,
            &things.outbound,
            &things.mail,
            &things.sign_in,
        ] {
            assert!(
                !answer.text.contains(id.as_str()),
                "{method} {path} shows another tenant's id"
            );
        }
    }
    let source = format!("/sources/{}", things.source);
    let kept = stage
        .admin(&acme, Method::GET, &source, None)
        .await
        .expect(200)
        .json();
    assert_eq!(
        (&kept["name"], &kept["state"]["code"]),
        (&json!("ann@contoso.example"), &json!("needs_target"))
    );
    let outbound = format!("/outbounds/{}", things.outbound);
    let kept = stage
        .admin(&acme, Method::GET, &outbound, None)
        .await
        .expect(200)
        .json();
    assert_eq!(
        (&kept["name"], &kept["state"]["code"]),
        (&json!("ann@contoso.example"), &json!("active"))
    );
}

#[actix_web::test]
async fn who_does_not_administer_jira_gets_403() {
    let stage = Stage::new().await;
    let acme = stage.tenant("acme").await;
    let things = Things::of(&stage, &acme).await;
    let agent = acme.context_token(jira::AGENT);
    for (method, path, body, _) in table().into_iter().filter(|(_, path, ..)| *path != "/me") {
        let method: Method = method.to_uppercase().parse().unwrap();
        let answer = stage
            .panel(
                &agent,
                method.clone(),
                &things.path(path),
                things.body(body),
            )
            .await;
        assert_eq!(answer.status, 403, "{method} {path} {}", answer.text);
        assert_eq!(answer.code(), "not_an_administrator");
    }
}
