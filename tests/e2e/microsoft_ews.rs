//! The legacy wire: a source and an outbound over EWS, and the move to Graph.

use postroom_tests::{
    story::{self, PATIENCE, Panel, all_ended, signing},
    until,
};
use reqwest::Method;
use serde_json::{Value, json};

use crate::support::{control, look, requests, source, stack, works};

const DESK: &str = "desk@contoso.example";

fn mail(subject: &str) -> Vec<u8> {
    format!(
        "From: Carl <carl@customer.example>\r\nTo: {DESK}\r\nSubject: {subject}\r\n\
         Message-ID: <{subject}@customer.example>\r\n\r\nPlease help.\r\n"
    )
    .into_bytes()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_source_reads_by_ews_and_moves_to_graph_without_a_mail_twice() {
    let stack = stack().await;
    story::install(&stack, "acme").await.unwrap();
    control(&stack, "/microsoft/users", &json!({ "address": DESK })).await;
    let panel = Panel::open(&stack, "acme").await.unwrap();
    let wanted = json!({ "purpose": "source", "protocol": "ews" });
    let taken = signing::sign_in(&panel, &wanted, DESK).await.unwrap();
    let id = taken["source_id"].as_str().unwrap();
    let made = source(&panel, id).await;
    assert_eq!(made["protocol"], "ews", "{made}");
    let ends = made["ends_at"].as_str().unwrap();
    assert!(ends.starts_with("2027-04-01"), "{ends}");
    story::aim(&panel, id).await.unwrap();
    for n in 0..3 {
        story::drop_into(&stack, DESK, None, mail(&format!("ews-{n}")))
            .await
            .unwrap();
    }
    all_ended(&panel, id, 3).await.unwrap();
    let asked = requests(&stack, "ews").await;
    assert!(
        asked
            .iter()
            .any(|one| one["operation"] == "SyncFolderItems")
    );
    assert_eq!(issues(&stack).await, 3);

    let path = format!("/sources/{id}/move-to-graph");
    let begun = panel
        .ask(Method::POST, &path, Some(&json!({})))
        .await
        .unwrap();
    assert_eq!(begun.status, 202, "{begun:?}");
    // The sign-in was for EWS alone. What comes meanwhile waits in the mailbox.
    until("it asks for a sign-in with Graph", PATIENCE, async || {
        let now = source(&panel, id).await;
        Ok((now["state"]["code"] == "needs_sign_in").then_some(()))
    })
    .await
    .unwrap();
    assert_eq!(source(&panel, id).await["protocol"], "ews");
    story::drop_into(&stack, DESK, None, mail("meanwhile"))
        .await
        .unwrap();
    let again = json!({ "purpose": "source", "source_id": id });
    signing::sign_in(&panel, &again, DESK).await.unwrap();
    until("it has moved", PATIENCE, async || {
        let now = source(&panel, id).await;
        Ok((now["protocol"] == "graph" && now["moving"].is_null()).then_some(()))
    })
    .await
    .unwrap();
    story::drop_into(&stack, DESK, None, mail("graph"))
        .await
        .unwrap();
    works(&panel, id).await;
    all_ended(&panel, id, 5).await.unwrap();
    assert_eq!(source(&panel, id).await["total"], 5);
    assert_eq!(issues(&stack).await, 5);
    stack.stop().await.unwrap();
}

async fn issues(stack: &postroom_tests::Stack) -> usize {
    story::issues(stack, "acme").await.unwrap().len()
}

#[tokio::test(flavor = "multi_thread")]
async fn an_outbound_sends_by_ews() {
    let stack = stack().await;
    story::install(&stack, "acme").await.unwrap();
    control(&stack, "/microsoft/users", &json!({ "address": DESK })).await;
    let panel = Panel::open(&stack, "acme").await.unwrap();
    let wanted = json!({ "purpose": "outbound", "protocol": "ews" });
    let taken = signing::sign_in(&panel, &wanted, DESK).await.unwrap();
    let id = taken["outbound_id"].as_str().unwrap();
    let made = panel.get(&format!("/outbounds/{id}")).await.unwrap();
    assert_eq!(made["protocol"], "ews", "{made}");
    let to = json!({ "to": story::CUSTOMER });
    panel
        .post(&format!("/outbounds/{id}/test"), &to)
        .await
        .unwrap();
    let path = format!(
        "/microsoft/mailboxes/{}/mails?folder=inbox",
        story::CUSTOMER
    );
    let came = until("the test mail came", PATIENCE, async || {
        let mails = look(&stack, &path).await;
        Ok(mails.as_array().and_then(|mails| mails.first().cloned()))
    })
    .await
    .unwrap();
    assert_eq!(came["from"], DESK, "{came}");
    let copies = look(
        &stack,
        &format!("/microsoft/mailboxes/{DESK}/mails?folder=sentitems"),
    )
    .await;
    assert_eq!(copies.as_array().map(Vec::len), Some(1), "{copies}");
    let sent: Vec<Value> = requests(&stack, "ews").await;
    assert!(sent.iter().any(|one| one["operation"] == "CreateItem"));

    // Its move lacks Graph's permissions, and a sign-in for Graph is the way there.
    let path = format!("/outbounds/{id}/move-to-graph");
    let refused = panel
        .ask(Method::POST, &path, Some(&json!({})))
        .await
        .unwrap();
    assert_eq!(refused.status, 409, "{refused:?}");
    assert_eq!(refused.body["error"]["code"], "missing_scopes");
    let again = json!({ "purpose": "outbound", "outbound_id": id, "protocol": "graph" });
    signing::sign_in(&panel, &again, DESK).await.unwrap();
    let moved = panel.get(&format!("/outbounds/{id}")).await.unwrap();
    assert_eq!(moved["protocol"], "graph", "{moved}");
    panel
        .post(&format!("/outbounds/{id}/test"), &to)
        .await
        .unwrap();
    until(
        "the second test mail came, by Graph",
        PATIENCE,
        async || {
            let path = format!(
                "/microsoft/mailboxes/{}/mails?folder=inbox",
                story::CUSTOMER
            );
            let mails = look(&stack, &path).await;
            Ok((mails.as_array().map(Vec::len) == Some(2)).then_some(()))
        },
    )
    .await
    .unwrap();
    assert_eq!(requests(&stack, "ews").await.len(), sent.len());
    stack.stop().await.unwrap();
}
