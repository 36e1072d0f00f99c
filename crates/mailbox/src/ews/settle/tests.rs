use wiremock::MockServer;
use wiremock::matchers::body_string_contains;

use super::super::testing::{bodies, items, ok, online, refusal, shared, token, when};
use super::*;

const MOVED: &str =
    "<m:Items><t:Message><t:ItemId Id=\"A2\" ChangeKey=\"C\"/></t:Message></m:Items>";

#[tokio::test]
async fn marking_moving_and_deleting_say_what_exchange_expects() {
    let server = MockServer::start().await;
    when("UpdateItem")
        .and(body_string_contains("<t:ItemId Id=\"A\"></t:ItemId>"))
        .and(body_string_contains(
            "<t:Message><t:IsRead>true</t:IsRead></t:Message>",
        ))
        .and(body_string_contains("SuppressReadReceipts=\"true\""))
        .respond_with(ok("UpdateItem", MOVED))
        .expect(1)
        .mount(&server)
        .await;
    when("MoveItem")
        .and(body_string_contains(
            "<m:ToFolderId><t:FolderId Id=\"AAMk/F+=\">",
        ))
        .respond_with(ok("MoveItem", MOVED))
        .expect(1)
        .mount(&server)
        .await;
    when("DeleteItem")
        .and(body_string_contains("DeleteType=\"MoveToDeletedItems\""))
        .and(body_string_contains("<t:ItemId Id=\"A2\">"))
        .respond_with(ok("DeleteItem", ""))
        .expect(1)
        .mount(&server)
        .await;
    let (ews, token, mailbox) = (online(&server), token(), shared());
    ews.mark_read(&token, &mailbox, "A").await.unwrap();
    let moved = ews.move_to(&token, &mailbox, "A", "AAMk/F+=").await;
    assert_eq!(moved.unwrap(), "A2");
    ews.delete(&token, &mailbox, "A2").await.unwrap();
}

#[tokio::test]
async fn a_category_joins_those_that_are_there() {
    let server = MockServer::start().await;
    let has = items(
        "<t:Message><t:ItemId Id=\"A\"/><t:Categories>\n<t:String>Red &amp; blue</t:String>\n</t:Categories></t:Message>",
    );
    when("GetItem")
        .respond_with(ok("GetItem", &has))
        .mount(&server)
        .await;
    when("UpdateItem")
        .and(body_string_contains(
            "<t:Categories><t:String>Red &amp; blue</t:String><t:String>In Jira</t:String></t:Categories>",
        ))
        .respond_with(ok("UpdateItem", MOVED))
        .expect(1)
        .mount(&server)
        .await;
    let (ews, token, mailbox) = (online(&server), token(), shared());
    ews.categorise(&token, &mailbox, "A", "In Jira")
        .await
        .unwrap();
    ews.categorise(&token, &mailbox, "A", "Red & blue")
        .await
        .unwrap();
}

#[tokio::test]
async fn a_change_key_is_fetched_only_when_exchange_wants_one() {
    let server = MockServer::start().await;
    when("UpdateItem")
        .and(body_string_contains("ChangeKey=\"CQ+=\""))
        .respond_with(ok("UpdateItem", MOVED))
        .expect(1)
        .with_priority(1)
        .mount(&server)
        .await;
    when("UpdateItem")
        .respond_with(refusal(
            "UpdateItem",
            "ErrorChangeKeyRequiredForWriteOperations",
        ))
        .expect(1)
        .mount(&server)
        .await;
    let keyed = items("<t:Message><t:ItemId Id=\"A\" ChangeKey=\"CQ+=\"/></t:Message>");
    when("GetItem")
        .respond_with(ok("GetItem", &keyed))
        .expect(1)
        .mount(&server)
        .await;
    online(&server)
        .mark_read(&token(), &shared(), "A")
        .await
        .unwrap();
    assert_eq!(bodies(&server).await.len(), 3);
}

#[tokio::test]
async fn a_message_that_left_is_missing_and_a_broken_move_is_unknown() {
    let server = MockServer::start().await;
    when("UpdateItem")
        .respond_with(refusal("UpdateItem", "ErrorItemNotFound"))
        .expect(1)
        .mount(&server)
        .await;
    when("MoveItem")
        .respond_with(refusal("MoveItem", "ErrorTimeoutExpired"))
        .expect(1)
        .mount(&server)
        .await;
    let (ews, token, mailbox) = (online(&server), token(), shared());
    let marked = ews.mark_read(&token, &mailbox, "A").await;
    assert!(matches!(marked, Err(MailboxError::ItemMissing(_))));
    let moved = ews.move_to(&token, &mailbox, "A", "inbox").await;
    assert!(moved.unwrap_err().maybe_done());
}

#[tokio::test]
async fn a_target_folder_that_is_gone_is_not_a_message_that_is_gone() {
    let server = MockServer::start().await;
    when("MoveItem")
        .respond_with(refusal("MoveItem", "ErrorToFolderNotFound"))
        .mount(&server)
        .await;
    let moved = online(&server).move_to(&token(), &shared(), "A", "F").await;
    assert!(matches!(moved, Err(MailboxError::FolderMissing(_))));
}
