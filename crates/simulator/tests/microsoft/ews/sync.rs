use reqwest::Method;
use serde_json::{Value, json};

use super::client::{Ews, Told, ews, move_item};
use crate::{
    browser::graph,
    world::{SCOPE, SUPPORT, World, mail},
};

fn sync(state: &str, ignore: &str, most: u32) -> String {
    let state = match state {
        "" => String::new(),
        state => format!("<m:SyncState>{state}</m:SyncState>"),
    };
    format!(
        "<m:SyncFolderItems><m:ItemShape><t:BaseShape>IdOnly</t:BaseShape></m:ItemShape><m:SyncFolderId><t:DistinguishedFolderId Id=\"inbox\"/></m:SyncFolderId>{state}{ignore}<m:MaxChangesReturned>{most}</m:MaxChangesReturned></m:SyncFolderItems>"
    )
}

/// Number of Create, Update, ReadFlagChange and Delete.
fn counts(told: &Told) -> [usize; 4] {
    ["Create", "Update", "ReadFlagChange", "Delete"].map(|name| told.count(name))
}

async fn filled() -> World {
    let world = World::start().await;
    for subject in ["one", "two", "three"] {
        world.drop_mail(SUPPORT, mail(subject)).await;
    }
    world
}

async fn start(ews: &Ews<'_>) -> String {
    ews.done(&sync("", "", 512)).await.text("SyncState")
}

#[tokio::test]
async fn a_first_round_comes_in_pages_newest_first() {
    let world = filled().await;
    let ews = ews(&world, SUPPORT).await;
    let inbox = ews.inbox().await;
    let first = ews.done(&sync("", "", 2)).await;
    assert_eq!(first.text("IncludesLastItemInRange"), "false");
    assert_eq!(first.all("ItemId", "Id"), inbox[..2]);
    world.drop_mail(SUPPORT, mail("four")).await;
    let second = ews.done(&sync(&first.text("SyncState"), "", 2)).await;
    assert_eq!(
        (
            counts(&second),
            second.text("IncludesLastItemInRange").as_str()
        ),
        ([1, 0, 0, 0], "true")
    );
    let third = ews.done(&sync(&second.text("SyncState"), "", 2)).await;
    assert_eq!(
        counts(&third),
        [1, 0, 0, 0],
        "what came meanwhile is told by the next round"
    );
    let fourth = ews.done(&sync(&third.text("SyncState"), "", 2)).await;
    assert_eq!(counts(&fourth), [0, 0, 0, 0]);
}

#[tokio::test]
async fn each_kind_of_change_is_told_as_what_it_is() {
    let world = filled().await;
    let ews = ews(&world, SUPPORT).await;
    let state = start(&ews).await;
    let graph = graph(&world, SUPPORT, SCOPE).await;
    let listed = graph.get("/me/messages").await;
    let path = |index: usize| {
        format!(
            "/me/messages/{}",
            listed["value"][index]["id"].as_str().unwrap()
        )
    };
    for (index, change) in [
        (0, json!({ "isRead": true })),
        (1, json!({ "categories": ["Red"] })),
    ] {
        graph
            .json(graph.ask(Method::PATCH, &path(index)).json(&change))
            .await;
    }
    graph.ask(Method::DELETE, &path(2)).send().await.unwrap();
    let told = ews.done(&sync(&state, "", 512)).await;
    assert_eq!(counts(&told), [0, 1, 1, 1]);
    assert_eq!(told.text("IsRead"), "true");
    let short_lived = world.drop_mail(SUPPORT, mail("short")).await;
    graph
        .ask(Method::DELETE, &format!("/me/messages/{short_lived}"))
        .send()
        .await
        .unwrap();
    let told = ews.done(&sync(&told.text("SyncState"), "", 512)).await;
    assert_eq!(counts(&told), [0, 0, 0, 0], "it came and went in between");
}

#[tokio::test]
async fn what_came_back_is_new_under_its_new_id() {
    let world = filled().await;
    let ews = ews(&world, SUPPORT).await;
    let state = start(&ews).await;
    let mut id = ews.inbox().await.remove(0);
    for folder in ["junkemail", "inbox"] {
        let to = format!("<t:DistinguishedFolderId Id=\"{folder}\"/>");
        id = ews
            .done(&move_item(&id, &to))
            .await
            .all("ItemId", "Id")
            .remove(0);
    }
    let told = ews.done(&sync(&state, "", 512)).await;
    assert_eq!(counts(&told), [1, 0, 0, 1]);
    assert!(told.all("ItemId", "Id").contains(&id));
}

#[tokio::test]
async fn ignored_items_are_not_told() {
    let world = filled().await;
    let ews = ews(&world, SUPPORT).await;
    let id = ews.inbox().await.remove(1);
    let ignore = format!("<m:Ignore><t:ItemId Id=\"{id}\"/></m:Ignore>");
    let told = ews.done(&sync("", &ignore, 512)).await;
    assert_eq!(counts(&told), [2, 0, 0, 0]);
    assert!(!told.all("ItemId", "Id").contains(&id));
}

#[tokio::test]
async fn a_state_that_is_not_kept_is_refused() {
    let world = filled().await;
    let ews = ews(&world, SUPPORT).await;
    let state = start(&ews).await;
    let cut = &state[..state.len() - 4];
    for wrong in ["AAAA", cut, "not base64"] {
        assert_eq!(
            ews.refused(&sync(wrong, "", 512)).await,
            "ErrorInvalidSyncStateData"
        );
    }
    let path = format!("/microsoft/mailboxes/{SUPPORT}/expire-delta");
    world.control(Method::POST, &path, &Value::Null).await;
    assert_eq!(
        ews.refused(&sync(&state, "", 512)).await,
        "ErrorInvalidSyncStateData"
    );
    let gone = sync("", "", 512).replace(
        "DistinguishedFolderId Id=\"inbox\"",
        "FolderId Id=\"AQMkAFx\"",
    );
    assert_eq!(ews.refused(&gone).await, "ErrorSyncFolderNotFound");
}
