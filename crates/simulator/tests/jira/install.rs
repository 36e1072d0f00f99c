use jsonwebtoken::{Algorithm, DecodingKey, Validation};
use reqwest::Method;
use serde_json::{Value, json};

use crate::{
    app::Received,
    world::{World, claims, qsh},
};

/// The claims of a signed install callback, checked with the key server at `keys`.
async fn verified(world: &World, keys: &str, callback: &Received) -> Value {
    let kid = jsonwebtoken::decode_header(callback.token())
        .unwrap()
        .kid
        .unwrap();
    let pem = world
        .http
        .get(format!("{keys}/keys/{kid}"))
        .send()
        .await
        .unwrap()
        .text()
        .await
        .unwrap();
    let mut rules = Validation::new(Algorithm::RS256);
    rules.set_audience(&[&world.app.base_url]);
    let key = DecodingKey::from_rsa_pem(pem.as_bytes()).unwrap();
    jsonwebtoken::decode::<Value>(callback.token(), &key, &rules)
        .unwrap()
        .claims
}

#[tokio::test]
async fn the_app_gets_a_signed_secret_and_is_enabled_with_it() {
    let world = World::installed().await;
    let site = world.site().await;
    let callback = &world.app.received("/installed")[0];
    assert_eq!(callback.body["sharedSecret"], site["shared_secret"]);
    assert_eq!(callback.body["cloudId"], site["cloud_id"]);
    assert_eq!(callback.body["eventType"], "installed");
    for keys in [
        world.simulator.jira_url("acme").unwrap(),
        world.simulator.control_url(),
    ] {
        let claims = verified(&world, keys, callback).await;
        assert_eq!(claims["iss"], site["client_key"]);
        assert_eq!(claims["qsh"], qsh("POST", "/installed"));
        assert_eq!(
            claims["exp"].as_i64().unwrap() - claims["iat"].as_i64().unwrap(),
            180
        );
    }
    let enabled = &world.app.received("/enabled")[0];
    let secret = site["shared_secret"].as_str().unwrap();
    assert_eq!(claims(enabled.token(), secret)["iss"], site["client_key"]);
    assert!(enabled.body.get("sharedSecret").is_none());
    world.stop().await;
}

#[tokio::test]
async fn installing_again_rotates_the_secret_and_the_key() {
    let world = World::installed().await;
    let before = world.site().await;
    assert_eq!(world.install("acme").await.status, 200);
    let after = world.site().await;
    assert_eq!(before["client_key"], after["client_key"]);
    assert_eq!(before["app_account_id"], after["app_account_id"]);
    assert_ne!(before["shared_secret"], after["shared_secret"]);
    let kids: Vec<_> = world
        .app
        .received("/installed")
        .iter()
        .map(|callback| {
            jsonwebtoken::decode_header(callback.token())
                .unwrap()
                .kid
                .unwrap()
        })
        .collect();
    assert_ne!(kids[0], kids[1]);
    world.stop().await;
}

#[tokio::test]
async fn another_answer_than_200_or_204_fails_the_install() {
    let world = World::start().await;
    for status in [201, 302, 401, 500] {
        world.app.answer("/installed", &[status]);
        let answer = world.install("acme").await;
        assert_eq!(answer.status, 422);
        assert!(
            answer.body["error"]
                .as_str()
                .unwrap()
                .contains(&status.to_string())
        );
    }
    assert!(world.site().await["shared_secret"].is_null());
    assert!(world.app.received("/enabled").is_empty());
    world.app.answer("/installed", &[200]);
    assert_eq!(world.install("acme").await.status, 200);
    world.stop().await;
}

#[tokio::test]
async fn a_failed_reinstall_keeps_the_old_secret() {
    let world = World::installed().await;
    let before = world.site().await;
    world.app.answer("/installed", &[500]);
    assert_eq!(world.install("acme").await.status, 422);
    assert_eq!(world.site().await["shared_secret"], before["shared_secret"]);
    world.stop().await;
}

#[tokio::test]
async fn a_descriptor_with_faults_is_refused_before_any_callback() {
    let world = World::start().await;
    world.app.describe("/apiMigrations", json!({"gdpr": true}));
    world.app.describe("/scopes", json!(["READ", "FLY"]));
    let answer = world.install("acme").await;
    let error = answer.body["error"].as_str().unwrap();
    for part in ["signed-install", "context-qsh", "FLY"] {
        assert!(error.contains(part), "{error}");
    }
    assert!(world.app.received("/installed").is_empty());
    world.stop().await;
}

#[tokio::test]
async fn uninstalling_tells_the_app_twice_and_ends_its_access() {
    let world = World::installed().await;
    let secret = world.site().await["shared_secret"]
        .as_str()
        .unwrap()
        .to_owned();
    let answer = world
        .control(Method::POST, "/jira/acme/uninstall", None)
        .await;
    assert_eq!(
        answer.body,
        json!({"disabled_status": 204, "uninstalled_status": 204})
    );
    let disabled = claims(world.app.received("/disabled")[0].token(), &secret);
    assert_eq!(disabled["qsh"], qsh("POST", "/disabled"));
    let keys = world.simulator.control_url().to_owned();
    let uninstalled = verified(&world, &keys, &world.app.received("/uninstalled")[0]).await;
    assert_eq!(uninstalled["qsh"], qsh("POST", "/uninstalled"));
    let token = crate::world::token(&secret, crate::app::KEY, "GET", "/rest/api/3/myself", 180);
    let request = world.http.get(world.url("/rest/api/3/myself"));
    let refused = request
        .header("Authorization", format!("JWT {token}"))
        .send()
        .await
        .unwrap();
    assert_eq!(refused.status(), 401);
    world.stop().await;
}
