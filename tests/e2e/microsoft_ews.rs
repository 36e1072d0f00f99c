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
    // EWS tells times to the second: what comes in the second of the sign-in would be from before.
    let everything = json!({ "start_from": null });
    panel
        .patch(&format!("/sources/{id}"), &everything)
        .await
        .unwrap();
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
    // Its user has consented to Graph, too, as an administrator does for all.
    let consent = json!({ "addresses": [DESK], "scope": "User.Read Mail.ReadWrite Mail.Send" });
    control(&stack, "/microsoft/grants", &consent).await;
    let begun = panel
        .ask(Method::POST, &path, Some(&json!({})))
        .await
        .unwrap();
    if begun.status == 409 {
        // A sign-in that carries EWS alone is told what it lacks, and nothing has changed.
        let error = &begun.body["error"];
        assert_eq!(error["code"], "missing_scopes", "{begun:?}");
        assert!(
            error["message"]
                .as_str()
                .is_some_and(|it| it.contains("Mail.ReadWrite")),
            "{begun:?}"
        );
        assert_eq!(works(&panel, id).await["code"], "active");
        assert_eq!(source(&panel, id).await["protocol"], "ews");
        stack.stop().await.unwrap();
        return;
    }
    assert_eq!(begun.status, 202, "{begun:?}");
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
    all_ended(&panel, id, 4).await.unwrap();
    assert_eq!(source(&panel, id).await["total"], 4);
    assert_eq!(issues(&stack).await, 4);
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
    stack.stop().await.unwrap();
}
