use wiremock::matchers::{body_string_contains, method};
use wiremock::{Mock, MockServer, ResponseTemplate};

use super::super::testing::{bodies, ok, online, refusal, shared, token, when};
use super::*;
use crate::all_proven;

const FULL: [&str; 1] = ["https://outlook.office365.com/ews.accessasuser.all"];

async fn healthy() -> MockServer {
    let server = MockServer::start().await;
    for (operation, inner) in [
        (
            "GetFolder",
            "<m:Folders><t:Folder><t:FolderId Id=\"F\"/><t:DisplayName>Inbox</t:DisplayName>\
             <t:TotalCount>2</t:TotalCount></t:Folder></m:Folders>",
        ),
        (
            "FindItem",
            "<m:RootFolder IncludesLastItemInRange=\"true\"><t:Items/></m:RootFolder>",
        ),
        (
            "CreateItem",
            "<m:Items><t:Message><t:ItemId Id=\"D\"/></t:Message></m:Items>",
        ),
        ("DeleteItem", ""),
    ] {
        let mock = when(operation).respond_with(ok(operation, inner));
        mock.with_priority(9).mount(&server).await;
    }
    server
}

async fn ping(server: &MockServer, granted: &[&str], write: bool, send: bool) -> Vec<Right> {
    let granted: Vec<String> = granted.iter().map(|scope| (*scope).to_owned()).collect();
    let wanted = PingRequest {
        granted: &granted,
        folder: "inbox",
        read: write,
        write,
        send,
    };
    online(server).ping(&token(), &shared(), &wanted).await
}

/// `+` proven, `-` missing, `s` skipped, in the order of the rights.
fn picture(rights: &[Right]) -> String {
    let sign = |right: &Right| match (right.ok, right.skipped) {
        (true, _) => '+',
        (false, true) => 's',
        (false, false) => '-',
    };
    rights.iter().map(sign).collect()
}

async fn drafts(server: &MockServer) -> usize {
    let bodies = bodies(server).await;
    bodies
        .iter()
        .filter(|body| body.contains("<m:CreateItem"))
        .count()
}

#[tokio::test]
async fn all_rights_are_proven_with_one_draft_that_is_deleted_for_good() {
    let server = healthy().await;
    let rights = ping(&server, &FULL, true, true).await;
    assert_eq!(picture(&rights), "+++++");
    assert_eq!(drafts(&server).await, 1);
    let bodies = bodies(&server).await;
    let draft = bodies
        .iter()
        .find(|body| body.contains("<m:CreateItem"))
        .unwrap();
    assert!(
        draft.contains("MessageDisposition=\"SaveOnly\""),
        "nothing is sent"
    );
    assert!(draft.contains("Id=\"drafts\"><t:Mailbox>"));
    let last = bodies.last().unwrap();
    assert!(last.contains("DeleteType=\"HardDelete\"") && last.contains("Id=\"D\""));
}

#[tokio::test]
async fn what_is_not_needed_is_skipped_and_leaves_no_draft() {
    let server = healthy().await;
    assert_eq!(picture(&ping(&server, &FULL, true, false).await), "++++s");
    assert_eq!(picture(&ping(&server, &FULL, false, true).await), "++ss+");
    assert_eq!(picture(&ping(&server, &FULL, false, false).await), "++sss");
    assert_eq!(drafts(&server).await, 2, "one for each of the first two");
}

#[tokio::test]
async fn sending_needs_the_scope_of_ews() {
    let server = healthy().await;
    let rights = ping(&server, &["Mail.Send", "Mail.ReadWrite"], true, true).await;
    assert_eq!(picture(&rights), "++++-");
    assert!(rights[4].detail.contains(SCOPE), "{}", rights[4].detail);
    assert!(!all_proven(&rights));
}

#[tokio::test]
async fn a_refused_token_stops_everything() {
    let server = healthy().await;
    let why =
        "2000008;reason=\"The token contains not enough scope.\";error_category=\"invalid_grant\"";
    let refused = ResponseTemplate::new(401)
        .insert_header("request-id", "req-1")
        .insert_header("x-ms-diagnostics", why);
    Mock::given(method("POST"))
        .respond_with(refused)
        .mount(&server)
        .await;
    let rights = ping(&server, &FULL, true, true).await;
    assert_eq!(picture(&rights), "-ssss");
    let detail = &rights[0].detail;
    assert!(
        detail.contains(SCOPE) && detail.ends_with("(invalid_grant, request req-1)"),
        "{detail}"
    );
    assert!(rights[0].action.is_some());
}

#[tokio::test]
async fn switched_off_ews_is_named_with_its_way_out() {
    let server = healthy().await;
    Mock::given(method("POST"))
        .respond_with(ResponseTemplate::new(403))
        .mount(&server)
        .await;
    let rights = ping(&server, &FULL, true, true).await;
    assert_eq!(picture(&rights), "+-sss");
    let way_out = rights[1].action.as_deref().unwrap();
    assert!(way_out.contains("2027-04-01") && way_out.contains("-EwsAllowedAppIDs"));
}

#[tokio::test]
async fn a_mailbox_that_may_only_be_read_fails_at_writing() {
    let server = healthy().await;
    when("CreateItem")
        .respond_with(refusal("CreateItem", "ErrorAccessDenied"))
        .mount(&server)
        .await;
    assert_eq!(picture(&ping(&server, &FULL, true, true).await), "+++--");
}

#[tokio::test]
async fn a_missing_mailbox_is_not_a_missing_sign_in() {
    let server = healthy().await;
    when("GetFolder")
        .and(body_string_contains("help@contoso.example"))
        .respond_with(refusal("GetFolder", "ErrorNonExistentMailbox"))
        .mount(&server)
        .await;
    let rights = ping(&server, &FULL, true, true).await;
    assert_eq!(picture(&rights), "+-sss");
    assert!(rights[1].action.as_deref().unwrap().contains("licence"));
}
