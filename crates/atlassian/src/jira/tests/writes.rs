use bytes::Bytes;
use serde_json::json;
use wiremock::{
    Mock, MockServer, ResponseTemplate,
    matchers::{method, path},
};

use super::*;
use crate::jira::{File, JiraError, MAX_FILES};

async fn answering(verb: &str, at: &str, status: u16, body: Value) -> MockServer {
    let server = MockServer::start().await;
    Mock::given(method(verb))
        .and(path(at))
        .respond_with(ResponseTemplate::new(status).set_body_json(body))
        .mount(&server)
        .await;
    server
}

#[tokio::test]
async fn an_issue_is_made_with_the_stamp_of_its_mail() {
    let server = answering(
        "POST",
        "/rest/api/3/issue",
        201,
        json!({"id": "1", "key": "SUP-1", "self": "x"}),
    )
    .await;
    let issue = client(&server)
        .create_issue(&new_issue(&document()))
        .await
        .unwrap();
    assert_eq!((issue.id.as_str(), issue.key.as_str()), ("1", "SUP-1"));
    let request = only_request(&server).await;
    assert_signed(&request, "");
    assert_eq!(
        sent_json(&request),
        json!({
            "fields": {
                "project": {"id": "10000"}, "issuetype": {"id": "10001"},
                "summary": "Printer on fire", "description": document(),
            },
            "properties": [{"key": "postroom", "value": {"mail": MAIL}}],
        })
    );
}

#[tokio::test]
async fn a_site_may_live_below_a_path() {
    let server = answering(
        "POST",
        "/jira/rest/api/3/issue",
        201,
        json!({"id": "1", "key": "SUP-1"}),
    )
    .await;
    let client = client_of(&format!("{}/jira/", server.uri()), Duration::from_secs(10));
    client.create_issue(&new_issue(&document())).await.unwrap();
    assert_signed(&only_request(&server).await, "/jira");
}

#[tokio::test]
async fn a_comment_is_added_with_the_stamp_of_its_mail() {
    let answer = json!({"id": "7", "author": {"accountId": "app-1", "accountType": "app"}});
    let server = answering("POST", "/rest/api/3/issue/SUP-1/comment", 201, answer).await;
    let comment = client(&server)
        .add_comment("SUP-1", &document(), MAIL)
        .await
        .unwrap();
    assert_eq!(comment.id, "7");
    assert_eq!(comment.author_account_id.as_deref(), Some("app-1"));
    let sent = sent_json(&only_request(&server).await);
    assert_eq!(sent["body"], document());
    assert_eq!(
        sent["properties"][0],
        json!({"key": "postroom", "value": {"mail": MAIL}})
    );
}

#[tokio::test]
async fn all_files_go_in_one_upload() {
    let answer = json!([
        {"id": "1", "filename": "März.pdf", "size": 3, "mimeType": "application/pdf"},
        {"id": "2", "filename": "b.bin", "size": 2},
    ]);
    let server = answering("POST", "/rest/api/3/issue/1/attachments", 200, answer).await;
    let file = |name: &str, media_type: &str, bytes: &'static [u8]| File {
        name: name.into(),
        media_type: media_type.into(),
        bytes: Bytes::from_static(bytes),
    };
    let files = vec![
        file("März.pdf", "application/pdf", b"PDF"),
        file("b.bin", "not a type", b"ab"),
    ];
    let attached = client(&server).attach("1", files).await.unwrap();
    assert_eq!(attached.len(), 2);
    let request = only_request(&server).await;
    assert_signed(&request, "");
    assert_eq!(request.headers["x-atlassian-token"], "no-check");
    assert!(request.headers.contains_key("content-length"));
    let body = String::from_utf8_lossy(&request.body);
    assert_eq!(body.matches(r#"name="file""#).count(), 2);
    assert!(
        body.contains("filename=\"März.pdf\"\r\nContent-Type: application/pdf\r\n"),
        "{body}"
    );
    assert!(body.contains("PDF"));
}

#[tokio::test]
async fn no_files_cost_no_request_and_too_many_are_refused_here() {
    let server = MockServer::start().await;
    assert_eq!(client(&server).attach("1", Vec::new()).await.unwrap(), []);
    let file = File {
        name: "a".into(),
        media_type: "text/plain".into(),
        bytes: Bytes::new(),
    };
    let error = client(&server)
        .attach("1", vec![file; MAX_FILES + 1])
        .await
        .unwrap_err();
    assert!(matches!(error, JiraError::TooLarge));
    assert!(requests(&server).await.is_empty());
}

#[tokio::test]
async fn texts_are_replaced() {
    let server = answering(
        "PUT",
        "/rest/api/3/issue/1/comment/7",
        200,
        json!({"id": "7"}),
    )
    .await;
    Mock::given(method("PUT"))
        .and(path("/rest/api/3/issue/1"))
        .respond_with(ResponseTemplate::new(204))
        .mount(&server)
        .await;
    let client = client(&server);
    client.update_comment("1", "7", &document()).await.unwrap();
    client.update_description("1", &document()).await.unwrap();
    let sent = requests(&server).await;
    assert_eq!(sent_json(&sent[0]), json!({"body": document()}));
    assert_eq!(
        sent_json(&sent[1]),
        json!({"fields": {"description": document()}})
    );
}

#[tokio::test]
async fn an_id_cannot_leave_its_place_in_the_path() {
    let server = MockServer::start().await;
    for id in ["", "..", "1/../../user", "1?x", "1%2f", "SUP 1"] {
        let error = client(&server).issue(id).await.unwrap_err();
        assert!(matches!(error, JiraError::BadRequest(_)), "{id}: {error:?}");
    }
    assert!(requests(&server).await.is_empty());
}
