//! A walk over every route of the document, as nobody, as a stranger tenant's administrator and as accounts of the
//! site with less than its administrator's rights. A route that the walk does not know fails it.

mod route;
mod things;

use actix_web::http::Method;
use serde_json::json;

use crate::support::{Answer, Stage, jira};
use route::{Lets, Route, routes};
use things::Things;

impl Route {
    fn method(&self) -> Method {
        self.method.to_uppercase().parse().unwrap()
    }
}

#[actix_web::test]
async fn the_walk_knows_every_route_of_the_document_and_no_other() {
    let document = serde_json::to_value(postroom_api::openapi::document()).unwrap();
    let mut documented = Vec::new();
    for (path, item) in document["paths"].as_object().unwrap() {
        let methods = item.as_object().unwrap().keys();
        documented.extend(methods.map(|method| (method.clone(), path.clone())));
    }
    let known = routes().into_iter();
    let mut known: Vec<_> = known
        .map(|it| (it.method.to_owned(), it.path.to_owned()))
        .collect();
    documented.sort();
    known.sort();
    assert_eq!(documented, known);
}

#[actix_web::test]
async fn nobody_gets_401_whatever_is_asked_for() {
    let stage = Stage::new().await;
    let acme = stage.tenant("acme").await;
    let things = Things::of(&stage, &acme).await;
    let page_token = acme.request_token("GET", "/panel");
    for route in routes() {
        for path in [things.path(&route), route.path.replace("{id}", "not-an-id")] {
            for token in ["", "a.b.c", &page_token] {
                for body in [None, Some(json!("rubbish"))] {
                    let answer = stage.panel(token, route.method(), &path, body).await;
                    assert_eq!(
                        answer.status, 401,
                        "{} {path} {}",
                        route.method, answer.text
                    );
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
async fn what_is_a_strangers_and_what_never_was_are_told_alike() {
    let stage = Stage::new().await;
    let (acme, globex) = (stage.tenant("acme").await, stage.tenant("globex").await);
    let things = Things::of(&stage, &acme).await;
    let never = Things::that_never_were(&stage);
    let before = stage.everything_of(&acme).await;
    for route in routes() {
        let ask = async |about: &Things| {
            let (path, body) = (about.path(&route), about.body(&route));
            stage.admin(&globex, route.method(), &path, body).await
        };
        let answer = ask(&things).await;
        let shown = format!("{} {} {}", route.method, route.path, answer.text);
        assert!(
            !things.are_in(&answer.text),
            "{shown} shows a stranger's id"
        );
        if route.is_of_a_thing {
            assert_eq!(answer.status, 404, "{shown}");
            assert_eq!(seen(&answer), seen(&ask(&never).await), "{shown}");
        } else {
            assert_eq!(answer.status, 200, "{shown}");
        }
    }
    assert_eq!(stage.everything_of(&acme).await, before);
}

/// All of an answer but the id of the request.
fn seen(answer: &Answer) -> (u16, Vec<(String, String)>, String) {
    let id = answer.header("x-request-id").to_owned();
    let headers = answer.headers.iter().map(|(name, value)| {
        let value = value.to_str().unwrap().replace(&id, "");
        (name.to_string(), value)
    });
    let mut headers: Vec<_> = headers.collect();
    headers.sort();
    (
        answer.status.as_u16(),
        headers,
        answer.text.replace(&id, ""),
    )
}

#[actix_web::test]
async fn who_administers_nothing_gets_403() {
    let stage = Stage::new().await;
    let acme = stage.tenant("acme").await;
    let things = Things::of(&stage, &acme).await;
    let before = stage.everything().await;
    let agent = acme.context_token(jira::AGENT);
    for route in routes() {
        let (path, body) = (things.path(&route), things.body(&route));
        let answer = stage.panel(&agent, route.method(), &path, body).await;
        expect_lets(&route, Lets::Everybody, &answer);
    }
    assert_eq!(stage.everything().await, before);
}

/// Whether somebody of this rank is let in, or told that they may not.
fn expect_lets(route: &Route, rank: Lets, answer: &Answer) {
    let shown = format!("{} {} {}", route.method, route.path, answer.text);
    if route.lets <= rank {
        assert_eq!(answer.status, 200, "{shown}");
    } else {
        assert_eq!(answer.status, 403, "{shown}");
        assert_eq!(answer.code(), "not_an_administrator", "{shown}");
    }
}
