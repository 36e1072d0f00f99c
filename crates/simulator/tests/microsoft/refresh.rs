use chrono::TimeDelta;
use reqwest::{Method, Response};
use serde_json::Value;

use crate::{
    browser::{graph, tokens},
    world::{CLIENT_ID, SCOPE, SECRET, SUPPORT, World},
};

async fn refresh(world: &World, token: &str, scope: &str) -> Response {
    let mut form = vec![
        ("grant_type", "refresh_token"),
        ("client_id", CLIENT_ID),
        ("client_secret", SECRET),
        ("refresh_token", token),
    ];
    if !scope.is_empty() {
        form.push(("scope", scope));
    }
    world.token(&form).await
}

async fn refresh_token(world: &World) -> String {
    tokens(world, SUPPORT, SCOPE).await["refresh_token"]
        .as_str()
        .unwrap()
        .to_owned()
}

async fn code(answer: Response) -> i64 {
    let body: Value = answer.json().await.unwrap();
    body["error_codes"][0].as_i64().unwrap()
}

#[tokio::test]
async fn a_refresh_gives_a_new_token_and_leaves_the_old_one_good() {
    let world = World::start().await;
    let old = refresh_token(&world).await;
    let first: Value = refresh(&world, &old, "").await.json().await.unwrap();
    let new = first["refresh_token"].as_str().unwrap();
    assert_ne!(new, old);
    assert!(first["id_token"].is_string());
    assert_eq!(refresh(&world, &old, "").await.status(), 200);
    assert_eq!(refresh(&world, new, "").await.status(), 200);
}

#[tokio::test]
async fn use_keeps_a_token_alive_and_ninety_idle_days_end_it() {
    let world = World::start().await;
    let token = refresh_token(&world).await;
    world.clock.advance(TimeDelta::days(89));
    assert_eq!(refresh(&world, &token, "").await.status(), 200);
    world.clock.advance(TimeDelta::days(89));
    assert_eq!(refresh(&world, &token, "").await.status(), 200);
    world.clock.advance(TimeDelta::days(91));
    assert_eq!(code(refresh(&world, &token, "").await).await, 700_082);
}

#[tokio::test]
async fn a_revocation_kills_what_was_before_it() {
    let world = World::start().await;
    let before = refresh_token(&world).await;
    world
        .control(
            Method::POST,
            &format!("/microsoft/users/{SUPPORT}/revoke"),
            &Value::Null,
        )
        .await;
    let answer = refresh(&world, &before, "").await;
    assert_eq!(answer.status(), 400);
    let body: Value = answer.json().await.unwrap();
    assert_eq!(
        (body["error"].as_str(), body["suberror"].as_str()),
        (Some("invalid_grant"), Some("bad_token"))
    );
    assert!(
        body["error_description"]
            .as_str()
            .unwrap()
            .contains("TokensValidFrom")
    );
    let after = refresh_token(&world).await;
    assert_eq!(refresh(&world, &after, "").await.status(), 200);
}

#[tokio::test]
async fn one_refresh_names_one_resource_that_was_consented() {
    let world = World::start().await;
    let token = refresh_token(&world).await;
    let narrowed: Value = refresh(&world, &token, "Mail.Send")
        .await
        .json()
        .await
        .unwrap();
    assert!(narrowed.get("id_token").is_none() && narrowed["refresh_token"].is_string());
    assert!(
        narrowed["scope"]
            .as_str()
            .unwrap()
            .contains("Mail.ReadWrite"),
        "what was consented comes along"
    );
    assert_eq!(
        code(
            refresh(
                &world,
                &token,
                "https://outlook.office365.com/EWS.AccessAsUser.All"
            )
            .await
        )
        .await,
        65_001
    );
    let both = "Mail.Send https://outlook.office365.com/EWS.AccessAsUser.All";
    assert_eq!(code(refresh(&world, &token, both).await).await, 700_022);
}

#[tokio::test]
async fn a_token_for_exchange_does_not_open_graph() {
    let world = World::start().await;
    let graph = graph(
        &world,
        SUPPORT,
        "https://outlook.office365.com/EWS.AccessAsUser.All",
    )
    .await;
    let refused = graph.refused(graph.ask(Method::GET, "/me")).await;
    assert_eq!(refused, (401, "InvalidAuthenticationToken".into()));
}

#[tokio::test]
async fn every_token_that_was_issued_is_told_to_the_test() {
    let world = World::start().await;
    let first = tokens(&world, SUPPORT, SCOPE).await;
    let old = first["refresh_token"].as_str().unwrap();
    let second: Value = refresh(&world, old, "").await.json().await.unwrap();
    world.clock.advance(TimeDelta::days(200));
    let issued = world
        .control(Method::GET, "/microsoft/tokens", &Value::Null)
        .await;
    for (list, name) in [
        ("refresh_tokens", "refresh_token"),
        ("access_tokens", "access_token"),
    ] {
        let all = issued[list].as_array().unwrap();
        assert_eq!(all.len(), 2, "{list}");
        assert!(all.contains(&first[name]) && all.contains(&second[name]));
    }
}
