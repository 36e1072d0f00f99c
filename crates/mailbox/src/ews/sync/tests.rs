use wiremock::MockServer;
use wiremock::matchers::body_string_contains;

use super::super::testing::{bodies, now, ok, online, refusal, shared, token, when};
use chrono::{DateTime, Utc};

use super::*;

fn cursor(state: Option<&str>, since: Option<DateTime<Utc>>) -> ChangeCursor {
    ChangeCursor {
        folder: "inbox".into(),
        since,
        state: state.map(str::to_owned),
    }
}

fn created(id: &str, received: &str) -> String {
    format!(
        "<t:Create><t:Message><t:ItemId Id=\"{id}\"/><t:DateTimeReceived>{received}</t:DateTimeReceived>\
         </t:Message></t:Create>"
    )
}

fn changes(state: &str, last: bool, changes: &str) -> String {
    format!(
        "<m:SyncState>{state}</m:SyncState><m:IncludesLastItemInRange>{last}</m:IncludesLastItemInRange>\
         <m:Changes>{changes}</m:Changes>"
    )
}

async fn answering(answer: &str) -> MockServer {
    let server = MockServer::start().await;
    when("SyncFolderItems")
        .respond_with(ok("SyncFolderItems", answer))
        .mount(&server)
        .await;
    server
}

fn ids(page: &ChangePage) -> Vec<&str> {
    page.messages.iter().map(|head| head.id.as_str()).collect()
}

#[tokio::test]
async fn a_round_is_walked_by_its_states() {
    let server = MockServer::start().await;
    let second = changes("H4sI+2==", true, "");
    when("SyncFolderItems")
        .and(body_string_contains("<m:SyncState>H4sI+1==</m:SyncState>"))
        .respond_with(ok("SyncFolderItems", &second))
        .with_priority(1)
        .mount(&server)
        .await;
    let first = changes(
        "H4sI+1==",
        false,
        &format!(
            "{}\n<t:Update><t:MeetingRequest><t:ItemId Id=\"B\"/></t:MeetingRequest></t:Update>\
             <t:Delete><t:ItemId Id=\"C\"/></t:Delete>\
             <t:ReadFlagChange><t:ItemId Id=\"D\"/><t:IsRead>true</t:IsRead></t:ReadFlagChange>",
            created("A", "2026-11-24T05:00:00Z")
        ),
    );
    when("SyncFolderItems")
        .respond_with(ok("SyncFolderItems", &first))
        .mount(&server)
        .await;
    let (ews, token) = (online(&server), token());
    let page = ews
        .sync_page(&token, &shared(), &cursor(None, None), 50)
        .await
        .unwrap();
    assert_eq!(ids(&page), ["A", "B"]);
    assert_eq!(page.removed, ["C"]);
    assert_eq!(page.next, Next::More("H4sI+1==".into()));
    let next = cursor(Some("H4sI+1=="), None);
    let page = ews.sync_page(&token, &shared(), &next, 50).await.unwrap();
    assert_eq!(
        (ids(&page).len(), &page.next),
        (0, &Next::Done("H4sI+2==".into()))
    );
}

#[tokio::test]
async fn what_is_older_than_the_start_is_left_out_on_every_page() {
    let all = [
        created("old", "2026-11-24T04:59:59Z"),
        created("now", "2026-11-24T05:00:00Z"),
        "<t:Create><t:Message><t:ItemId Id=\"undated\"/></t:Message></t:Create>".to_owned(),
    ];
    let server = answering(&changes("S", true, &all.concat())).await;
    for state in [None, Some("S0")] {
        let page = online(&server)
            .sync_page(&token(), &shared(), &cursor(state, Some(now())), 50)
            .await
            .unwrap();
        assert_eq!(ids(&page), ["now", "undated"]);
    }
}

#[tokio::test]
async fn a_page_is_as_large_as_the_schema_allows() {
    let server = answering(&changes("S", true, "")).await;
    let ews = online(&server);
    for size in [0, 50, 9_999] {
        let synced = ews
            .sync_page(&token(), &shared(), &cursor(None, None), size)
            .await;
        synced.unwrap();
    }
    for (body, size) in bodies(&server).await.iter().zip([1, 50, 512]) {
        assert!(
            body.contains(&format!("<m:MaxChangesReturned>{size}<")),
            "{body}"
        );
    }
}

#[tokio::test]
async fn a_lost_state_asks_for_a_new_start() {
    let server = MockServer::start().await;
    when("SyncFolderItems")
        .respond_with(refusal("SyncFolderItems", "ErrorInvalidSyncStateData"))
        .expect(1)
        .mount(&server)
        .await;
    let error = online(&server)
        .sync_page(&token(), &shared(), &cursor(Some("S"), None), 50)
        .await
        .unwrap_err();
    assert!(matches!(error, MailboxError::Resync(_)));
}

#[tokio::test]
async fn a_control_character_in_one_subject_does_not_cost_the_page() {
    let bad = "<t:Create><t:Message><t:ItemId Id=\"A\"/><t:Subject>a&#x1;\u{2}b</t:Subject></t:Message></t:Create>";
    let server = answering(&changes("S", true, bad)).await;
    let page = online(&server)
        .sync_page(&token(), &shared(), &cursor(None, None), 50)
        .await
        .unwrap();
    assert_eq!(page.messages[0].subject.as_deref(), Some("a      b"));
}

#[tokio::test]
async fn a_page_without_a_state_is_garbled() {
    let server = answering("<m:IncludesLastItemInRange>true</m:IncludesLastItemInRange>").await;
    let error = online(&server)
        .sync_page(&token(), &shared(), &cursor(None, None), 50)
        .await
        .unwrap_err();
    assert!(matches!(
        error,
        MailboxError::Garbled {
            operation: "sync",
            ..
        }
    ));
}

#[test]
fn a_cursor_shows_neither_folder_nor_state() {
    let shown = format!("{:?}", cursor(Some("secret"), None));
    assert!(
        !shown.contains("secret") && !shown.contains("inbox"),
        "{shown}"
    );
}

/// The mail may have come after the start: Exchange's times have no fraction.
#[tokio::test]
async fn mail_of_the_very_second_of_the_start_is_wanted() {
    let of = [
        created("BEFORE", "2026-11-24T04:59:59Z"),
        created("WITH", "2026-11-24T05:00:00Z"),
    ];
    let server = answering(&changes("H4sI+1==", true, &of.concat())).await;
    let since = Some(now() + TimeDelta::milliseconds(700));
    let page = online(&server)
        .sync_page(&token(), &shared(), &cursor(None, since), 50)
        .await
        .unwrap();
    assert_eq!(ids(&page), ["WITH"]);
}
