use base64::{Engine as _, engine::general_purpose::STANDARD};
use reqwest::{Method, StatusCode};
use serde_json::{Value, json};

use crate::{
    browser::graph,
    world::{Graph, SCOPE, SUPPORT, World},
};

const CARL: &str = "carl@customer.example";
const MIB: usize = 1024 * 1024;

async fn draft(graph: &Graph<'_>) -> String {
    let raw = "From: support@contoso.example\r\nTo: carl@customer.example\r\nSubject: Files\r\n\
        Message-ID: <files@postroom>\r\nIn-Reply-To: <hi@customer.example>\r\n\r\nSee the files.\r\n";
    let request = graph
        .ask(Method::POST, "/me/messages")
        .header("content-type", "text/plain")
        .header("prefer", "IdType=\"ImmutableId\"")
        .body(STANDARD.encode(raw));
    let shown = graph.json(request).await;
    assert_eq!(shown["isDraft"], true);
    shown["id"].as_str().unwrap().to_owned()
}

async fn session(graph: &Graph<'_>, id: &str, size: usize) -> reqwest::Response {
    let item = json!({ "attachmentType": "file", "name": "big.bin", "size": size });
    let path = format!("/me/messages/{id}/attachments/createUploadSession");
    let request = graph.ask(Method::POST, &path);
    request
        .json(&json!({ "AttachmentItem": item }))
        .send()
        .await
        .unwrap()
}

async fn put(world: &World, url: &str, range: String, bytes: Vec<u8>) -> reqwest::Response {
    let request = world.http.put(url).header("content-range", range);
    request.body(bytes).send().await.unwrap()
}

#[tokio::test]
async fn a_large_file_comes_in_ranges_and_goes_out_with_its_draft() {
    let world = World::start().await;
    let graph = graph(&world, SUPPORT, SCOPE).await;
    let id = draft(&graph).await;
    let small = json!({ "@odata.type": "#microsoft.graph.fileAttachment", "name": "small.txt", "contentType": "text/plain", "contentBytes": STANDARD.encode("small") });
    let request = graph.ask(Method::POST, &format!("/me/messages/{id}/attachments"));
    assert_eq!(graph.json(request.json(&small)).await["name"], "small.txt");
    let size = 5 * MIB;
    let opened = session(&graph, &id, size).await;
    assert_eq!(opened.status(), 201);
    let opened: Value = opened.json().await.unwrap();
    let url = opened["uploadUrl"].as_str().unwrap();
    assert_eq!(opened["nextExpectedRanges"], json!(["0"]));
    let with_token = world.http.put(url).bearer_auth(&graph.bearer).body("x");
    assert_eq!(with_token.send().await.unwrap().status(), 401);
    let skipped = put(&world, url, format!("bytes 10-11/{size}"), vec![1; 2]).await;
    assert_eq!(skipped.status(), StatusCode::RANGE_NOT_SATISFIABLE);
    let half = 3 * MIB;
    let first = put(
        &world,
        url,
        format!("bytes 0-{}/{size}", half - 1),
        vec![7; half],
    )
    .await;
    assert_eq!(first.status(), 200);
    let first: Value = first.json().await.unwrap();
    assert_eq!(first["nextExpectedRanges"], json!([half.to_string()]));
    let rest = format!("bytes {half}-{}/{size}", size - 1);
    let last = put(&world, url, rest, vec![7; size - half]).await;
    assert_eq!(last.status(), 201);
    assert!(last.headers().contains_key("location"));
    let sent = graph.ask(Method::POST, &format!("/me/messages/{id}/send"));
    assert_eq!(sent.send().await.unwrap().status(), 202);
    let mails = world
        .look(&format!("/microsoft/mailboxes/{CARL}/mails?folder=inbox"))
        .await;
    assert_eq!(mails[0]["internet_message_id"], "<files@postroom>");
    let copy = graph
        .get_immutable(&format!("/me/messages/{id}?$expand=attachments"))
        .await;
    assert_eq!(copy["isDraft"], false);
    let sizes: Vec<_> = copy["attachments"]
        .as_array()
        .unwrap()
        .iter()
        .map(|file| file["size"].as_u64().unwrap())
        .collect();
    assert_eq!(sizes, [5, size as u64]);
    let again = graph.ask(Method::POST, &format!("/me/messages/{id}/send"));
    assert_eq!(graph.refused(again).await.0, 400, "it is no draft any more");
}

#[tokio::test]
async fn what_is_too_small_or_no_draft_has_no_session() {
    let world = World::start().await;
    let graph = graph(&world, SUPPORT, SCOPE).await;
    let id = draft(&graph).await;
    let small: Value = session(&graph, &id, 3 * MIB - 1)
        .await
        .json()
        .await
        .unwrap();
    assert_eq!(
        small["error"]["code"],
        "ErrorAttachmentSizeShouldNotBeLessThanMinimumSize"
    );
    assert_eq!(session(&graph, &id, 151 * MIB).await.status(), 413);
    let mail = world.drop_mail(SUPPORT, crate::world::mail("x")).await;
    assert_eq!(session(&graph, &mail, 4 * MIB).await.status(), 400);
}

#[tokio::test]
async fn the_id_of_a_message_can_change_on_its_way_and_its_copy_can_be_lost() {
    let world = World::start().await;
    let graph = graph(&world, SUPPORT, SCOPE).await;
    let settings = json!({ "rewrite_message_id": true });
    world
        .control(Method::POST, "/microsoft/sending", &settings)
        .await;
    let id = draft(&graph).await;
    let sent = graph.ask(Method::POST, &format!("/me/messages/{id}/send"));
    assert_eq!(sent.send().await.unwrap().status(), 202);
    let mails = world
        .look(&format!("/microsoft/mailboxes/{CARL}/mails?folder=inbox"))
        .await;
    let told = mails[0]["internet_message_id"].as_str().unwrap();
    assert_ne!(told, "<files@postroom>");
    let copy = graph.get_immutable(&format!("/me/messages/{id}")).await;
    assert_eq!(copy["internetMessageId"], told);
    let settings = json!({ "lose_copies": 1 });
    world
        .control(Method::POST, "/microsoft/sending", &settings)
        .await;
    let raw = "To: carl@customer.example\r\nSubject: x\r\n\r\nx\r\n";
    let mime = graph
        .ask(Method::POST, "/me/sendMail")
        .header("content-type", "text/plain");
    assert_eq!(
        mime.body(STANDARD.encode(raw))
            .send()
            .await
            .unwrap()
            .status(),
        202
    );
    let sent = world
        .look(&format!(
            "/microsoft/mailboxes/{SUPPORT}/mails?folder=sentitems"
        ))
        .await;
    assert_eq!(sent.as_array().unwrap().len(), 1, "only the draft's");
}
