use serde_json::json;
use wiremock::matchers::{path, query_param};
use wiremock::{Mock, MockServer};

use super::super::testing::{ok, online, refusal, token};
use super::*;

#[tokio::test]
async fn folders_are_read_to_the_last_page() {
    let server = MockServer::start().await;
    let next = format!("{}/v1.0/me/mailFolders?$skip=1", server.uri());
    Mock::given(path("/v1.0/me/mailFolders"))
        .and(query_param("$skip", "1"))
        .respond_with(ok(
            &json!({"value": [{"id": "B", "displayName": "a/b", "totalItemCount": 3}]}),
        ))
        .with_priority(1)
        .mount(&server)
        .await;
    Mock::given(path("/v1.0/me/mailFolders"))
        .respond_with(ok(
            &json!({"value": [{"id": "A"}], "@odata.nextLink": next}),
        ))
        .mount(&server)
        .await;
    let folders = online(&server)
        .folders(&token(), &MailboxAddress::Me, None)
        .await
        .unwrap();
    let ids: Vec<_> = folders.iter().map(|folder| folder.id.as_str()).collect();
    assert_eq!(ids, ["A", "B"]);
    assert_eq!((folders[1].name.as_str(), folders[1].total), ("a/b", 3));
}

#[tokio::test]
async fn a_circle_of_pages_ends() {
    let server = MockServer::start().await;
    let next = format!("{}/v1.0/me/mailFolders?$skip=1", server.uri());
    Mock::given(path("/v1.0/me/mailFolders"))
        .respond_with(ok(&json!({"value": [], "@odata.nextLink": next})))
        .expect(2)
        .mount(&server)
        .await;
    let error = online(&server)
        .folders(&token(), &MailboxAddress::Me, None)
        .await
        .unwrap_err();
    assert!(matches!(error, MailboxError::Repeating(_)));
}

#[tokio::test]
async fn a_folder_of_a_shared_mailbox_that_is_gone() {
    let server = MockServer::start().await;
    Mock::given(path("/v1.0/users/help@contoso.example/mailFolders/inbox"))
        .respond_with(refusal(404, "ErrorItemNotFound"))
        .expect(1)
        .mount(&server)
        .await;
    let shared = MailboxAddress::Shared("help@contoso.example".into());
    let error = online(&server)
        .mailbox_folder(&token(), &shared, "inbox")
        .await
        .unwrap_err();
    assert!(matches!(error, MailboxError::FolderMissing(_)));
}
