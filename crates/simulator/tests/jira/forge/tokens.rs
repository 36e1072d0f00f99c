use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD};
use reqwest::Method;
use serde_json::{Value, json};

use super::backend::APP;
use crate::world::World;

async fn token(world: &World, wanted: Value) -> String {
    let made = world.forge("/token", wanted).await;
    assert_eq!(made.status, 200, "{made:?}");
    made.body["invocation_token"].as_str().unwrap().to_owned()
}

fn unverified(token: &str, part: usize) -> Value {
    let part = token.split('.').nth(part).unwrap();
    serde_json::from_slice(&URL_SAFE_NO_PAD.decode(part).unwrap()).unwrap()
}

#[tokio::test]
async fn a_panels_token_names_the_app_the_site_the_user_and_the_page() {
    let (world, installed) = World::with_forge(json!({})).await;
    let (site, alice) = (world.site().await, world.account("Alice Admin").await);
    let token = token(&world, json!({"account_id": alice})).await;
    let header = unverified(&token, 0);
    assert!(
        header["kid"]
            .as_str()
            .unwrap()
            .starts_with("forge/invocation-token/wf-")
    );
    assert!(header.get("typ").is_none());
    let claims = world.verified(&token).await;
    let installation = &installed["installation_id"];
    let api = format!(
        "{}/ex/jira/{}",
        world.simulator.atlassian_url(),
        site["cloud_id"].as_str().unwrap()
    );
    assert_eq!(claims["principal"], alice);
    let (iat, exp) = (
        claims["iat"].as_i64().unwrap(),
        claims["exp"].as_i64().unwrap(),
    );
    assert_eq!((exp - iat, &claims["nbf"]), (25, &claims["iat"]));
    let app = &claims["app"];
    assert_eq!(
        (&app["id"], &app["installationId"]),
        (&json!(APP), installation)
    );
    assert_eq!(app["apiBaseUrl"], api);
    assert_eq!(
        app["installation"],
        json!({"id": installation, "contexts":
            [{"name": "jira", "apiBaseUrl": api, "cloudId": site["cloud_id"]}]})
    );
    assert_eq!(app["environment"]["type"], "PRODUCTION");
    assert_eq!(app["license"]["active"], true);
    assert_eq!(
        app["module"],
        json!({"type": "jira:adminPage", "key": "postroom-panel"})
    );
    let context = &claims["context"];
    assert_eq!(context["cloudId"], site["cloud_id"]);
    assert_eq!(context["siteUrl"], site["base_url"]);
    assert_eq!(context["moduleKey"], "postroom-panel");
    assert_eq!(context["extension"]["type"], "jira:adminPage");
    assert_eq!(context["accountId"], alice);
    let local_id = context["localId"].as_str().unwrap();
    assert!(local_id.ends_with("/static/postroom-panel"), "{local_id}");
    assert_eq!(claims["jti"].as_str().unwrap().len(), 40);
    world.stop().await;
}

#[tokio::test]
async fn a_token_of_a_projects_settings_names_the_project() {
    let (world, _) = World::with_forge(json!({"environment": "DEVELOPMENT"})).await;
    let pia = world.account("Pia Project").await;
    let wanted = json!({"account_id": pia, "project": "SUP"});
    let claims = world.verified(&token(&world, wanted).await).await;
    assert_eq!(claims["app"]["module"]["type"], "jira:projectSettingsPage");
    assert_eq!(claims["context"]["extension"]["project"]["key"], "SUP");
    assert!(claims["app"].get("license").is_none(), "only in production");
    world.stop().await;
}

#[tokio::test]
async fn a_token_is_forged_as_asked() {
    let (world, _) = World::with_forge(json!({})).await;
    let forged = [
        json!({"alg": "HS256"}),
        json!({"alg": "HS384"}),
        json!({"alg": "RS384"}),
        json!({"alg": "none"}),
        json!({"foreign_key": true}),
        json!({"kid": "../../etc"}),
        json!({"aud": "ari:cloud:ecosystem::app/other"}),
        json!({"iss": "forge/other"}),
        json!({"expires_in": -120}),
        json!({"clock_offset": 3600}),
        json!({"claims": {"exp": null}}),
    ];
    for wanted in forged {
        let token = token(&world, wanted.clone()).await;
        assert!(world.verify(&token).await.is_err(), "{wanted}");
    }
    let token = token(
        &world,
        json!({
            "jti": "one", "installation_id": "i", "cloud_id": "c", "api_base_url": "https://a",
            "environment": "STAGING", "claims": {"context": {"siteUrl": null}},
        }),
    )
    .await;
    let claims = world.verified(&token).await;
    assert_eq!(claims["jti"], "one");
    assert_eq!(claims["app"]["installation"]["id"], "i");
    assert_eq!(claims["app"]["installation"]["contexts"][0]["cloudId"], "c");
    assert_eq!(claims["app"]["apiBaseUrl"], "https://a");
    assert_eq!(claims["app"]["environment"]["type"], "STAGING");
    assert!(claims["context"].get("siteUrl").is_none());
    world.stop().await;
}

#[tokio::test]
async fn an_unsigned_token_has_an_empty_signature() {
    let (world, _) = World::with_forge(json!({})).await;
    let token = token(&world, json!({"alg": "none"})).await;
    assert!(token.ends_with('.'));
    assert_eq!(unverified(&token, 0)["alg"], "none");
    assert_eq!(unverified(&token, 1)["aud"], APP);
    world.stop().await;
}

#[tokio::test]
async fn another_key_signs_after_a_rotation_and_the_old_one_stays_until_told() {
    let (world, _) = World::with_forge(json!({})).await;
    let before = token(&world, json!({})).await;
    let rotated = world
        .control(Method::POST, "/forge/rotate-keys", None)
        .await;
    let after = token(&world, json!({})).await;
    assert_eq!(unverified(&after, 0)["kid"], rotated.body["kid"]);
    assert_ne!(unverified(&before, 0)["kid"], rotated.body["kid"]);
    world.verified(&before).await;
    world.verified(&after).await;
    world
        .control(
            Method::POST,
            "/forge/rotate-keys",
            Some(json!({"keep_old": false})),
        )
        .await;
    assert!(world.verify(&after).await.is_err());
    world.verified(&token(&world, json!({})).await).await;
    world.stop().await;
}

#[tokio::test]
async fn without_an_install_there_is_no_token() {
    let world = World::start().await;
    let refused = world.forge("/token", json!({})).await;
    assert_eq!(refused.status, 400);
    assert!(world.site().await["forge"].is_null());
    world.stop().await;
}
