//! What Microsoft calls when something happens in a mailbox.

use actix_web::{http::Method, test::TestRequest};
use serde_json::{Value, json};

use crate::support::{Answer, Stage, request};

const PATHS: [&str; 2] = ["/microsoft/notifications", "/microsoft/lifecycle"];

struct Scene {
    stage: Stage,
    key: String,
    word: String,
}

impl Scene {
    async fn new() -> Self {
        let stage = Stage::new().await;
        let acme = stage.tenant("acme").await;
        let source = stage.source(&acme).await;
        let (key, word) = stage.subscription(&acme, &source.to_string()).await;
        Self { stage, key, word }
    }

    async fn tell(&self, path: &str, body: Value) -> Answer {
        let path = format!("{path}/{}", self.key);
        self.stage.send(post(&path).set_json(body)).await
    }

    async fn rung(&self) -> u64 {
        self.stage.doorbell.pending().await.unwrap()
    }
}

fn post(path: &str) -> TestRequest {
    request(Method::POST, path)
}

fn notification(word: &str) -> Value {
    json!({
        "subscriptionId": "s", "subscriptionExpirationDateTime": "2026-11-30T11:00:00Z", "clientState": word,
        "changeType": "created", "resource": "Users/u/Messages/m", "tenantId": "t",
        "resourceData": { "@odata.type": "#Microsoft.Graph.Message", "@odata.id": "x", "id": "m" },
    })
}

fn lifecycle(word: &str, event: &str) -> Value {
    json!({
        "subscriptionId": "s", "subscriptionExpirationDateTime": "2026-11-30T11:00:00Z", "clientState": word,
        "lifecycleEvent": event, "tenantId": "t",
    })
}

#[actix_web::test]
async fn an_address_is_validated_with_its_token_in_plain_text() {
    let scene = Scene::new().await;
    for path in PATHS {
        let asked = format!(
            "{path}/{}?validationToken=Validation%3A+Testing+client+%3Cb%3E",
            scene.key
        );
        let answer = scene.stage.send(post(&asked)).await.expect(200);
        assert_eq!(answer.text, "Validation: Testing client &lt;b&gt;");
        assert!(answer.header("content-type").starts_with("text/plain"));
        assert_eq!(answer.header("x-content-type-options"), "nosniff");
        let unknown = asked.replace(&scene.key, "unknown");
        let refused = scene.stage.send(post(&unknown)).await.expect(404);
        assert!(!refused.text.contains("Testing"), "{}", refused.text);
    }
    assert_eq!(scene.rung().await, 0);
}

#[actix_web::test]
async fn a_notification_rings_the_poll_and_a_forged_one_finds_nothing() {
    let scene = Scene::new().await;
    let nothing = scene.stage.send(post("/no/such/address")).await.expect(404);
    let wrong = "x".repeat(scene.word.len());
    for path in PATHS {
        for forged in [
            json!({ "value": [notification(&wrong)] }),
            json!({ "value": [notification(&scene.word), notification(&wrong)] }),
            json!({ "value": [notification("")] }),
            json!({ "value": [{ "changeType": "created" }] }),
            json!({ "value": [] }),
            json!({}),
            json!("rubbish"),
        ] {
            let shown = forged.to_string();
            let answer = scene.tell(path, forged).await;
            assert_eq!(answer.status, 404, "{shown} {}", answer.text);
            assert_eq!(message(&answer), message(&nothing), "{shown}");
        }
    }
    assert_eq!(scene.rung().await, 0);
    let told = json!({ "value": [notification(&scene.word), notification(&scene.word)] });
    let answer = scene.tell(PATHS[0], told).await.expect(202);
    assert_eq!(answer.text, "");
    assert_eq!(scene.rung().await, 1);
}

fn message(answer: &Answer) -> Value {
    let mut error = answer.json()["error"].clone();
    error["reference"] = Value::Null;
    error
}

#[actix_web::test]
async fn what_happens_to_a_subscription_is_looked_after() {
    for (event, rings) in [
        ("reauthorizationRequired", 1),
        ("subscriptionRemoved", 1),
        ("missed", 1),
        ("somethingNew", 0),
    ] {
        let scene = Scene::new().await;
        let told = json!({ "value": [lifecycle(&scene.word, event)] });
        scene.tell(PATHS[1], told).await.expect(202);
        assert_eq!(scene.rung().await, rings, "{event}");
    }
}

#[actix_web::test]
async fn a_body_is_bounded_and_a_strangers_is_not_read() {
    let scene = Scene::new().await;
    let long = "x".repeat(300 << 10);
    let told = json!({ "value": [notification(&long)] });
    scene.tell(PATHS[0], told.clone()).await.expect(413);
    let unknown = post("/microsoft/notifications/unknown").set_json(told);
    scene.stage.send(unknown).await.expect(404);
    for method in [Method::GET, Method::PUT] {
        let path = format!("{}/{}?validationToken=x", PATHS[0], scene.key);
        let answer = scene.stage.send(request(method, &path)).await;
        assert!(!answer.status.is_success(), "{}", answer.text);
    }
}
