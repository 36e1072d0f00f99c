use reqwest::Method;
use serde_json::json;

use super::client::{ews, find_item};
use crate::{
    browser::graph,
    world::{SCOPE, SUPPORT, World, mail},
};

fn find_folder(traversal: &str, restriction: &str) -> String {
    format!(
        "<m:FindFolder Traversal=\"{traversal}\"><m:FolderShape><t:BaseShape>AllProperties</t:BaseShape></m:FolderShape>{restriction}<m:ParentFolderIds><t:DistinguishedFolderId Id=\"msgfolderroot\"/></m:ParentFolderIds></m:FindFolder>"
    )
}

#[tokio::test]
async fn folders_are_found_at_any_depth_and_by_name() {
    let world = World::start().await;
    let graph = graph(&world, SUPPORT, SCOPE).await;
    let below = graph
        .ask(Method::POST, "/me/mailFolders/inbox/childFolders")
        .json(&json!({ "displayName": "A & B" }));
    graph.json(below).await;
    let ews = ews(&world, SUPPORT).await;
    let shallow = ews.done(&find_folder("Shallow", "")).await;
    let deep = ews.done(&find_folder("Deep", "")).await;
    assert_eq!((shallow.count("Folder"), deep.count("Folder")), (7, 8));
    let named = "<m:Restriction><t:IsEqualTo><t:FieldURI FieldURI=\"folder:DisplayName\"/><t:FieldURIOrConstant><t:Constant Value=\"a &amp; b\"/></t:FieldURIOrConstant></t:IsEqualTo></m:Restriction>";
    let found = ews.done(&find_folder("Deep", named)).await;
    assert_eq!(found.text("DisplayName"), "A & B");
}

#[tokio::test]
async fn a_page_says_whether_it_is_the_last() {
    let world = World::start().await;
    for subject in ["one", "two", "three"] {
        world.drop_mail(SUPPORT, mail(subject)).await;
    }
    let ews = ews(&world, SUPPORT).await;
    let view = |offset| {
        format!(
            "<m:IndexedPageItemView MaxEntriesReturned=\"2\" Offset=\"{offset}\" BasePoint=\"Beginning\"/>"
        )
    };
    let first = ews.done(&find_item("inbox", &view(0), "")).await;
    assert_eq!(first.count("Message"), 2);
    assert_eq!(
        first.all("RootFolder", "IncludesLastItemInRange"),
        ["false"]
    );
    assert_eq!(first.all("RootFolder", "TotalItemsInView"), ["3"]);
    assert_eq!(first.text("Subject"), "three", "newest first");
    let next = first.all("RootFolder", "IndexedPagingOffset")[0].clone();
    let second = ews
        .done(&find_item("inbox", &view(next.parse::<u8>().unwrap()), ""))
        .await;
    assert_eq!(
        second.all("RootFolder", "IncludesLastItemInRange"),
        ["true"]
    );
    assert_eq!(second.text("Subject"), "one");
    world
        .control(Method::POST, "/microsoft/ews", &json!({ "page_limit": 1 }))
        .await;
    let partial = ews.done(&find_item("inbox", &view(0), "")).await;
    assert_eq!(
        partial.count("Message"),
        1,
        "a page may be shorter than asked for"
    );
    assert_eq!(
        partial.all("RootFolder", "IncludesLastItemInRange"),
        ["false"]
    );
}

#[tokio::test]
async fn restrictions_choose() {
    let world = World::start().await;
    world.drop_mail(SUPPORT, mail("one")).await;
    world.clock.advance(chrono::TimeDelta::hours(1));
    world.drop_mail(SUPPORT, mail("two")).await;
    let ews = ews(&world, SUPPORT).await;
    let compare = |how: &str, uri: &str, value: &str| {
        format!(
            "<t:{how}><t:FieldURI FieldURI=\"{uri}\"/><t:FieldURIOrConstant><t:Constant Value=\"{value}\"/></t:FieldURIOrConstant></t:{how}>"
        )
    };
    let unread = compare("IsEqualTo", "message:IsRead", "false");
    let late = compare(
        "IsGreaterThanOrEqualTo",
        "item:DateTimeReceived",
        "2026-11-24T12:30:00Z",
    );
    let id = compare(
        "IsEqualTo",
        "message:InternetMessageId",
        "&lt;one@customer.example&gt;",
    );
    for (restriction, subjects) in [
        (format!("<t:And>{unread}{late}</t:And>"), vec!["two"]),
        (format!("<t:Or>{late}{id}</t:Or>"), vec!["two", "one"]),
        (format!("<t:Not>{late}</t:Not>"), vec!["one"]),
    ] {
        let restriction = format!("<m:Restriction>{restriction}</m:Restriction>");
        let told = ews.done(&find_item("inbox", "", &restriction)).await;
        let found: Vec<_> = subjects
            .iter()
            .filter(|subject| told.xml.contains(&format!("<t:Subject>{subject}<")))
            .collect();
        assert_eq!(
            (told.count("Message"), found.len()),
            (subjects.len(), subjects.len()),
            "{restriction}"
        );
    }
    let odd = compare("IsEqualTo", "item:ReminderIsSet", "true");
    let odd = find_item(
        "inbox",
        "",
        &format!("<m:Restriction>{odd}</m:Restriction>"),
    );
    assert_eq!(ews.refused(&odd).await, "ErrorUnsupportedPathForQuery");
}
