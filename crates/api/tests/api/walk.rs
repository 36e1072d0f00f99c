//! A walk over every route of the document and through both front doors, as nobody, as a stranger tenant's
//! administrator and as accounts of the site with less than its administrator's rights. A route that the walk does
//! not know fails it.

mod route;
mod things;

use actix_web::http::Method;
use serde_json::json;

use crate::support::{
    Answer, Stage, entra,
    house::{Front, House},
    jira,
};
use route::{Lets, Route, routes};
use things::Things;

#[actix_web::test]
async fn the_walk_knows_every_route_of_the_document_and_no_other() {
    let document = serde_json::to_value(postroom_api::openapi::document()).unwrap();
    let mut documented = Vec::new();
    for (path, item) in document["paths"].as_object().unwrap() {
        let methods = item.as_object().unwrap().keys();
        documented.extend(methods.map(|method| format!("{method} {path}")));
    }
    let known = routes().into_iter();
    let mut known: Vec<_> = known.map(|route| route.name()).collect();
    documented.sort();
    known.sort();
    assert_eq!(documented, known);
}

#[actix_web::test]
async fn nobody_gets_401_whatever_is_asked_for() {
    let stage = Stage::new().await;
    let connect = stage.house(Front::Connect, "acme").await;
    let forge = stage.house(Front::Forge, "acme").await;
    let context_token = connect.tenant.context_token(jira::ADMIN);
    let invocation = stage.invocation(&forge, Some(jira::ADMIN));
    let nobodys = [
        String::new(),
        "JWT a.b.c".to_owned(),
        "Bearer a.b.c".to_owned(),
        format!("JWT {}", connect.tenant.request_token("GET", "/panel")),
        // Each is good in the other scheme.
        format!("JWT {invocation}"),
        format!("Bearer {context_token}"),
    ];
    for house in [&connect, &forge] {
        let things = Things::of(&stage, house, jira::PROJECT).await;
        for route in routes() {
            for path in [things.path(&route), route.path.replace("{id}", "not-an-id")] {
                for authorization in &nobodys {
                    for body in [None, Some(json!("rubbish"))] {
                        let answer = stage
                            .knock(authorization, route.method(), &path, body)
                            .await;
                        assert_eq!(answer.status, 401, "{} {}", route.name(), answer.text);
                        assert_eq!(answer.code(), "unauthorized");
                    }
                }
            }
        }
    }
    let nowhere = stage.knock("", Method::GET, "/no/such/route", None).await;
    nowhere.expect(401);
}

/// Forge takes 401 to mean that its token is bad. This one is good, and nobody is behind it.
#[actix_web::test]
async fn a_call_of_forge_without_a_person_gets_403() {
    let stage = Stage::new().await;
    let acme = stage.house(Front::Forge, "acme").await;
    let things = Things::of(&stage, &acme, jira::PROJECT).await;
    for route in routes() {
        let authorization = format!("Bearer {}", stage.invocation(&acme, None));
        let (path, body) = (things.path(&route), things.body(&route));
        let answer = stage
            .knock(&authorization, route.method(), &path, body)
            .await;
        assert_eq!(answer.status, 403, "{} {}", route.name(), answer.text);
        assert_eq!(answer.code(), "no_account");
    }
}

#[actix_web::test]
async fn what_is_a_strangers_and_what_never_was_are_told_alike() {
    for front in Front::BOTH {
        let stage = Stage::new().await;
        entra::accept_everything(&stage.microsoft).await;
        let acme = stage.house(front, "acme").await;
        let things = Things::of(&stage, &acme, jira::PROJECT).await;
        let never = Things::that_never_were(&stage);
        for stranger_comes_by in Front::BOTH {
            let globex = stage.house(stranger_comes_by, "globex").await;
            let before = stage.everything_of(&acme.tenant).await;
            for route in routes() {
                let answer = ask(&stage, &globex, jira::ADMIN, &route, &things).await;
                let shown = format!("{front:?} {} {}", route.name(), answer.text);
                assert!(
                    !things.are_in(&answer.text),
                    "{shown} shows a stranger's id"
                );
                if route.is_of_a_thing {
                    let other = ask(&stage, &globex, jira::ADMIN, &route, &never).await;
                    assert_eq!(answer.status, 404, "{shown}");
                    assert_eq!(seen(&answer), seen(&other), "{shown}");
                } else {
                    assert!(answer.status.is_success(), "{shown}");
                }
            }
            assert_eq!(stage.everything_of(&acme.tenant).await, before);
        }
    }
}

async fn ask(stage: &Stage, house: &House, account: &str, route: &Route, about: &Things) -> Answer {
    let (path, body) = (about.path(route), about.body(route));
    stage
        .visit(house, account, route.method(), &path, body)
        .await
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
    for front in Front::BOTH {
        let stage = Stage::new().await;
        let acme = stage.house(front, "acme").await;
        let things = Things::of(&stage, &acme, jira::PROJECT).await;
        let before = stage.everything().await;
        for route in routes() {
            let answer = ask(&stage, &acme, jira::AGENT, &route, &things).await;
            expect_lets(&route, Lets::Everybody, &answer);
        }
        assert_eq!(stage.everything().await, before);
    }
}

#[actix_web::test]
async fn who_administers_a_project_sees_what_is_of_it_and_no_more() {
    for front in Front::BOTH {
        let stage = Stage::new().await;
        let acme = stage.house(front, "acme").await;
        let own = Things::of(&stage, &acme, jira::PROJECT).await;
        let other = Things::of(&stage, &acme, "10001").await;
        let never = Things::that_never_were(&stage);
        for route in routes() {
            let answer = ask(&stage, &acme, jira::PROJECT_ADMIN, &route, &own).await;
            expect_lets(&route, Lets::Viewers, &answer);
            let shown = format!("{front:?} {} {}", route.name(), answer.text);
            assert!(!other.are_in(&answer.text), "{shown}");
            if route.lets == Lets::Viewers {
                let answer = ask(&stage, &acme, jira::PROJECT_ADMIN, &route, &other).await;
                assert!(!other.are_in(&answer.text), "{shown}");
                if route.is_of_a_thing {
                    let nothing = ask(&stage, &acme, jira::PROJECT_ADMIN, &route, &never).await;
                    assert_eq!(answer.status, 404, "{shown}");
                    assert_eq!(seen(&answer), seen(&nothing), "{shown}");
                } else {
                    assert!(own.are_in(&answer.text), "{shown}");
                }
            }
        }
        let me = stage
            .visit(&acme, jira::PROJECT_ADMIN, Method::GET, "/me", None)
            .await;
        assert_eq!(me.json()["role"], "project_administrator");
    }
}

/// Whether somebody of this rank is let in, or told that they may not.
fn expect_lets(route: &Route, rank: Lets, answer: &Answer) {
    let shown = format!("{} {}", route.name(), answer.text);
    if route.lets <= rank {
        assert_eq!(answer.status, 200, "{shown}");
    } else {
        assert_eq!(answer.status, 403, "{shown}");
        assert_eq!(answer.code(), "not_an_administrator", "{shown}");
    }
}
