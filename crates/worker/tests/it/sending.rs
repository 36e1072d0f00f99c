//! Answers go out by both protocols, thirty a minute, once, and are found again under the id that Exchange gave.

use chrono::TimeDelta;
use postroom_registry::{
    NotificationId,
    connection::{ConnectionState, Protocol},
    mail::MailState,
    notification::{self, NotificationState},
    outbound,
};
use rstest::rstest;
use serde_json::{Value, json};

use crate::{scene::Scene, support::MAILBOX};

const ISSUE_ID: &str = "10001";

async fn comment(scene: &Scene, number: usize) -> NotificationId {
    let id = format!("2{number:04}");
    let at = format!("/rest/api/3/issue/{ISSUE_ID}/comment/{id}");
    let body = json!({
        "id": id, "author": {"accountId": "agent", "displayName": "Ann"},
        "body": {"type": "doc", "version": 1, "content": [
            {"type": "paragraph", "content": [{"type": "text", "text": format!("Use water, {number}.")}]},
        ]},
    });
    scene.stage.jira_answers("GET", &at, 200, body).await;
    let tx = scene
        .stage
        .environment
        .registry
        .begin(scene.tenant)
        .await
        .unwrap();
    let row = notification::insert(&tx, ISSUE_ID, "SUP-1", &id)
        .await
        .unwrap();
    tx.commit().await.unwrap();
    row.unwrap()
}

async fn notification(scene: &Scene, id: NotificationId) -> notification::Model {
    let tx = scene
        .stage
        .environment
        .registry
        .begin(scene.tenant)
        .await
        .unwrap();
    notification::find(&tx, id).await.unwrap()
}

/// A mail that became issue 10001.
async fn conversation(protocol: Protocol) -> Scene {
    let scene = Scene::set().await;
    scene.drop_mail(1, 10).await;
    scene.source(protocol).await;
    scene.work().await;
    assert_eq!(
        scene.mail_named("Mail 1").await.issue_id.as_deref(),
        Some(ISSUE_ID)
    );
    scene
}

#[rstest]
#[case(Protocol::Graph)]
#[case(Protocol::Ews)]
#[tokio::test]
async fn an_answer_goes_out_and_a_reply_to_it_finds_its_issue_under_exchanges_own_id(
    #[case] protocol: Protocol,
) {
    let scene = conversation(protocol).await;
    scene
        .tell("/microsoft/sending", &json!({"rewrite_message_id": true}))
        .await;
    let id = comment(&scene, 1).await;
    scene.work().await;
    let row = notification(&scene, id).await;
    assert_eq!(row.state, NotificationState::Sent, "{:?}", row.last_error);
    let copies = scene.folder("sentitems").await;
    assert_eq!(copies.len(), 1);
    let theirs = copies[0]["internet_message_id"].as_str().unwrap();
    let theirs = theirs.trim_matches(['<', '>']);
    assert_eq!(row.sent_message_id.as_deref(), Some(theirs));
    assert_ne!(row.message_id.as_deref(), Some(theirs));

    let reply = format!(
        "From: Carl <carl@customer.example>\r\nTo: {MAILBOX}\r\nSubject: Re: Mail 1\r\n\
         Message-ID: <reply@customer.example>\r\nIn-Reply-To: <{theirs}>\r\n\r\nThank you.\r\n"
    );
    scene.drop_raw("inbox", 0, reply).await;
    let at = format!("/rest/api/3/issue/{ISSUE_ID}/comment");
    scene
        .stage
        .jira_answers("POST", &at, 201, json!({"id": "30001"}))
        .await;
    scene.pass(TimeDelta::hours(1)).await;
    let mail = scene.mail_named("Re: Mail 1").await;
    assert_eq!(mail.state, MailState::Delivered, "{:?}", mail.last_error);
    assert_eq!(mail.issue_id.as_deref(), Some(ISSUE_ID));
    assert_eq!(mail.comment_id.as_deref(), Some("30001"));
    assert_eq!(scene.issues().await.len(), 1);
}

#[rstest]
#[case(Protocol::Graph)]
#[case(Protocol::Ews)]
#[tokio::test]
async fn a_mailbox_sends_thirty_mails_a_minute_and_all_of_them(#[case] protocol: Protocol) {
    let scene = conversation(protocol).await;
    let mut ids = Vec::new();
    for number in 0..65 {
        ids.push(comment(&scene, number).await);
    }
    let sent = async || scene.folder("sentitems").await.len();
    scene.work().await;
    assert_eq!(sent().await, 30);
    scene.pass(TimeDelta::seconds(59)).await;
    assert_eq!(sent().await, 30);
    scene.pass(TimeDelta::seconds(1)).await;
    assert_eq!(sent().await, 60);
    scene.pass(TimeDelta::seconds(60)).await;
    assert_eq!(sent().await, 65);
    for id in ids {
        assert_eq!(
            notification(&scene, id).await.state,
            NotificationState::Sent
        );
    }
    let discipline: Value = scene.ask("/microsoft/discipline").await;
    let most = &discipline["max_sent_in_a_minute_by_mailbox"][MAILBOX];
    assert_eq!(most, 30, "{discipline}");
}

#[rstest]
#[case(Protocol::Graph, json!({"host": "graph", "match": "sendMail", "after_commit": true, "drop": true}))]
#[case(Protocol::Ews, json!({"host": "ews", "match": "CreateItem", "after_commit": true, "drop": true}))]
#[tokio::test]
async fn a_mail_whose_answer_was_lost_is_looked_for_and_not_sent_again(
    #[case] protocol: Protocol,
    #[case] fault: Value,
    #[values(false, true)] rewritten: bool,
) {
    let scene = conversation(protocol).await;
    // An earlier answer of the same subject is not taken for this one.
    comment(&scene, 0).await;
    scene.work().await;
    let rewrite = json!({"rewrite_message_id": rewritten});
    scene.tell("/microsoft/sending", &rewrite).await;
    scene.tell("/microsoft/faults", &fault).await;
    let id = comment(&scene, 1).await;
    scene.work().await;
    assert_eq!(
        notification(&scene, id).await.state,
        NotificationState::Waiting
    );
    scene.pass(TimeDelta::minutes(1)).await;
    let row = notification(&scene, id).await;
    assert_eq!(row.state, NotificationState::Sent, "{:?}", row.last_error);
    assert_eq!(scene.folder("sentitems").await.len(), 2);
    assert_eq!(row.sent_message_id.is_some(), rewritten);
}

#[rstest]
#[case("ErrorSendAsDenied", ConnectionState::Refused)]
#[case("ErrorAccessDenied", ConnectionState::Refused)]
#[tokio::test]
async fn what_the_outbound_may_not_is_its_own_trouble_and_its_mails_wait(
    #[case] code: &str,
    #[case] state: ConnectionState,
) {
    let scene = conversation(Protocol::Graph).await;
    let fault = json!({
        "host": "graph", "match": "sendMail", "response_code": code, "for_seconds": 3600 * 24 * 3,
    });
    scene.tell("/microsoft/faults", &fault).await;
    let id = comment(&scene, 1).await;
    for _ in 0..20 {
        scene.pass(TimeDelta::hours(3)).await;
    }
    let row = notification(&scene, id).await;
    assert_eq!(row.state, NotificationState::Waiting);
    let by = outbound(&scene).await;
    assert_eq!(by.state, state);
    assert!(by.state_detail.way_out.is_some(), "{:?}", by.state_detail);

    scene.pass(TimeDelta::hours(24)).await;
    scene.pass(TimeDelta::hours(24)).await;
    assert_eq!(
        notification(&scene, id).await.state,
        NotificationState::Sent
    );
    assert_eq!(outbound(&scene).await.state, ConnectionState::Active);
    assert_eq!(scene.folder("sentitems").await.len(), 1);
}

async fn outbound(scene: &Scene) -> outbound::Model {
    let tx = scene
        .stage
        .environment
        .registry
        .begin(scene.tenant)
        .await
        .unwrap();
    outbound::list(&tx).await.unwrap().remove(0)
}
