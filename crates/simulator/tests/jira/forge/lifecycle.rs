use chrono::TimeDelta;
use postroom_clock::Clock;
use postroom_simulator::Options;
use reqwest::Method;
use serde_json::{Value, json};

use super::backend::bearer;
use crate::world::{World, eventually};

#[tokio::test]
async fn an_install_is_told_with_both_tokens() {
    let (world, installed) = World::with_forge(json!({})).await;
    assert_eq!(installed["status"], 204);
    let told = &world.app.received("/forge/lifecycle")[0];
    assert_eq!(told.body["eventType"], "avi:forge:installed:app");
    let installation = installed["installation_id"].as_str().unwrap();
    assert!(installation.ends_with(told.body["id"].as_str().unwrap()));
    assert_eq!(
        told.body["installerAccountId"],
        world.account("Alice Admin").await
    );
    let cloud_id = world.site().await["cloud_id"].as_str().unwrap().to_owned();
    let context = format!("ari:cloud:jira::site/{cloud_id}");
    assert_eq!(told.body["context"], context);
    assert_eq!(told.headers["content-type"], "application/json");
    assert_eq!(told.headers["x-b3-traceid"].len(), 32);
    assert_eq!(told.headers["x-b3-spanid"].len(), 16);
    let claims = world.verified(bearer(told)).await;
    assert_eq!(
        claims["app"]["module"],
        json!({"type": "core:endpoint", "key": "lifecycle"})
    );
    assert!(claims.get("principal").is_none());
    let site = world.site().await;
    assert_eq!(
        told.headers["x-forge-oauth-system"],
        site["forge"]["system_token"]
    );
    world.stop().await;
}

#[tokio::test]
async fn each_install_has_an_id_of_its_own_and_one_account() {
    let (world, first) = World::with_forge(json!({})).await;
    let second = world.install_forge(json!({})).await;
    assert_ne!(first["installation_id"], second["installation_id"]);
    assert_eq!(first["app_account_id"], second["app_account_id"]);
    world.stop().await;
}

#[tokio::test]
async fn an_install_that_makes_no_sense_is_refused() {
    let world = World::start().await;
    let wrong = [
        json!({"remote_url": "http://app.example.com"}),
        json!({"remote_url": "https://app.example.com", "app_id": "00000000"}),
        json!({"remote_url": "https://app.example.com", "environment": "MOON"}),
    ];
    for wanted in wrong {
        assert_eq!(
            world.forge("/install", wanted.clone()).await.status,
            400,
            "{wanted}"
        );
    }
    world.stop().await;
}

#[tokio::test]
async fn a_farewell_comes_before_the_end() {
    let (world, _) = World::with_forge(json!({})).await;
    let token = world.system_token().await;
    let answer = world.forge("/uninstall", json!({})).await;
    assert_eq!(answer.body["status"], 204);
    let told = &world.app.received("/forge/goodbye")[0];
    assert_eq!(
        told.body["context"]["cloudId"],
        world.site().await["cloud_id"]
    );
    assert_eq!(told.body["context"]["moduleKey"], "goodbye");
    assert!(told.body["contextToken"].is_string());
    assert!(world.site().await["forge"].is_null());
    let refused = world
        .gateway(&token, Method::GET, "/rest/api/3/myself", None)
        .await;
    assert_eq!(refused.status, 401);
    assert_eq!(world.forge("/uninstall", json!({})).await.status, 400);
    world.stop().await;
}

#[tokio::test]
async fn an_app_can_go_without_a_word() {
    let (world, _) = World::with_forge(json!({})).await;
    world.forge("/uninstall", json!({"goodbye": false})).await;
    assert!(world.app.received("/forge/goodbye").is_empty());
    assert!(world.site().await["forge"].is_null());
    world.stop().await;
}

#[tokio::test]
async fn an_upgrade_is_told_with_the_new_version() {
    let (world, installed) = World::with_forge(json!({})).await;
    let upgraded = world.forge("/upgrade", json!({})).await;
    assert_eq!(upgraded.body, json!({"version": "2.0.0", "status": 204}));
    let told = &world.app.received("/forge/lifecycle")[1];
    assert_eq!(told.body["eventType"], "avi:forge:upgraded:app");
    let installation = installed["installation_id"].as_str().unwrap();
    assert!(installation.ends_with(told.body["id"].as_str().unwrap()));
    assert_eq!(told.body["app"]["version"], "2.0.0");
    world.stop().await;
}

#[tokio::test]
async fn the_scheduled_trigger_comes_when_asked_and_every_hour() {
    let clock = Clock::system();
    let options = Options {
        clock: clock.clone(),
        ..Options::ephemeral()
    };
    let world = World::with(options).await;
    world.install_forge(json!({})).await;
    assert_eq!(world.forge("/tick", json!({})).await.body["status"], 204);
    let told = world.app.received("/forge/tick");
    assert_eq!(told.len(), 1);
    assert_eq!(told[0].body["context"]["moduleKey"], "hourly");
    assert_eq!(
        world.verified(bearer(&told[0])).await["app"]["module"]["key"],
        "tick"
    );
    clock.advance(TimeDelta::minutes(61));
    world.told("/forge/tick", 2).await;
    clock.advance(TimeDelta::hours(5));
    world.told("/forge/tick", 3).await;
    let deliveries = eventually(async || {
        let all = world
            .control(Method::GET, "/jira/acme/forge/deliveries", None)
            .await;
        let all = all.body.as_array().unwrap().clone();
        let ticks: Vec<Value> = all
            .into_iter()
            .filter(|one| one["event"] == "scheduledTrigger")
            .collect();
        (ticks.len() == 3).then_some(ticks)
    })
    .await;
    assert!(deliveries.iter().all(|one| one["status"] == 204));
    world.stop().await;
}
