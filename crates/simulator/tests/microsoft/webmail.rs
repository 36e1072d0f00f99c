use reqwest::multipart::{Form, Part};
use serde_json::{Value, json};

use crate::{
    browser::{Browser, Page},
    world::{SUPPORT, World, mail},
};

const CARL: &str = "/webmail/carl@customer.example";

async fn page(world: &World, path: &str) -> Page {
    Browser::new().open(&world.url(path)).await.page()
}

async fn last(world: &World, address: &str) -> Value {
    world
        .look(&format!(
            "/microsoft/mailboxes/{address}/mails?folder=inbox"
        ))
        .await[0]
        .clone()
}

#[tokio::test]
async fn a_customer_writes_and_the_agent_reads() {
    let world = World::start().await;
    assert!(
        page(&world, "/webmail")
            .await
            .html
            .contains("carl@customer.example")
    );
    let (action, mut fields) = page(&world, CARL).await.form("compose").unwrap();
    fields.extend(
        [
            ("to", SUPPORT),
            ("subject", "Hello & <b>"),
            ("body", "My printer burns."),
        ]
        .map(|(name, value)| (name.into(), value.into())),
    );
    let answer = world.http.post(action).form(&fields).send().await.unwrap();
    assert_eq!(answer.status(), 303);
    let mail = last(&world, SUPPORT).await;
    assert_eq!(
        (&mail["subject"], &mail["from"]),
        (&json!("Hello & <b>"), &json!("carl@customer.example"))
    );
    assert!(
        mail["internet_message_id"]
            .as_str()
            .unwrap()
            .ends_with("@customer.example>")
    );
    let folder = page(&world, &format!("/webmail/{SUPPORT}")).await;
    assert!(folder.texts("tr.unread")[0].contains("My printer burns."));
    let shown = page(
        &world,
        &format!(
            "/webmail/{SUPPORT}/messages/{}",
            mail["id"].as_str().unwrap()
        ),
    )
    .await;
    assert_eq!(shown.texts("h1"), ["Hello & <b>"]);
    assert_eq!(last(&world, SUPPORT).await["is_read"], true);
}

#[tokio::test]
async fn a_reply_stays_in_the_thread() {
    let world = World::start().await;
    let id = world
        .drop_mail(
            SUPPORT,
            mail("hi").replace("\r\n\r\n", "\r\nReferences: <first@x>\r\n\r\n"),
        )
        .await;
    let form = page(&world, &format!("/webmail/{SUPPORT}/compose?reply={id}")).await;
    let (_, fields) = form.form("compose").unwrap();
    assert!(
        fields.contains(&("in_reply_to".into(), "<hi@customer.example>".into())),
        "{fields:?}"
    );
    assert!(fields.contains(&(
        "references".into(),
        "<first@x> <hi@customer.example>".into()
    )));
    assert!(form.texts("textarea#body")[0].contains("> Text of hi"));
    let file = Part::bytes(b"a,b\n".to_vec())
        .file_name("a.csv")
        .mime_str("text/csv")
        .unwrap();
    let sent = Form::new()
        .text("to", "carl@customer.example")
        .text("subject", "Re: hi")
        .text("body", "Answer")
        .text("in_reply_to", "<hi@customer.example>")
        .part("files", file);
    let answer = world
        .http
        .post(world.url(&format!("/webmail/{SUPPORT}/send")))
        .multipart(sent)
        .send()
        .await
        .unwrap();
    assert_eq!(answer.status(), 303);
    let id = last(&world, "carl@customer.example").await["id"]
        .as_str()
        .unwrap()
        .to_owned();
    let raw = world
        .http
        .get(world.url(&format!("{CARL}/messages/{id}/raw")))
        .send()
        .await
        .unwrap()
        .text()
        .await
        .unwrap();
    assert!(
        raw.contains("In-Reply-To: <hi@customer.example>")
            && raw.contains("References: <hi@customer.example>"),
        "{raw}"
    );
    let file = world
        .http
        .get(world.url(&format!("{CARL}/messages/{id}/attachments/0")))
        .send()
        .await
        .unwrap();
    assert!(
        file.headers()["content-disposition"]
            .to_str()
            .unwrap()
            .starts_with("attachment")
    );
    assert_eq!(file.text().await.unwrap(), "a,b\n");
}

#[tokio::test]
async fn html_is_shown_in_a_box_that_can_do_nothing() {
    let world = World::start().await;
    let raw = "From: a@b.example\r\nSubject: x\r\nContent-Type: text/html\r\n\r\n<script>alert(\"1\")</script><p>Hi</p>";
    let id = world.drop_mail(SUPPORT, raw).await;
    let shown = page(&world, &format!("/webmail/{SUPPORT}/messages/{id}")).await;
    assert!(shown.html.contains("<iframe sandbox title="));
    assert!(!shown.html.contains("<script>"));
}

#[tokio::test]
async fn what_is_missing_is_said() {
    let world = World::start().await;
    assert_eq!(
        page(&world, "/webmail/nobody@contoso.example").await.status,
        404
    );
    assert_eq!(
        page(&world, &format!("{CARL}?folder=nonsense"))
            .await
            .status,
        404
    );
    let sent = world
        .http
        .post(world.url(&format!("{CARL}/send")))
        .form(&[("to", "nobody")])
        .send()
        .await
        .unwrap();
    assert_eq!(sent.status(), 422);
    assert!(sent.text().await.unwrap().contains("at least one address"));
}
