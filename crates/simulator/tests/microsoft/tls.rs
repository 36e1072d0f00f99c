use reqwest::Certificate;
use serde_json::Value;

use crate::world::{World, client};

#[tokio::test]
async fn the_same_hosts_answer_over_tls_to_who_trusts_the_ca() {
    let world = World::start().await;
    let base = world.simulator.microsoft_tls_url();
    let url = format!("{base}/common/v2.0/.well-known/openid-configuration");
    assert!(
        client().build().unwrap().get(&url).send().await.is_err(),
        "a stranger's CA"
    );
    let ca = Certificate::from_pem(world.simulator.ca_pem().as_bytes()).unwrap();
    let trusting = client().tls_certs_only([ca]).build().unwrap();
    let metadata: Value = trusting
        .get(&url)
        .send()
        .await
        .unwrap()
        .json()
        .await
        .unwrap();
    assert_eq!(
        metadata["token_endpoint"],
        format!("{base}/common/oauth2/v2.0/token")
    );
    let by_number = url.replace("localhost", "127.0.0.1");
    assert_eq!(trusting.get(by_number).send().await.unwrap().status(), 200);
}
