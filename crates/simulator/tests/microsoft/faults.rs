use reqwest::Method;
use serde_json::{Value, json};

use crate::{
    browser::{Browser, authorize_url, graph, redemption, sign_in},
    world::{SCOPE, SUPPORT, World, mail},
};

#[tokio::test]
async fn a_fault_meets_its_requests_so_many_times() {
    let world = World::start().await;
    let graph = graph(&world, SUPPORT, SCOPE).await;
    let id = world.drop_mail(SUPPORT, mail("x")).await;
    let path = format!("/me/messages/{id}/$value");
    world.fault(json!({ "host": "graph", "match": "/$value", "status": 504, "times": 2, "headers": { "retry-after": "7" } })).await;
    for _ in 0..2 {
        let answer = graph.ask(Method::GET, &path).send().await.unwrap();
        assert_eq!(
            (answer.status().as_u16(), &answer.headers()["retry-after"]),
            (504, &"7".parse().unwrap())
        );
        assert_eq!(
            answer.json::<Value>().await.unwrap()["error"]["code"],
            "UnknownError"
        );
        graph.get("/me/messages").await;
    }
    assert_eq!(
        graph.ask(Method::GET, &path).send().await.unwrap().status(),
        200
    );
}

#[tokio::test]
async fn a_dropped_request_has_no_answer_and_no_effect() {
    let world = World::start().await;
    let graph = graph(&world, SUPPORT, SCOPE).await;
    let path = format!("/me/messages/{}", world.drop_mail(SUPPORT, mail("x")).await);
    world
        .fault(json!({ "host": "graph", "method": "PATCH", "drop": true }))
        .await;
    let request = graph
        .ask(Method::PATCH, &path)
        .json(&json!({ "isRead": true }));
    let error = request.send().await.unwrap_err();
    assert!(error.status().is_none());
    assert_eq!(graph.get(&path).await["isRead"], false);
}

#[tokio::test]
async fn after_commit_the_work_is_done_and_nobody_hears() {
    let world = World::start().await;
    let graph = graph(&world, SUPPORT, SCOPE).await;
    let path = format!("/me/messages/{}", world.drop_mail(SUPPORT, mail("x")).await);
    let edit = |read: bool| {
        graph
            .ask(Method::PATCH, &path)
            .json(&json!({ "isRead": read }))
    };
    world
        .fault(json!({ "host": "graph", "method": "PATCH", "after_commit": true }))
        .await;
    edit(true).send().await.unwrap_err();
    assert_eq!(graph.get(&path).await["isRead"], true);
    world
        .fault(json!({ "host": "graph", "method": "PATCH", "after_commit": true, "status": 503 }))
        .await;
    assert_eq!(edit(false).send().await.unwrap().status(), 503);
    assert_eq!(graph.get(&path).await["isRead"], false);
    let requests = world.look("/requests?host=graph").await;
    let statuses: Vec<_> = requests
        .as_array()
        .unwrap()
        .iter()
        .map(|request| request["status"].as_u64().unwrap())
        .collect();
    assert_eq!(
        statuses,
        [0, 200, 503, 200],
        "a dropped request is remembered without a status"
    );
}

#[tokio::test]
async fn the_login_host_fails_with_a_number() {
    let world = World::start().await;
    let back = sign_in(&world, SUPPORT, &[]).await;
    world.fault(json!({ "host": "login", "match": "/token", "code": 53003, "body": { "claims": "{}" } })).await;
    let answer = world.token(&redemption(&back["code"])).await;
    assert_eq!(answer.status(), 400);
    let body: Value = answer.json().await.unwrap();
    assert_eq!(
        (&body["error"], &body["error_codes"]),
        (&json!("invalid_grant"), &json!([53003]))
    );
    assert_eq!(
        (&body["suberror"], &body["claims"]),
        (&json!("message_only"), &json!("{}"))
    );
    world
        .fault(json!({ "host": "login", "match": "/token", "code": 90033 }))
        .await;
    assert_eq!(world.token(&redemption(&back["code"])).await.status(), 503);
    assert_eq!(
        world.token(&redemption(&back["code"])).await.status(),
        200,
        "the code was not used up"
    );
    world
        .fault(json!({ "host": "login", "match": "/authorize", "code": 50105 }))
        .await;
    let told = Browser::new()
        .open(&authorize_url(&world, "common", &[]))
        .await
        .back();
    assert_eq!(told["error"], "interaction_required");
    world
        .fault(json!({ "host": "login", "match": "/authorize", "code": 650052 }))
        .await;
    assert!(
        Browser::new()
            .open(&authorize_url(&world, "common", &[]))
            .await
            .page()
            .html
            .contains("AADSTS650052")
    );
}

#[tokio::test]
async fn faults_can_be_taken_back_and_nonsense_is_refused() {
    let world = World::start().await;
    world
        .fault(json!({ "host": "graph", "status": 500, "times": 1000 }))
        .await;
    assert_eq!(world.look("/faults").await.as_array().unwrap().len(), 1);
    world.control(Method::DELETE, "/faults", &Value::Null).await;
    assert_eq!(world.look("/faults").await, json!([]));
    let url = format!("{}/microsoft/faults", world.simulator.control_url());
    for wrong in [
        json!({}),
        json!({ "host": "graph" }),
        json!({ "host": "graph", "code": 50173 }),
        json!({ "host": "login", "colour": 1, "drop": true }),
    ] {
        let answer = world.http.post(&url).json(&wrong).send().await.unwrap();
        assert_eq!(answer.status(), 400, "{wrong}");
        assert!(answer.json::<Value>().await.unwrap()["error"].is_string());
    }
}
