use wiremock::MockServer;
use wiremock::matchers::body_string_contains;

use super::super::testing::{bodies, ok, online, refusal, shared, token, when};
use super::*;

fn page(next: &str, folders: &str) -> String {
    format!("<m:RootFolder {next}><t:Folders>{folders}</t:Folders></m:RootFolder>")
}

#[tokio::test]
async fn folders_are_read_to_the_last_page() {
    let server = MockServer::start().await;
    let second = page(
        "IncludesLastItemInRange=\"true\"",
        "<t:Folder><t:FolderId Id=\"B\"/><t:ParentFolderId Id=\"A\"/><t:DisplayName>a/b &amp; c</t:DisplayName>\
         <t:TotalCount>3</t:TotalCount><t:ChildFolderCount>2</t:ChildFolderCount><t:UnreadCount>1</t:UnreadCount>\
         </t:Folder>",
    );
    when("FindFolder")
        .and(body_string_contains("Offset=\"2\""))
        .respond_with(ok("FindFolder", &second))
        .with_priority(1)
        .mount(&server)
        .await;
    let first = page(
        "IndexedPagingOffset=\"2\" IncludesLastItemInRange=\"false\"",
        "<t:CalendarFolder><t:FolderId Id=\"K\"/></t:CalendarFolder>\
         <t:Folder><t:FolderId Id=\"A\"/></t:Folder>",
    );
    when("FindFolder")
        .respond_with(ok("FindFolder", &first))
        .mount(&server)
        .await;
    let folders = online(&server)
        .folders(&token(), &shared(), None)
        .await
        .unwrap();
    let ids: Vec<_> = folders.iter().map(|folder| folder.id.as_str()).collect();
    assert_eq!(ids, ["A", "B"], "the calendar is none of mail");
    let b = &folders[1];
    assert_eq!(
        (b.name.as_str(), b.parent_id.as_deref()),
        ("a/b & c", Some("A"))
    );
    assert_eq!((b.total, b.children, b.unread), (3, 2, 1));
    let asked = &bodies(&server).await[0];
    assert!(asked.contains(
        "<t:DistinguishedFolderId Id=\"msgfolderroot\"><t:Mailbox><t:EmailAddress>help@contoso.example<"
    ));
}

#[tokio::test]
async fn a_circle_of_pages_ends() {
    let server = MockServer::start().await;
    let again = page(
        "IndexedPagingOffset=\"0\" IncludesLastItemInRange=\"false\"",
        "",
    );
    when("FindFolder")
        .respond_with(ok("FindFolder", &again))
        .expect(1)
        .mount(&server)
        .await;
    let error = online(&server)
        .folders(&token(), &shared(), Some("P"))
        .await
        .unwrap_err();
    assert!(matches!(error, MailboxError::Repeating(_)));
    assert!(bodies(&server).await[0].contains("<t:FolderId Id=\"P\">"));
}

#[tokio::test]
async fn a_folder_that_is_gone_and_an_answer_without_one() {
    let server = MockServer::start().await;
    when("GetFolder")
        .and(body_string_contains("Id=\"gone\""))
        .respond_with(refusal("GetFolder", "ErrorItemNotFound"))
        .expect(1)
        .mount(&server)
        .await;
    when("GetFolder")
        .respond_with(ok("GetFolder", "<m:Folders/>"))
        .with_priority(9)
        .mount(&server)
        .await;
    let (ews, token) = (online(&server), token());
    let gone = ews.mailbox_folder(&token, &shared(), "gone").await;
    assert!(matches!(gone, Err(MailboxError::FolderMissing(_))));
    let none = ews.mailbox_folder(&token, &shared(), "inbox").await;
    assert!(matches!(
        none,
        Err(MailboxError::Garbled {
            operation: "get_folder",
            ..
        })
    ));
}
