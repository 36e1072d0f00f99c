use postroom_registry::{
    mail::MailState,
    notification::{self, NotificationState},
};
use serde_json::json;

use crate::support::{Stage, created, requests};

const ISSUE: &str = "/ex/jira/cloud-1/rest/api/3/issue";
const COMMENT: &str = "/ex/jira/cloud-1/rest/api/3/issue/10042/comment/20001";

#[tokio::test]
async fn a_mail_waits_for_a_token_and_goes_on_when_it_comes() {
    let stage = Stage::set().await;
    let tenant = stage.forge_tenant().await;
    let id = stage.mail(tenant).await;
    stage.jira_answers("POST", ISSUE, 201, created()).await;
    // More rounds than a mail that Jira refuses has tries: none of them counts.
    for round in 0..15 {
        stage.work_and_wait(0).await;
        let row = stage.mail_row(tenant, id).await;
        assert_eq!(
            (row.state, row.attempts),
            (MailState::Waiting, 0),
            "round {round}"
        );
        let wait = row.next_attempt_at.unwrap() - stage.clock.now();
        assert!((60..=72).contains(&wait.num_seconds()), "{wait}");
        assert!(row.last_error.unwrap().contains("nothing is lost"));
        stage.clock.advance(wait);
    }
    assert_eq!(stage.jira.received_requests().await.unwrap().len(), 0);

    stage.bring_token(tenant).await;
    stage.work_and_wait(0).await;
    let row = stage.mail_row(tenant, id).await;
    assert_eq!(row.state, MailState::Delivered);
    assert_eq!(row.issue_key.as_deref(), Some("SUP-42"));
    let made = requests(&stage.jira, ISSUE).await;
    assert_eq!(made.len(), 1);
    assert_eq!(made[0].headers["authorization"], "Bearer system-token");
}

#[tokio::test]
async fn a_notification_waits_for_a_token_and_goes_on_when_it_comes() {
    let stage = Stage::set().await;
    let tenant = stage.forge_tenant().await;
    stage.mail(tenant).await;
    stage.jira_answers("POST", ISSUE, 201, created()).await;
    stage.bring_token(tenant).await;
    stage.work_and_wait(5 * 3600).await;

    let registry = &stage.environment.registry;
    let tx = registry.begin(tenant).await.unwrap();
    let id = notification::insert(&tx, "10042", "SUP-42", "20001")
        .await
        .unwrap()
        .unwrap();
    tx.commit().await.unwrap();
    let now = async || {
        let tx = registry.begin(tenant).await.unwrap();
        notification::find(&tx, id).await.unwrap()
    };
    stage.work_and_wait(72).await;
    assert_eq!(now().await.state, NotificationState::Waiting);
    assert!(now().await.last_error.unwrap().contains("nothing is lost"));

    let comment = json!({
        "id": "20001", "author": {"accountId": "agent", "displayName": "Ann"},
        "body": {"type": "doc", "version": 1, "content": [
            {"type": "paragraph", "content": [{"type": "text", "text": "Use water."}]},
        ]},
    });
    stage.jira_answers("GET", COMMENT, 200, comment).await;
    let send = "/v1.0/me/sendMail";
    stage.microsoft_answers("POST", send, 202, json!({})).await;
    stage.bring_token(tenant).await;
    stage.work_and_wait(0).await;
    assert_eq!(
        now().await.state,
        NotificationState::Sent,
        "{:?}",
        now().await.last_error
    );
    assert_eq!(requests(&stage.microsoft, send).await.len(), 1);
}

#[tokio::test]
async fn after_a_token_has_ended_nothing_is_sent_with_it() {
    let stage = Stage::set().await;
    let tenant = stage.forge_tenant().await;
    let id = stage.mail(tenant).await;
    stage.bring_token(tenant).await;
    stage.clock.advance(chrono::TimeDelta::hours(4));
    stage.work_and_wait(0).await;
    assert_eq!(stage.mail_row(tenant, id).await.attempts, 0);
    assert_eq!(stage.jira.received_requests().await.unwrap().len(), 0);
}

#[tokio::test]
async fn every_mail_behind_one_that_waits_for_a_token_says_why() {
    let stage = Stage::set().await;
    let tenant = stage.forge_tenant().await;
    let first = stage.mail(tenant).await;
    let second = stage.mail_behind(tenant, first).await;
    stage.work_and_wait(0).await;
    for id in [first, second] {
        let row = stage.mail_row(tenant, id).await;
        assert_eq!((row.state, row.attempts), (MailState::Waiting, 0));
        assert!(row.last_error.unwrap().contains("nothing is lost"));
    }
}
