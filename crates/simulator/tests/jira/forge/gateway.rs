use chrono::TimeDelta;
use postroom_clock::Clock;
use postroom_simulator::Options;
use reqwest::Method;
use serde_json::{Value, json};

use crate::{
    app::KEY,
    world::{World, answer, token},
};

const MYSELF: &str = "/rest/api/3/myself";
const ISSUE: &str = "/rest/api/3/issue";

fn issue() -> Value {
    json!({"fields": {"project": {"key": "SUP"}, "issuetype": {"name": "Task"}, "summary": "x"}})
}

#[tokio::test]
async fn the_app_works_in_its_own_name() {
    let (world, installed) = World::with_forge(json!({})).await;
    let token = world.system_token().await;
    let me = world.gateway(&token, Method::GET, MYSELF, None).await;
    assert_eq!(me.status, 200, "{me:?}");
    assert_eq!(me.body["accountId"], installed["app_account_id"]);
    assert_eq!(me.body["accountType"], "app");
    let made = world
        .gateway(&token, Method::POST, ISSUE, Some(issue()))
        .await;
    assert_eq!(made.status, 201);
    let base = format!("{}/ex/jira/", world.simulator.atlassian_url());
    let link = made.body["self"].as_str().unwrap();
    assert!(link.starts_with(&base), "{link}");
    let path = format!("{ISSUE}/{}", made.body["key"].as_str().unwrap());
    let shown = world.gateway(&token, Method::GET, &path, None).await;
    assert_eq!(
        shown.body["fields"]["reporter"]["accountId"],
        installed["app_account_id"]
    );
    assert!(shown.headers.contains_key("x-ratelimit-remaining"));
    let log = world
        .control(Method::GET, "/requests?host=jira", None)
        .await;
    let last = log.body.as_array().unwrap().last().unwrap().clone();
    assert_eq!(
        (&last["site"], &last["status"]),
        (&json!("acme"), &json!(200))
    );
    world.stop().await;
}

#[tokio::test]
async fn a_token_ends_after_four_hours_and_is_renewed_halfway() {
    let clock = Clock::system();
    let options = Options {
        clock: clock.clone(),
        ..Options::ephemeral()
    };
    let world = World::with(options).await;
    world.install_forge(json!({})).await;
    let first = world.system_token().await;
    assert_eq!(first, world.system_token().await);
    clock.advance(TimeDelta::minutes(121));
    let second = world.system_token().await;
    assert_ne!(first, second);
    assert_eq!(
        world
            .gateway(&first, Method::GET, MYSELF, None)
            .await
            .status,
        200
    );
    clock.advance(TimeDelta::minutes(120));
    let refused = world.gateway(&first, Method::GET, MYSELF, None).await;
    assert_eq!(refused.status, 401);
    assert_eq!(
        refused.body,
        json!({"code": 401, "message": "Unauthorized"})
    );
    assert_eq!(
        world
            .gateway(&second, Method::GET, MYSELF, None)
            .await
            .status,
        200
    );
    world.stop().await;
}

#[tokio::test]
async fn only_this_sites_living_token_opens_it() {
    let (world, _) = World::with_forge(json!({})).await;
    let old = world.system_token().await;
    let elsewhere = json!({"remote_url": world.app.base_url});
    let path = "/jira/globex/forge/install";
    world.control(Method::POST, path, Some(elsewhere)).await;
    let made = world
        .control(Method::POST, "/jira/globex/forge/token", Some(json!({})))
        .await;
    let foreign = made.body["system_token"].as_str().unwrap();
    let refused = world.gateway(foreign, Method::GET, MYSELF, None).await;
    assert_eq!(refused.status, 403, "{refused:?}");
    for made_up in ["", "eyJhbGciOiJIUzI1NiJ9.e30.x", "opaque"] {
        let refused = world.gateway(made_up, Method::GET, MYSELF, None).await;
        assert_eq!(refused.status, 401, "{made_up}");
    }
    world.install_forge(json!({})).await;
    let revoked = world.gateway(&old, Method::GET, MYSELF, None).await;
    assert_eq!(revoked.status, 401, "the installation is another now");
    world.stop().await;
}

#[tokio::test]
async fn a_connect_token_is_nobody_here() {
    let world = World::installed().await;
    let site = world.site().await;
    let secret = site["shared_secret"].as_str().unwrap();
    let jwt = token(secret, KEY, "POST", ISSUE, 180);
    let refused = world
        .gateway(&jwt, Method::POST, ISSUE, Some(issue()))
        .await;
    assert_eq!(refused.status, 400);
    assert!(refused.body["errors"]["summary"].is_string(), "{refused:?}");
    let base = world.simulator.atlassian_url();
    let url = format!(
        "{base}/ex/jira/{}{MYSELF}",
        site["cloud_id"].as_str().unwrap()
    );
    let own = token(secret, KEY, "GET", MYSELF, 180);
    let request = world
        .http
        .get(url)
        .header("Authorization", format!("JWT {own}"));
    assert_eq!(answer(request.send().await.unwrap()).await.status, 401);
    world.stop().await;
}

#[tokio::test]
async fn a_system_token_is_nobody_at_the_site_itself() {
    let (world, _) = World::with_forge(json!({})).await;
    let token = world.system_token().await;
    let request = world.http.get(world.url(MYSELF)).bearer_auth(token);
    assert_eq!(answer(request.send().await.unwrap()).await.status, 401);
    world.stop().await;
}

#[tokio::test]
async fn a_scope_that_the_manifest_does_not_ask_for_is_missing() {
    let scopes = json!({"scopes": ["read:app-system-token", "read:jira-work"]});
    let (world, _) = World::with_forge(scopes).await;
    let token = world.system_token().await;
    let read = world
        .gateway(&token, Method::GET, "/rest/api/3/project", None)
        .await;
    assert_eq!(read.status, 200);
    for (method, path) in [(Method::POST, ISSUE), (Method::GET, MYSELF)] {
        let refused = world.gateway(&token, method, path, None).await;
        assert_eq!(refused.status, 401, "{path}");
        assert_eq!(
            refused.body["message"],
            "Unauthorized; scope does not match"
        );
    }
    world.stop().await;
}

#[tokio::test]
async fn without_its_scope_no_call_brings_a_system_token() {
    let (world, _) = World::with_forge(json!({"scopes": ["read:jira-work"]})).await;
    let told = &world.app.received("/forge/lifecycle")[0];
    assert!(!told.headers.contains_key("x-forge-oauth-system"));
    world.stop().await;
}

#[tokio::test]
async fn rights_may_come_late_after_an_install() {
    let (world, _) = World::with_forge(json!({})).await;
    let token = world.system_token().await;
    world
        .settings(json!({"forge_permission_lag_ms": 600_000}))
        .await;
    assert_eq!(
        world
            .gateway(&token, Method::GET, MYSELF, None)
            .await
            .status,
        403
    );
    world.settings(json!({"forge_permission_lag_ms": 0})).await;
    assert_eq!(
        world
            .gateway(&token, Method::GET, MYSELF, None)
            .await
            .status,
        200
    );
    world.stop().await;
}

#[tokio::test]
async fn a_fault_of_the_site_meets_the_gateway_too() {
    let (world, _) = World::with_forge(json!({})).await;
    let token = world.system_token().await;
    let fault = json!({"match": "/myself", "status": 503});
    world
        .control(Method::POST, "/jira/acme/faults", Some(fault))
        .await;
    assert_eq!(
        world
            .gateway(&token, Method::GET, MYSELF, None)
            .await
            .status,
        503
    );
    assert_eq!(
        world
            .gateway(&token, Method::GET, MYSELF, None)
            .await
            .status,
        200
    );
    let fault = json!({"match": "jwks", "status": 500});
    world
        .control(Method::POST, "/atlassian/faults", Some(fault))
        .await;
    let url = format!("{}/.well-known/jwks.json", world.simulator.atlassian_url());
    assert_eq!(world.http.get(url).send().await.unwrap().status(), 500);
    world.stop().await;
}
