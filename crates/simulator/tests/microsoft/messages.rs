use reqwest::Method;
use serde_json::{Value, json};

use crate::{
    browser::graph,
    world::{Graph, SCOPE, SUPPORT, World, mail},
};

const WITH_FILES: &str = "From: carl@customer.example\r\nTo: support@contoso.example\r\nSubject: Files\r\n\
    Message-ID: <files@customer.example>\r\nMIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary=b\r\n\r\n\
    --b\r\nContent-Type: text/plain\r\n\r\nSee the file.\r\n\
    --b\r\nContent-Type: text/csv; name=a.csv\r\nContent-Disposition: attachment; filename=a.csv\r\n\
    Content-Transfer-Encoding: base64\r\n\r\nYSxiCg==\r\n\
    --b\r\nContent-Type: message/rfc822\r\n\r\nSubject: Inner\r\n\r\nInner text\r\n--b--\r\n";

#[tokio::test]
async fn the_value_is_what_came_in_byte_for_byte() {
    let world = World::start().await;
    let graph = graph(&world, SUPPORT, SCOPE).await;
    for raw in [
        &b"Subject: \xff\xfe latin\n\nbare line feeds\nand \x00 zero"[..],
        b"no message at all",
        b"",
    ] {
        let id = world.drop_mail(SUPPORT, raw).await;
        let answer = graph
            .ask(Method::GET, &format!("/me/messages/{id}/$value"))
            .send()
            .await
            .unwrap();
        assert_eq!(answer.headers()["content-type"], "text/plain");
        assert_eq!(&answer.bytes().await.unwrap()[..], raw);
    }
}

#[tokio::test]
async fn a_message_has_the_shape_of_graph() {
    let world = World::start().await;
    let graph = graph(&world, SUPPORT, SCOPE).await;
    let id = world.drop_mail(SUPPORT, mail("hello")).await;
    let shown = graph.get_immutable(&format!("/me/messages/{id}")).await;
    assert_eq!(shown["id"], json!(id));
    assert_eq!(
        shown["from"]["emailAddress"],
        json!({ "name": "Carl Customer", "address": "carl@customer.example" })
    );
    assert_eq!(shown["internetMessageId"], "<hello@customer.example>");
    assert_eq!(shown["receivedDateTime"], "2026-11-24T12:00:00Z");
    assert_eq!(
        shown["body"],
        json!({ "contentType": "text", "content": "Text of hello\r\n" })
    );
    assert_eq!(
        (&shown["isDraft"], &shown["isRead"]),
        (&json!(false), &json!(false))
    );
    assert!(
        shown["@odata.etag"]
            .as_str()
            .unwrap()
            .contains(shown["changeKey"].as_str().unwrap())
    );
    let some = graph
        .get(&format!(
            "/me/messages/{id}?%24select=subject,internetMessageHeaders"
        ))
        .await;
    assert!(some.get("body").is_none() && some["id"].is_string());
    assert_eq!(some["internetMessageHeaders"][0]["name"], "From");
}

#[tokio::test]
async fn attachments_are_listed_and_given_out() {
    let world = World::start().await;
    let graph = graph(&world, SUPPORT, SCOPE).await;
    let id = world.drop_mail(SUPPORT, WITH_FILES).await;
    assert_eq!(
        graph.get(&format!("/me/messages/{id}")).await["hasAttachments"],
        true
    );
    let list = graph.get(&format!("/me/messages/{id}/attachments")).await;
    let [file, item] = list["value"].as_array().unwrap().as_slice() else {
        panic!("{list}")
    };
    assert_eq!(
        (&file["@odata.type"], &file["contentBytes"]),
        (
            &json!("#microsoft.graph.fileAttachment"),
            &json!("YSxiCg==")
        )
    );
    assert_eq!(
        (&item["@odata.type"], &item["name"]),
        (&json!("#microsoft.graph.itemAttachment"), &json!("Inner"))
    );
    let one = format!(
        "/me/messages/{id}/attachments/{}",
        file["id"].as_str().unwrap()
    );
    assert_eq!(graph.get(&one).await["name"], "a.csv");
    let raw = graph
        .ask(Method::GET, &format!("{one}/$value"))
        .send()
        .await
        .unwrap();
    assert_eq!(raw.text().await.unwrap(), "a,b\n");
    let inner = format!(
        "/me/messages/{id}/attachments/{}/$value",
        item["id"].as_str().unwrap()
    );
    let raw = graph
        .ask(Method::GET, &inner)
        .send()
        .await
        .unwrap()
        .text()
        .await
        .unwrap();
    assert!(raw.starts_with("Subject: Inner\r\n"), "{raw}");
}

async fn list(graph: &Graph<'_>, path: &str) -> Vec<String> {
    let body = graph.get(path).await;
    let subject = |mail: &Value| mail["subject"].as_str().unwrap().to_owned();
    body["value"]
        .as_array()
        .unwrap()
        .iter()
        .map(subject)
        .collect()
}

#[tokio::test]
async fn a_list_is_newest_first_and_paged_and_filtered() {
    let world = World::start().await;
    let graph = graph(&world, SUPPORT, SCOPE).await;
    for subject in ["one", "two", "three"] {
        world.drop_mail(SUPPORT, mail(subject)).await;
        world.clock.advance(chrono::TimeDelta::minutes(1));
    }
    assert_eq!(list(&graph, "/me/messages").await, ["three", "two", "one"]);
    let page = graph
        .get("/me/mailFolders/inbox/messages?$top=2&$select=subject&$orderby=receivedDateTime")
        .await;
    assert_eq!(page["value"][0]["subject"], "one");
    let next = page["@odata.nextLink"].as_str().unwrap();
    assert!(next.contains("$skip=2"));
    assert_eq!(list(&graph, next).await, ["three"]);
    let since = "/me/messages?$filter=receivedDateTime ge 2026-11-24T12:01:00Z and isRead eq false";
    assert_eq!(list(&graph, since).await, ["three", "two"]);
    let by_id = "/me/messages?$filter=internetMessageId eq '<two@customer.example>'";
    assert_eq!(list(&graph, by_id).await, ["two"]);
}

#[tokio::test]
async fn flags_can_be_changed_and_nothing_else() {
    let world = World::start().await;
    let graph = graph(&world, SUPPORT, SCOPE).await;
    let path = format!("/me/messages/{}", world.drop_mail(SUPPORT, mail("x")).await);
    let before = graph.get(&path).await["changeKey"].clone();
    let edit = json!({ "isRead": true, "categories": ["Postroom"] });
    let shown = graph
        .json(graph.ask(Method::PATCH, &path).json(&edit))
        .await;
    assert_eq!(
        (&shown["isRead"], &shown["categories"]),
        (&json!(true), &json!(["Postroom"]))
    );
    assert_ne!(shown["changeKey"], before);
    for wrong in [json!({ "subject": "y" }), json!({ "isRead": "yes" })] {
        let refused = graph
            .refused(graph.ask(Method::PATCH, &path).json(&wrong))
            .await;
        assert_eq!(refused, (400, "RequestBodyRead".into()));
    }
}

#[tokio::test]
async fn a_move_gives_a_new_id_unless_ids_are_immutable() {
    let world = World::start().await;
    let graph = graph(&world, SUPPORT, SCOPE).await;
    let immutable = world.drop_mail(SUPPORT, mail("x")).await;
    let old = graph.get("/me/messages").await["value"][0]["id"]
        .as_str()
        .unwrap()
        .to_owned();
    let body = json!({ "destinationId": "archive" });
    let answer = graph
        .ask(Method::POST, &format!("/me/messages/{old}/move"))
        .json(&body)
        .send()
        .await
        .unwrap();
    assert_eq!(answer.status(), 201);
    let moved: Value = answer.json().await.unwrap();
    assert_ne!(moved["id"], json!(old));
    let gone = graph
        .refused(graph.ask(Method::GET, &format!("/me/messages/{old}")))
        .await;
    assert_eq!(gone, (404, "ErrorItemNotFound".into()));
    let again = graph.ask(Method::POST, &format!("/me/messages/{immutable}/move"));
    let again = again
        .json(&json!({ "DestinationId": "inbox" }))
        .header("prefer", "IdType=\"ImmutableId\"");
    let answer = again.send().await.unwrap();
    assert_eq!(
        answer.headers()["preference-applied"],
        "IdType=\"ImmutableId\""
    );
    assert_eq!(
        answer.json::<Value>().await.unwrap()["id"],
        json!(immutable)
    );
}

#[tokio::test]
async fn a_deleted_mail_goes_to_deleted_items_first() {
    let world = World::start().await;
    let graph = graph(&world, SUPPORT, SCOPE).await;
    let path = format!("/me/messages/{}", world.drop_mail(SUPPORT, mail("x")).await);
    assert_eq!(
        graph
            .ask(Method::DELETE, &path)
            .send()
            .await
            .unwrap()
            .status(),
        204
    );
    assert_eq!(
        list(&graph, "/me/mailFolders/deleteditems/messages").await,
        ["x"]
    );
    assert_eq!(
        graph
            .ask(Method::DELETE, &path)
            .send()
            .await
            .unwrap()
            .status(),
        204
    );
    assert_eq!(graph.refused(graph.ask(Method::GET, &path)).await.0, 404);
}
