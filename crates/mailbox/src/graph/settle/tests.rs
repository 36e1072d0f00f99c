use serde_json::json;
use wiremock::matchers::{body_json, method, path};
use wiremock::{Mock, MockServer, ResponseTemplate};

use super::super::testing::{online, refusal, token};
use super::*;

#[tokio::test]
async fn marking_moving_and_deleting_say_what_graph_expects() {
    let server = MockServer::start().await;
    Mock::given(method("PATCH"))
        .and(path("/v1.0/me/messages/A"))
        .and(body_json(json!({"isRead": true})))
        .respond_with(ResponseTemplate::new(200).set_body_json(json!({"id": "A"})))
        .expect(1)
        .mount(&server)
        .await;
    Mock::given(method("POST"))
        .and(path("/v1.0/me/messages/A/move"))
        .and(body_json(json!({"destinationId": "archive"})))
        .respond_with(ResponseTemplate::new(201).set_body_json(json!({"id": "A2"})))
        .expect(1)
        .mount(&server)
        .await;
    Mock::given(method("DELETE"))
        .and(path("/v1.0/me/messages/A2"))
        .respond_with(ResponseTemplate::new(204))
        .expect(1)
        .mount(&server)
        .await;
    let (graph, token, me) = (online(&server), token(), MailboxAddress::Me);
    graph.mark_read(&token, &me, "A").await.unwrap();
    assert_eq!(
        graph.move_to(&token, &me, "A", "archive").await.unwrap(),
        "A2"
    );
    graph.delete(&token, &me, "A2").await.unwrap();
}

#[tokio::test]
async fn a_category_joins_those_that_are_there() {
    let server = MockServer::start().await;
    Mock::given(method("GET"))
        .and(path("/v1.0/me/messages/A"))
        .respond_with(
            ResponseTemplate::new(200)
                .set_body_json(json!({"id": "A", "categories": ["Red", "In Jira"]})),
        )
        .mount(&server)
        .await;
    Mock::given(method("PATCH"))
        .and(path("/v1.0/me/messages/A"))
        .and(body_json(json!({"categories": ["Red", "In Jira", "Blue"]})))
        .respond_with(ResponseTemplate::new(200).set_body_json(json!({"id": "A"})))
        .expect(1)
        .mount(&server)
        .await;
    let (graph, token, me) = (online(&server), token(), MailboxAddress::Me);
    graph.categorise(&token, &me, "A", "Blue").await.unwrap();
    graph.categorise(&token, &me, "A", "In Jira").await.unwrap();
}

#[tokio::test]
async fn a_message_that_left_is_missing_and_a_broken_move_is_unknown() {
    let server = MockServer::start().await;
    Mock::given(method("PATCH"))
        .respond_with(refusal(404, "ErrorItemNotFound"))
        .mount(&server)
        .await;
    Mock::given(method("POST"))
        .respond_with(refusal(500, "ErrorMoveCopyFailed"))
        .expect(1)
        .mount(&server)
        .await;
    let (graph, token, me) = (online(&server), token(), MailboxAddress::Me);
    let marked = graph.mark_read(&token, &me, "A").await;
    assert!(matches!(marked, Err(MailboxError::ItemMissing(_))));
    assert!(
        graph
            .move_to(&token, &me, "A", "archive")
            .await
            .unwrap_err()
            .maybe_done()
    );
}
