use postroom_tests::story::{self, all_ended};
use serde_json::json;

use crate::support::{connected, control, stack};

/// Jira made the issue, and then the upload fails while Jira's index knows nothing of the issue yet: still one issue,
/// and each file once.
#[tokio::test(flavor = "multi_thread")]
async fn an_upload_that_fails_makes_no_second_issue_while_the_index_lags() {
    let stack = stack().await;
    let (panel, source) = connected(&stack).await;
    control(
        &stack,
        "/jira/acme/settings",
        &json!({ "index_lag_ms": 600_000 }),
    )
    .await;
    control(
        &stack,
        "/jira/acme/faults",
        &json!({ "match": "/attachments", "method": "POST", "times": 1, "drop": true, "after_commit": true }),
    )
    .await;
    story::drop_mail(&stack, include_bytes!("../mails/files.eml").to_vec())
        .await
        .unwrap();
    all_ended(&panel, &source.source_id, 1).await.unwrap();
    let issues = story::issues(&stack, "acme").await.unwrap();
    assert_eq!(issues.len(), 1, "{issues:?}");
    let files = issues[0]["attachments"].as_array().unwrap();
    assert_eq!(files.len(), 2, "{files:?}");
    stack.stop().await.unwrap();
}
