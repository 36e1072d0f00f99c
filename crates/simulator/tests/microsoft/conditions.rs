use reqwest::Method;
use rstest::rstest;
use serde_json::{Value, json};

use crate::{
    browser::{Browser, Next, authorize_url, sign_in, tokens},
    world::{CLIENT_ID, SCOPE, SECRET, SUPPORT, World},
};

async fn refreshed(world: &World, token: &str) -> Value {
    let form = [
        ("grant_type", "refresh_token"),
        ("client_id", CLIENT_ID),
        ("client_secret", SECRET),
        ("refresh_token", token),
    ];
    world.token(&form).await.json().await.unwrap()
}

#[rstest]
#[case::device_deleted("users", json!({ "address": SUPPORT, "device": "deleted" }), 700_003)]
#[case::device_disabled("users", json!({ "address": SUPPORT, "device": "disabled" }), 135_011)]
#[case::not_assigned("users", json!({ "address": SUPPORT, "assigned": false }), 50_105)]
#[case::disabled("users", json!({ "address": SUPPORT, "disabled": true }), 50_057)]
#[case::blocked("directories", json!({ "name": "contoso", "conditional_access": { "block": true } }), 53_003)]
#[case::mfa("directories", json!({ "name": "contoso", "conditional_access": { "mfa": true } }), 50_076)]
#[case::device("directories", json!({ "name": "contoso", "conditional_access": { "compliant_device": true } }), 53_000)]
#[case::app_disabled("registrations", json!({ "client_id": CLIENT_ID, "client_secret": SECRET, "disabled": true }), 7_000_112)]
#[tokio::test]
async fn a_refresh_meets_what_changed(
    #[case] path: &str,
    #[case] change: Value,
    #[case] code: u32,
) {
    let world = World::start().await;
    let token = tokens(&world, SUPPORT, SCOPE).await["refresh_token"].clone();
    let token = token.as_str().unwrap();
    assert!(refreshed(&world, token).await["access_token"].is_string());
    world
        .control(Method::POST, &format!("/microsoft/{path}"), &change)
        .await;
    let refused = refreshed(&world, token).await;
    assert_eq!(refused["error_codes"], json!([code]), "{refused}");
}

#[tokio::test]
async fn a_new_sign_in_heals_what_it_can() {
    let world = World::start().await;
    let policy = |access: Value| json!({ "name": "contoso", "conditional_access": access });
    let change = policy(json!({ "mfa": true, "sign_in_frequency_hours": 24 }));
    world
        .control(Method::POST, "/microsoft/directories", &change)
        .await;
    let token = tokens(&world, SUPPORT, SCOPE).await["refresh_token"].clone();
    let token = token.as_str().unwrap();
    assert!(refreshed(&world, token).await["access_token"].is_string());
    world.clock.advance(chrono::TimeDelta::hours(25));
    assert_eq!(
        refreshed(&world, token).await["error_codes"],
        json!([70_043])
    );
}

#[tokio::test]
async fn who_is_not_assigned_sees_a_page_and_the_application_hears_only_in_silence() {
    let world = World::start().await;
    sign_in(&world, SUPPORT, &[]).await;
    let user = json!({ "address": SUPPORT, "assigned": false });
    world.control(Method::POST, "/microsoft/users", &user).await;
    let browser = Browser::new();
    let page = browser
        .open(&authorize_url(&world, "common", &[]))
        .await
        .page();
    let next = browser.press(&page, "pick", "user", SUPPORT).await;
    assert!(next.page().html.contains("AADSTS50105"));
}

#[tokio::test]
async fn a_user_may_ask_and_an_administrator_may_approve() {
    let world = World::start().await;
    let policy = json!({ "name": "contoso", "consent_policy": "workflow" });
    world
        .control(Method::POST, "/microsoft/directories", &policy)
        .await;
    let browser = Browser::new();
    let page = browser
        .open(&authorize_url(&world, "common", &[]))
        .await
        .page();
    let page = browser.press(&page, "pick", "user", SUPPORT).await.page();
    let back = browser
        .press(&page, "request", "decision", "request")
        .await
        .back();
    assert_eq!(back["error"], "access_denied");
    assert!(
        back["error_description"].starts_with("AADSTS90095"),
        "{back:?}"
    );
    let silent = [("prompt", "none")];
    let told = browser
        .open(&authorize_url(&world, "common", &silent))
        .await
        .back();
    assert_eq!(told["error"], "consent_required");
    let asked = world.look("/microsoft/approvals").await;
    assert_eq!(asked[0]["user"], SUPPORT);
    let path = format!("/microsoft/approvals/{}", asked[0]["id"].as_str().unwrap());
    world
        .control(Method::POST, &path, &json!({ "approve": true }))
        .await;
    let told = browser
        .open(&authorize_url(&world, "common", &silent))
        .await;
    assert!(matches!(told, Next::Back(back) if back.contains_key("code")));
    assert_eq!(world.look("/microsoft/approvals").await, json!([]));
}

#[tokio::test]
async fn a_deleted_user_is_unknown() {
    let world = World::start().await;
    let token = tokens(&world, SUPPORT, SCOPE).await["refresh_token"].clone();
    world
        .control(
            Method::DELETE,
            &format!("/microsoft/users/{SUPPORT}"),
            &Value::Null,
        )
        .await;
    let refused = refreshed(&world, token.as_str().unwrap()).await;
    assert_eq!(refused["error_codes"], json!([50_034]));
}
