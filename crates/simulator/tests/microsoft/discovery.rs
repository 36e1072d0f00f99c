use serde_json::Value;

use crate::world::World;

async fn metadata(world: &World, segment: &str) -> Value {
    let url = world.url(&format!("/{segment}/v2.0/.well-known/openid-configuration"));
    world
        .http
        .get(url)
        .send()
        .await
        .unwrap()
        .json()
        .await
        .unwrap()
}

#[tokio::test]
async fn common_has_the_issuer_template_and_a_directory_its_own() {
    let world = World::start().await;
    let common = metadata(&world, "common").await;
    assert_eq!(
        common["issuer"],
        format!("{}/{{tenantid}}/v2.0", world.simulator.microsoft_url())
    );
    let contoso = metadata(&world, "contoso.example").await;
    let tid = contoso["issuer"]
        .as_str()
        .unwrap()
        .split('/')
        .nth(3)
        .unwrap();
    assert_eq!(tid.len(), 36);
    assert_eq!(metadata(&world, tid).await["issuer"], contoso["issuer"]);
    assert_eq!(
        metadata(&world, "nowhere.example").await["error_codes"][0],
        90002
    );
}

#[tokio::test]
async fn every_published_key_has_what_a_client_needs() {
    let world = World::start().await;
    let uri = metadata(&world, "common").await["jwks_uri"]
        .as_str()
        .unwrap()
        .to_owned();
    world
        .control(reqwest::Method::POST, "/microsoft/keys/roll", &Value::Null)
        .await;
    let keys: Value = world
        .http
        .get(uri)
        .send()
        .await
        .unwrap()
        .json()
        .await
        .unwrap();
    let keys = keys["keys"].as_array().unwrap();
    assert_eq!(keys.len(), 2);
    assert_ne!(keys[0]["kid"], keys[1]["kid"]);
    assert!(
        keys.iter()
            .all(|key| key["kty"] == "RSA" && key["use"] == "sig" && key["n"].is_string())
    );
}

#[tokio::test]
async fn instance_discovery_leads_to_the_metadata() {
    let world = World::start().await;
    let authorize = world.url("/common/oauth2/v2.0/authorize");
    let url = world.url("/common/discovery/instance");
    let query = [
        ("authorization_endpoint", authorize.as_str()),
        ("api-version", "1.1"),
    ];
    let answer: Value = world
        .http
        .get(url)
        .query(&query)
        .send()
        .await
        .unwrap()
        .json()
        .await
        .unwrap();
    let expected = world.url("/common/v2.0/.well-known/openid-configuration");
    assert_eq!(answer["tenant_discovery_endpoint"], expected);
}
