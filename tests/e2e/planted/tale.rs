//! The story with which secrets come into the product: both doors, sign-ins, mails, comments, rotations.

use postroom_tests::{
    Stack,
    story::{self, Door, Panel, all_ended},
};
use reqwest::Method;
use serde_json::json;

use super::secrets::{IN_A_COMMENT, IN_A_FILE, SENTENCE, SUBJECT, Secrets, WRITER};
use crate::support::{control, issue_with_summary, nothing, notifications_ended, rotate_secret};

/// Plays it; the id of the source of the site with the Connect app.
pub(crate) async fn play(stack: &Stack, secrets: &mut Secrets) -> String {
    story::install(stack, "acme").await.unwrap();
    secrets.learn_sites(stack).await;
    let panel = Panel::open(stack, "acme").await.unwrap();
    let connected = story::connect(&panel).await.unwrap();
    secrets.learn_sign_in(&connected);

    story::install_forge(stack, "globex").await.unwrap();
    secrets.learn_sites(stack).await;
    let forge = Panel::open_by(stack, "globex", Door::Forge).await.unwrap();
    let through_forge = story::connect(&forge).await.unwrap();
    secrets.learn_sign_in(&through_forge);

    story::drop_mail(stack, mail()).await.unwrap();
    all_ended(&panel, &connected.source_id, 1).await.unwrap();
    all_ended(&forge, &through_forge.source_id, 1)
        .await
        .unwrap();
    for (site, panel) in [("acme", &panel), ("globex", &forge)] {
        let key = issue_with_summary(stack, site, SUBJECT).await;
        story::comment_as_agent(stack, site, &key, IN_A_COMMENT)
            .await
            .unwrap();
        notifications_ended(panel, 1).await;
    }
    look_around(&panel, secrets).await;
    look_around(&forge, secrets).await;
    for _ in 0..2 {
        rotate_secret(stack, "acme").await;
        secrets.learn_sites(stack).await;
    }
    control(stack, "/jira/globex/forge/tick", &nothing()).await;
    look_around(&panel, secrets).await;
    connected.source_id
}

/// Reads all that the panel shows, the raw mail and the audit trail among it, and tries a mail again.
async fn look_around(panel: &Panel, secrets: &mut Secrets) {
    let mails = panel.get("/mails?limit=100").await.unwrap();
    let mail = mails["items"][0]["id"].as_str().unwrap().to_owned();
    for path in [
        "/me".to_owned(),
        "/overview".to_owned(),
        "/sources".to_owned(),
        "/outbounds".to_owned(),
        "/notifications?limit=100".to_owned(),
        "/audit?limit=100".to_owned(),
        "/audit/export?format=csv".to_owned(),
        format!("/mails/{mail}"),
    ] {
        panel.get(&path).await.unwrap();
    }
    let raw = panel
        .ask(Method::GET, &format!("/mails/{mail}/raw"), None)
        .await;
    assert_eq!(raw.unwrap().status, 200);
    // Delivered already: whatever the answer is, nothing of the mail may be told.
    panel
        .ask(
            Method::POST,
            &format!("/mails/{mail}/retry"),
            Some(&json!({})),
        )
        .await
        .unwrap();
    secrets.learn_proof(&panel.proof().await.unwrap());
}

fn mail() -> Vec<u8> {
    use base64::{Engine as _, engine::general_purpose::STANDARD};
    let file = STANDARD.encode(format!("Not for everybody. {IN_A_FILE} So it is."));
    format!(
        "From: Carlotta <{WRITER}>\r\nTo: support@contoso.example\r\nSubject: {SUBJECT}\r\nMessage-ID: \
         <otter@customer.example>\r\nMIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary=x\r\n\r\n\
         --x\r\nContent-Type: text/plain\r\n\r\nHello,\r\n{SENTENCE}\r\n--x\r\nContent-Type: text/plain; \
         name=sales.txt\r\nContent-Disposition: attachment; filename=sales.txt\r\nContent-Transfer-Encoding: \
         base64\r\n\r\n{file}\r\n--x--\r\n"
    )
    .into_bytes()
}
