use base64::{Engine as _, engine::general_purpose::STANDARD};
use reqwest::{Method, RequestBuilder};
use rstest::rstest;
use serde_json::{Value, json};

use crate::{
    browser::graph,
    world::{ANN, Graph, SCOPE, SUPPORT, World},
};

const CARL: &str = "carl@customer.example";

fn mime(graph: &Graph<'_>, raw: &str) -> RequestBuilder {
    let request = graph
        .ask(Method::POST, "/me/sendMail")
        .header("content-type", "text/plain");
    request.body(STANDARD.encode(raw))
}

async fn inbox(world: &World, address: &str) -> Value {
    world
        .look(&format!(
            "/microsoft/mailboxes/{address}/mails?folder=inbox"
        ))
        .await
}

#[tokio::test]
async fn mime_arrives_with_its_headers_and_a_copy_is_kept() {
    let world = World::start().await;
    let graph = graph(&world, SUPPORT, SCOPE).await;
    let raw = "From: Support <support@contoso.example>\r\nTo: carl@customer.example, out@elsewhere.example\r\n\
        Bcc: ann@contoso.example\r\nSubject: Re: Hi\r\nMessage-ID: <reply@postroom>\r\nIn-Reply-To: <hi@customer.example>\r\n\
        Auto-Submitted: auto-generated\r\nX-Loop: 7\r\n\r\nAnswer\r\n";
    let answer = mime(&graph, raw).send().await.unwrap();
    assert_eq!(answer.status(), 202);
    assert!(answer.bytes().await.unwrap().is_empty());
    for address in [CARL, ANN] {
        let mails = inbox(&world, address).await;
        assert_eq!(mails[0]["internet_message_id"], "<reply@postroom>");
        let path = format!(
            "/microsoft/mailboxes/{address}/mails/{}/raw",
            mails[0]["id"].as_str().unwrap()
        );
        let url = format!("{}{path}", world.simulator.control_url());
        let raw = world
            .http
            .get(url)
            .send()
            .await
            .unwrap()
            .text()
            .await
            .unwrap();
        assert!(
            raw.contains("X-Loop: 7\r\n") && raw.contains("In-Reply-To: <hi@customer.example>")
        );
        assert!(!raw.contains("Bcc:"));
    }
    let external = world.look("/microsoft/external").await;
    assert_eq!(
        (external.as_array().unwrap().len(), &external[0]["to"]),
        (1, &json!("out@elsewhere.example"))
    );
    let sent = world
        .look(&format!(
            "/microsoft/mailboxes/{SUPPORT}/mails?folder=sentitems"
        ))
        .await;
    assert_eq!(sent[0]["is_read"], true);
}

#[tokio::test]
async fn json_is_built_into_a_message() {
    let world = World::start().await;
    let graph = graph(&world, SUPPORT, SCOPE).await;
    let body = json!({ "Message": {
        "subject": "Grüße",
        "body": { "contentType": "HTML", "content": "<p>Hallo</p>" },
        "toRecipients": [{ "emailAddress": { "address": CARL } }],
        "internetMessageHeaders": [{ "name": "X-Postroom", "value": "1" }],
        "attachments": [{ "@odata.type": "#microsoft.graph.fileAttachment", "name": "a.txt", "contentType": "text/plain", "contentBytes": "YQ==" }],
    }, "SaveToSentItems": false });
    let answer = graph
        .ask(Method::POST, "/me/sendMail")
        .json(&body)
        .send()
        .await
        .unwrap();
    assert_eq!(answer.status(), 202);
    let mails = inbox(&world, CARL).await;
    assert_eq!(
        (&mails[0]["subject"], &mails[0]["from"]),
        (&json!("Grüße"), &json!(SUPPORT))
    );
    let sent = world
        .look(&format!(
            "/microsoft/mailboxes/{SUPPORT}/mails?folder=sentitems"
        ))
        .await;
    assert_eq!(sent, json!([]));
    let header = json!({ "message": { "internetMessageHeaders": [{ "name": "In-Reply-To", "value": "<x>" }] } });
    let refused = graph
        .refused(graph.ask(Method::POST, "/me/sendMail").json(&header))
        .await;
    assert_eq!(refused, (400, "InvalidInternetMessageHeader".into()));
}

#[rstest]
#[case::not_base64("text/plain", b"From: x".to_vec(), 400, "ErrorMimeContentInvalidBase64String")]
#[case::quoted("text/plain", br#""RnJvbTogeA==""#.to_vec(), 400, "ErrorMimeContentInvalidBase64String")]
#[case::too_large("text/plain", vec![b'A'; 4 * 1024 * 1024 + 4], 413, "BadRequest")]
#[case::nobody("text/plain", b"U3ViamVjdDogeA0KDQp5".to_vec(), 400, "ErrorInvalidRecipients")]
#[case::other_type("message/rfc822", b"x".to_vec(), 415, "UnsupportedMediaType")]
#[case::no_json("application/json", b"{}".to_vec(), 400, "RequestBodyRead")]
#[tokio::test]
async fn what_cannot_be_sent_is_refused(
    #[case] kind: &str,
    #[case] body: Vec<u8>,
    #[case] status: u16,
    #[case] code: &str,
) {
    let world = World::start().await;
    let graph = graph(&world, SUPPORT, SCOPE).await;
    let request = graph
        .ask(Method::POST, "/me/sendMail")
        .header("content-type", kind)
        .body(body);
    assert_eq!(graph.refused(request).await, (status, code.to_owned()));
    assert_eq!(world.look("/microsoft/external").await, json!([]));
}

#[tokio::test]
async fn a_foreign_sender_needs_send_as() {
    let world = World::start().await;
    let raw =
        "From: support@contoso.example\r\nTo: carl@customer.example\r\nSubject: x\r\n\r\ny\r\n";
    let plain = graph(&world, ANN, SCOPE).await;
    let denied = (403, "ErrorSendAsDenied".to_owned());
    assert_eq!(plain.refused(mime(&plain, raw)).await, denied);
    let shared = graph(&world, ANN, "Mail.Send.Shared").await;
    let open = json!({ "mailbox": SUPPORT, "delegate": ANN });
    world
        .control(Method::POST, "/microsoft/delegations", &open)
        .await;
    assert_eq!(shared.refused(mime(&shared, raw)).await, denied);
    let send_as = json!({ "mailbox": SUPPORT, "delegate": ANN, "send_as": true });
    world
        .control(Method::POST, "/microsoft/delegations", &send_as)
        .await;
    assert_eq!(mime(&shared, raw).send().await.unwrap().status(), 202);
    let other = shared
        .ask(Method::POST, &format!("/users/{SUPPORT}/sendMail"))
        .header("content-type", "text/plain");
    assert_eq!(
        other
            .body(STANDARD.encode(raw))
            .send()
            .await
            .unwrap()
            .status(),
        202
    );
}
