//! What becomes of an installed app: rotation, rename, import, and the ways of its end.

use reqwest::Method;
use serde_json::{Value, json};

use crate::{
    app::Received,
    world::{Answer, World, claims},
};

async fn post(world: &World, path: &str, body: Value) -> Answer {
    let path = format!("/jira/acme/{path}");
    world.control(Method::POST, &path, Some(body)).await
}

fn last(all: Vec<Received>) -> Received {
    all.into_iter().next_back().unwrap()
}

#[tokio::test]
async fn a_rotation_brings_another_secret_to_the_same_tenant() {
    let world = World::installed().await;
    let before = world.site().await;
    let rotated = post(&world, "rotate-secret", json!({})).await;
    assert_eq!(rotated.body["status"], 204, "{rotated:?}");
    let after = world.site().await;
    assert_eq!(before["client_key"], after["client_key"]);
    assert_ne!(before["shared_secret"], after["shared_secret"]);
    let told = last(world.app.received("/installed"));
    assert_eq!(told.body["sharedSecret"], after["shared_secret"]);
    world.app.answer("/installed", &[500]);
    assert_eq!(post(&world, "rotate-secret", json!({})).await.status, 422);
    assert_eq!(world.site().await["shared_secret"], after["shared_secret"]);
    world.stop().await;
}

#[tokio::test]
async fn a_renamed_site_keeps_its_key_and_its_secret() {
    let world = World::installed().await;
    let before = world.site().await;
    let moved = world.url("").replace("localhost", "127.0.0.1");
    let wanted = json!({"base_url": moved, "display_url": "https://jira.example.com"});
    let renamed = post(&world, "rename", wanted).await;
    assert_eq!(renamed.body["status"], 204, "{renamed:?}");
    let told = last(world.app.received("/installed")).body;
    assert_eq!(told["baseUrl"], moved);
    assert_eq!(told["displayUrl"], "https://jira.example.com");
    assert_eq!(told["clientKey"], before["client_key"]);
    assert_eq!(told["sharedSecret"], before["shared_secret"]);
    let info = world
        .call(Method::GET, "/rest/api/3/serverInfo", None)
        .await;
    assert_eq!(info.body["displayUrl"], "https://jira.example.com");
    assert_eq!(info.body["baseUrl"], moved);
    post(&world, "rename", json!({"display_url": ""})).await;
    assert!(world.site().await["display_url"].is_null());
    let wrong = post(
        &world,
        "rename",
        json!({"base_url": "http://localhost/path"}),
    )
    .await;
    assert_eq!(wrong.status, 400);
    world.stop().await;
}

#[tokio::test]
async fn an_imported_site_comes_back_under_another_key() {
    let world = World::installed().await;
    let before = world.site().await;
    let imported = post(&world, "import", json!({})).await;
    let after = world.site().await;
    assert_eq!(imported.body["client_key"], after["client_key"]);
    assert_ne!(before["client_key"], after["client_key"]);
    assert_eq!(before["cloud_id"], after["cloud_id"]);
    assert_eq!(before["app_account_id"], after["app_account_id"]);
    let told = last(world.app.received("/installed")).body;
    assert_eq!(told["clientKey"], after["client_key"]);
    assert_eq!(told["sharedSecret"], after["shared_secret"]);
    world.app.answer("/installed", &[401]);
    assert_eq!(
        post(&world, "import", json!({"client_key": "k"}))
            .await
            .status,
        422
    );
    assert_eq!(world.site().await["client_key"], after["client_key"]);
    world.stop().await;
}

#[tokio::test]
async fn an_app_that_is_switched_off_has_no_access() {
    let world = World::installed().await;
    assert_eq!(post(&world, "disable", json!({})).await.body["status"], 204);
    let secret = world.site().await["shared_secret"]
        .as_str()
        .unwrap()
        .to_owned();
    claims(world.app.received("/disabled")[0].token(), &secret);
    let myself = "/rest/api/3/myself";
    assert_eq!(world.call(Method::GET, myself, None).await.status, 401);
    assert_eq!(post(&world, "enable", json!({})).await.body["status"], 204);
    assert_eq!(world.app.received("/enabled").len(), 2);
    assert_eq!(world.call(Method::GET, myself, None).await.status, 200);
    world.stop().await;
}

#[tokio::test]
async fn the_end_comes_in_either_order_and_may_be_unsigned() {
    for (order, first) in [
        ("uninstalled_first", "uninstalled"),
        ("disabled_first", "disabled"),
    ] {
        let world = World::installed().await;
        let wanted = json!({"order": order, "unsigned_disabled": order == "uninstalled_first"});
        let answer = post(&world, "uninstall", wanted).await;
        assert_eq!(answer.status, 200, "{answer:?}");
        let order = world.app.order();
        let end: Vec<_> = order
            .iter()
            .filter(|path| path.ends_with("abled") || path.ends_with("uninstalled"))
            .collect();
        assert_eq!(end[end.len() - 2], &format!("/{first}"), "{order:?}");
        let disabled = &world.app.received("/disabled")[0];
        assert_eq!(
            disabled.headers.contains_key("authorization"),
            first == "disabled"
        );
        world.stop().await;
    }
}

#[tokio::test]
async fn every_secret_that_was_told_is_listed() {
    let world = World::installed().await;
    let first = world.site().await["shared_secret"].clone();
    post(&world, "rotate-secret", json!({})).await;
    let second = world.site().await["shared_secret"].clone();
    world.install_forge(json!({})).await;
    let path = "/jira/acme/secrets";
    let all = world.control(Method::GET, path, None).await.body;
    assert_eq!(all["shared_secrets"], json!([first, second]));
    assert_eq!(all["system_tokens"], json!([world.system_token().await]));
    world.stop().await;
}

#[tokio::test]
async fn a_sites_clock_may_be_off() {
    let world = World::start().await;
    world.settings(json!({"clock_offset_seconds": 120})).await;
    assert_eq!(world.install("acme").await.status, 200);
    let secret = world.site().await["shared_secret"]
        .as_str()
        .unwrap()
        .to_owned();
    let token = claims(world.app.received("/enabled")[0].token(), &secret);
    let now = postroom_clock::Clock::system().now().timestamp();
    let ahead = token["iat"].as_i64().unwrap() - now;
    assert!((100..=120).contains(&ahead), "{ahead}");
    world.stop().await;
}
