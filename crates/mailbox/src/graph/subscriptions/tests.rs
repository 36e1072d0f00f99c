use serde_json::json;
use wiremock::matchers::{body_json, header, method, path};
use wiremock::{Mock, MockServer, ResponseTemplate};

use super::super::testing::{ok, online, refusal, token};
use super::*;

async fn subscribe(server: &MockServer, at: &MailboxAddress) -> Result<Subscription, MailboxError> {
    let new = NewSubscription {
        folder: "AAMk'F",
        notification_url: &"https://postroom.example/n/1".parse().unwrap(),
        lifecycle_url: &"https://postroom.example/l/1".parse().unwrap(),
        client_state: &"secret".into(),
    };
    online(server).subscribe(&token(), at, &new).await
}

#[tokio::test]
async fn a_subscription_lives_as_long_as_microsoft_lets_it() {
    let server = MockServer::start().await;
    let asked = json!({
        "changeType": "created",
        "notificationUrl": "https://postroom.example/n/1",
        "lifecycleNotificationUrl": "https://postroom.example/l/1",
        "resource": "me/mailFolders('AAMk''F')/messages",
        "expirationDateTime": "2026-12-01T04:50:00Z",
        "clientState": "secret",
    });
    Mock::given(method("POST"))
        .and(path("/v1.0/subscriptions"))
        .and(body_json(asked))
        .and(header("prefer", "IdType=\"ImmutableId\""))
        .respond_with(ResponseTemplate::new(201).set_body_json(
            json!({"id": "s", "expirationDateTime": "2026-11-30T00:00:00.1234567Z"}),
        ))
        .mount(&server)
        .await;
    let subscription = subscribe(&server, &MailboxAddress::Me).await.unwrap();
    assert_eq!(subscription.id, "s");
    let day = subscription.expires_at.format("%d").to_string();
    assert_eq!(day, "30", "Microsoft's own word counts");
}

#[tokio::test]
async fn anothers_mailbox_is_refused_as_such() {
    let server = MockServer::start().await;
    Mock::given(method("POST"))
        .respond_with(refusal(403, "ErrorAccessDenied"))
        .mount(&server)
        .await;
    let shared = MailboxAddress::Shared("help@contoso.example".into());
    let error = subscribe(&server, &shared).await.unwrap_err();
    assert!(matches!(error, MailboxError::AccessDenied(_)));
    let asked: serde_json::Value = server.received_requests().await.unwrap()[0]
        .body_json()
        .unwrap();
    assert_eq!(
        asked["resource"],
        "users/help@contoso.example/mailFolders('AAMk''F')/messages"
    );
}

#[tokio::test]
async fn it_is_renewed_reauthorised_and_ended_and_a_gone_one_is_told() {
    let server = MockServer::start().await;
    Mock::given(method("PATCH"))
        .and(path("/v1.0/subscriptions/s"))
        .and(body_json(
            json!({"expirationDateTime": "2026-12-01T04:50:00Z"}),
        ))
        .respond_with(ok(
            &json!({"id": "s", "expirationDateTime": "2026-12-01T04:50:00Z"}),
        ))
        .mount(&server)
        .await;
    Mock::given(method("POST"))
        .and(path("/v1.0/subscriptions/s/reauthorize"))
        .respond_with(ResponseTemplate::new(200))
        .mount(&server)
        .await;
    Mock::given(method("DELETE"))
        .and(path("/v1.0/subscriptions/s"))
        .respond_with(ResponseTemplate::new(204))
        .mount(&server)
        .await;
    Mock::given(path("/v1.0/subscriptions/gone"))
        .respond_with(refusal(404, "ResourceNotFound_"))
        .mount(&server)
        .await;
    let (graph, token) = (online(&server), token());
    graph.renew_subscription(&token, "s").await.unwrap();
    graph.reauthorise_subscription(&token, "s").await.unwrap();
    graph.delete_subscription(&token, "s").await.unwrap();
    graph.delete_subscription(&token, "gone").await.unwrap();
    let gone = graph.renew_subscription(&token, "gone").await.unwrap_err();
    assert!(matches!(gone, MailboxError::ItemMissing(_)), "{gone:?}");
}
