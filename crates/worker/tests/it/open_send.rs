use postroom_registry::notification::{self, NotificationState};
use serde_json::{Value, json};

use crate::support::{Stage, created, requests};

const ISSUE: &str = "/rest/api/3/issue";
const COMMENT: &str = "/rest/api/3/issue/10042/comment/20001";
const SEND: &str = "/v1.0/me/sendMail";
const SENT_ITEMS: &str = "/v1.0/me/mailFolders/sentitems/messages";

fn comment() -> Value {
    json!({
        "id": "20001", "author": {"accountId": "agent", "displayName": "Ann"},
        "body": {"type": "doc", "version": 1, "content": []},
    })
}

/// Microsoft fails in the middle of a send; before the next try Jira fails. The send is still open, and must be looked
/// for in Sent Items before anything is sent again.
#[tokio::test]
async fn a_send_of_unknown_outcome_stays_open_when_something_else_fails_next() {
    let stage = Stage::set().await;
    let tenant = stage.connect_tenant().await;
    stage.mail(tenant).await;
    stage.jira_answers("POST", ISSUE, 201, created()).await;
    stage.work_and_wait(0).await;
    let registry = &stage.environment.registry;
    let tx = registry.begin(tenant).await.unwrap();
    let id = notification::insert(&tx, "10042", "SUP-42", "20001")
        .await
        .unwrap()
        .unwrap();
    tx.commit().await.unwrap();

    stage.jira_answers("GET", COMMENT, 200, comment()).await;
    stage.microsoft_answers("POST", SEND, 500, json!({})).await;
    stage.work_and_wait(3600).await;
    assert_eq!(requests(&stage.microsoft, SEND).await.len(), 1);

    stage.jira.reset().await;
    stage.jira_answers("GET", COMMENT, 401, json!({})).await;
    stage.work_and_wait(3600).await;

    stage.jira.reset().await;
    stage.jira_answers("GET", COMMENT, 200, comment()).await;
    let sent = json!({"value": [{"id": "sent-1"}]});
    stage.microsoft_answers("GET", SENT_ITEMS, 200, sent).await;
    stage.work_and_wait(0).await;
    let tx = registry.begin(tenant).await.unwrap();
    let row = notification::find(&tx, id).await.unwrap();
    assert_eq!(row.state, NotificationState::Sent, "{:?}", row.last_error);
    assert_eq!(
        requests(&stage.microsoft, SEND).await.len(),
        1,
        "sent twice"
    );
}
