use postroom_tests::story::{self, all_ended};
use serde_json::{Value, json};

use crate::support::{connected, control, stack, write_mail};

/// The answer is lost after Jira made the issue: the next try finds it and makes no second one.
#[tokio::test(flavor = "multi_thread")]
async fn a_create_whose_answer_was_lost_makes_one_issue() {
    one_issue_despite(json!({
        "match": "/rest/api/3/issue", "method": "POST", "times": 1, "drop": true, "after_commit": true
    }))
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_jira_that_fails_leaves_the_mail_due_again() {
    one_issue_despite(json!({
        "match": "/rest/api/3/issue", "method": "POST", "status": 500, "times": 1
    }))
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_jira_that_asks_to_wait_leaves_the_mail_due_again() {
    one_issue_despite(json!({
        "match": "/rest/api/3/issue", "method": "POST", "status": 429, "times": 1,
        "headers": { "Retry-After": "1" }
    }))
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_jira_that_refuses_leaves_the_mail_due_again() {
    one_issue_despite(json!({
        "match": "/rest/api/3/issue", "method": "POST", "status": 400, "times": 1,
        "body": { "errorMessages": [], "errors": { "customfield_10010": "Team is required." } }
    }))
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_jira_that_is_not_there_leaves_the_mail_due_again() {
    one_issue_despite(json!({
        "match": "/rest/api/3/issue", "method": "POST", "times": 1, "drop": true
    }))
    .await;
}

async fn one_issue_despite(fault: Value) {
    let stack = stack().await;
    let (panel, source) = connected(&stack).await;
    control(&stack, "/jira/acme/faults", &fault).await;
    write_mail(&stack, "once").await;
    all_ended(&panel, &source.source_id, 1).await.unwrap();
    let issues = story::issues(&stack, "acme").await.unwrap();
    assert_eq!(issues.len(), 1, "{issues:?}");
    stack.stop().await.unwrap();
}
