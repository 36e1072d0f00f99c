use postroom_simulator::{Options, Simulator};
use reqwest::Method;
use serde_json::{Value, json};

use crate::{
    browser::{graph, tokens},
    world::{SCOPE, SUPPORT, World},
};

#[tokio::test]
async fn every_request_of_the_hosts_is_remembered_and_no_page_for_people() {
    let world = World::start().await;
    let graph = graph(&world, SUPPORT, SCOPE).await;
    world
        .control(Method::DELETE, "/requests", &Value::Null)
        .await;
    graph.get("/me/messages?$top=1").await;
    world.http.get(world.url("/webmail")).send().await.unwrap();
    world
        .http
        .get(world.url("/common/discovery/v2.0/keys"))
        .send()
        .await
        .unwrap();
    let requests = world.look("/requests").await;
    let [first, second] = requests.as_array().unwrap().as_slice() else {
        panic!("{requests}")
    };
    assert_eq!(
        (&first["host"], &first["path"], &first["query"]),
        (
            &json!("graph"),
            &json!("/v1.0/me/messages"),
            &json!("$top=1")
        )
    );
    assert_eq!(
        (&second["host"], &second["status"]),
        (&json!("login"), &json!(200))
    );
    let since = first["seq"].as_u64().unwrap();
    assert_eq!(
        world
            .look(&format!("/requests?since={since}"))
            .await
            .as_array()
            .unwrap()
            .len(),
        1
    );
    assert_eq!(
        world
            .look("/requests?host=graph")
            .await
            .as_array()
            .unwrap()
            .len(),
        1
    );
}

#[tokio::test]
async fn a_new_user_signs_in_and_has_a_mailbox() {
    let world = World::start().await;
    let user =
        json!({ "address": "Dora@globex.example", "display_name": "Dora", "directory": "globex" });
    let url = format!("{}/microsoft/users", world.simulator.control_url());
    assert_eq!(
        world
            .http
            .post(&url)
            .json(&user)
            .send()
            .await
            .unwrap()
            .status(),
        404
    );
    world
        .control(
            Method::POST,
            "/microsoft/directories",
            &json!({ "name": "globex" }),
        )
        .await;
    world.control(Method::POST, "/microsoft/users", &user).await;
    tokens(&world, "dora@globex.example", SCOPE).await;
    world
        .drop_mail("dora@globex.example", "Subject: x\r\n\r\ny")
        .await;
    let mails = world
        .look("/microsoft/mailboxes/dora@globex.example/mails")
        .await;
    assert_eq!(
        (&mails[0]["subject"], &mails[0]["folder"]),
        (&json!("x"), &json!("inbox"))
    );
}

#[tokio::test]
async fn the_clock_moves() {
    let world = World::start().await;
    let moved = world
        .control(Method::POST, "/clock", &json!({ "advance_seconds": 90 }))
        .await;
    assert_eq!(moved["now"], "2026-11-24T12:01:30Z");
}

#[tokio::test]
async fn a_port_in_use_is_named_with_its_flag() {
    let world = World::start().await;
    let port = url::Url::parse(world.simulator.control_url())
        .unwrap()
        .port()
        .unwrap();
    let taken = Options {
        control_port: port,
        jira_sites: Vec::new(),
        ..Options::ephemeral()
    };
    let error = Simulator::start(taken).await.unwrap_err().to_string();
    assert!(
        error.contains(&port.to_string()) && error.contains("--control-port"),
        "{error}"
    );
}

#[tokio::test]
async fn a_stopped_simulator_is_gone() {
    let world = World::start().await;
    let url = world.url("/webmail");
    world.simulator.stop().await;
    assert!(world.http.get(url).send().await.is_err());
}

#[tokio::test]
async fn a_mail_can_have_come_earlier() {
    let world = World::start().await;
    let graph = graph(&world, SUPPORT, SCOPE).await;
    let url = format!(
        "{}/microsoft/mailboxes/{SUPPORT}/mails?received=2026-11-20T08:00:00Z",
        world.simulator.control_url()
    );
    let raw = crate::world::mail("earlier");
    assert_eq!(
        world
            .http
            .post(url)
            .body(raw)
            .send()
            .await
            .unwrap()
            .status(),
        201
    );
    let told = graph.get("/me/messages").await;
    assert_eq!(told["value"][0]["receivedDateTime"], "2026-11-20T08:00:00Z");
}
