use serde_json::json;
use wiremock::matchers::{body_json, method, path};
use wiremock::{Mock, MockServer};

use super::super::testing::{ok, online, refusal, token};
use super::*;

#[tokio::test]
async fn ids_come_back_in_order_and_what_is_gone_has_none() {
    let server = MockServer::start().await;
    Mock::given(method("POST"))
        .and(path("/v1.0/users/help@contoso.example/translateExchangeIds"))
        .and(body_json(json!({
            "inputIds": ["A+/=", "B", "C"], "sourceIdType": "ewsId", "targetIdType": "restImmutableEntryId",
        })))
        .respond_with(ok(&json!({"value": [
            {"sourceId": "C", "targetId": "c"},
            {"sourceId": "B", "targetId": null, "errorDetails": {"code": "ErrorItemNotFound"}},
            {"sourceId": "A+/=", "targetId": "a-_"},
        ]})))
        .expect(1)
        .mount(&server)
        .await;
    let shared = MailboxAddress::Shared("help@contoso.example".into());
    let ids = ["A+/=", "B", "C"].map(str::to_owned);
    let translated = online(&server)
        .translate_ews_ids(&token(), &shared, &ids)
        .await
        .unwrap();
    let targets: Vec<_> = translated
        .iter()
        .map(|one| one.immutable_id.as_deref())
        .collect();
    assert_eq!(targets, [Some("a-_"), None, Some("c")]);
    let sources: Vec<_> = translated.iter().map(|one| one.ews_id.as_str()).collect();
    assert_eq!(sources, ["A+/=", "B", "C"]);
}

#[tokio::test]
async fn no_request_carries_more_than_a_thousand() {
    let server = MockServer::start().await;
    Mock::given(method("POST"))
        .respond_with(ok(&json!({"value": []})))
        .expect(2)
        .mount(&server)
        .await;
    let ids: Vec<String> = (0..1_001).map(|id| id.to_string()).collect();
    let translated = online(&server)
        .translate_ews_ids(&token(), &MailboxAddress::Me, &ids)
        .await
        .unwrap();
    assert_eq!(translated.len(), 1_001);
    let sizes: Vec<usize> = server
        .received_requests()
        .await
        .unwrap()
        .iter()
        .map(|request| {
            request.body_json::<Value>().unwrap()["inputIds"]
                .as_array()
                .unwrap()
                .len()
        })
        .collect();
    assert_eq!(sizes, [1_000, 1]);
}

#[tokio::test]
async fn a_busy_graph_is_asked_again_and_a_folder_keeps_its_plain_id() {
    let server = MockServer::start().await;
    Mock::given(method("POST"))
        .respond_with(refusal(503, "serviceUnavailable"))
        .up_to_n_times(1)
        .mount(&server)
        .await;
    Mock::given(method("POST"))
        .and(body_json(
            json!({"inputIds": ["F"], "sourceIdType": "ewsId", "targetIdType": "restId"}),
        ))
        .respond_with(ok(&json!({"value": [{"sourceId": "F", "targetId": "f"}]})))
        .expect(1)
        .mount(&server)
        .await;
    let folder = online(&server)
        .translate_ews_folder_id(&token(), &MailboxAddress::Me, "F")
        .await
        .unwrap();
    assert_eq!(folder.as_deref(), Some("f"));
}
