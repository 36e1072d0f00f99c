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

#[tokio::test]
async fn graph_fails_with_a_code_and_its_status() {
    let world = World::start().await;
    let graph = graph(&world, SUPPORT, SCOPE).await;
    for (code, status) in [
        ("ErrorQuotaExceeded", 507),
        ("MailboxNotEnabledForRESTAPI", 404),
        ("ApplicationThrottled", 429),
    ] {
        world
            .fault(json!({ "host": "graph", "response_code": code }))
            .await;
        assert_eq!(
            graph.refused(graph.ask(Method::GET, "/me")).await,
            (status, code.to_owned())
        );
    }
    world
        .fault(json!({ "host": "graph", "response_code": "insufficient_claims" }))
        .await;
    let answer = graph.ask(Method::GET, "/me").send().await.unwrap();
    assert_eq!(answer.status(), 401);
    let challenge = answer.headers()["www-authenticate"].to_str().unwrap();
    assert!(challenge.contains("error=\"insufficient_claims\", claims=\""));
}

#[tokio::test]
async fn silence_lasts_for_its_time_whatever_is_asked() {
    let world = World::start().await;
    let graph = graph(&world, SUPPORT, SCOPE).await;
    let silent = |how: &str| json!({ "host": "graph", "silent": how, "for_seconds": 3600 });
    world.fault(silent("empty")).await;
    for _ in 0..3 {
        let answer = graph.ask(Method::GET, "/me/messages").send().await.unwrap();
        assert_eq!(answer.status(), 200);
        assert_eq!(answer.text().await.unwrap(), "");
    }
    world.clock.advance(chrono::TimeDelta::hours(1));
    assert_eq!(world.look("/faults").await, json!([]));
    let graph = crate::browser::graph(&world, SUPPORT, SCOPE).await;
    assert!(graph.get("/me/messages").await["value"].is_array());
    world.fault(silent("empty_pages")).await;
    let page = graph.get("/me/mailFolders/inbox/messages/delta").await;
    assert_eq!(page["value"], json!([]));
    assert!(
        page["@odata.nextLink"]
            .as_str()
            .unwrap()
            .ends_with("/v1.0/me/mailFolders/inbox/messages/delta")
    );
    world.control(Method::DELETE, "/faults", &Value::Null).await;
    world.fault(silent("hang")).await;
    let asked = tokio::spawn(graph.ask(Method::GET, "/me").send());
    let waits = |request: &Value| request["path"] == "/v1.0/me" && request["status"] == 0;
    while !world
        .look("/requests")
        .await
        .as_array()
        .unwrap()
        .iter()
        .any(waits)
    {}
    world.clock.advance(chrono::TimeDelta::hours(1));
    assert!(asked.await.unwrap().is_err(), "no answer, ever");
}

#[tokio::test]
async fn a_code_at_the_sign_in_is_a_page_or_an_error_for_the_application() {
    let world = World::start().await;
    let at = |code: u32, error: Option<&str>| json!({ "host": "login", "match": "/authorize", "code": code, "body": error.map(|error| json!({ "error": error })) });
    world.fault(at(50194, None)).await;
    let page = Browser::new()
        .open(&authorize_url(&world, "common", &[]))
        .await;
    assert!(page.page().html.contains("AADSTS50194"));
    world.fault(at(50194, Some("unauthorized_client"))).await;
    let told = Browser::new()
        .open(&authorize_url(&world, "common", &[]))
        .await
        .back();
    assert_eq!(told["error"], "unauthorized_client");
    assert!(told["error_description"].starts_with("AADSTS50194"));
}
