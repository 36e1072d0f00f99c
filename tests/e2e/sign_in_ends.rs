use postroom_tests::{story::PATIENCE, until};

use crate::support::{connected, control, nothing, stack};

/// AADSTS50173: the sign-in was revoked. That source is offline, with the reason and who acts.
#[tokio::test(flavor = "multi_thread")]
async fn a_revoked_sign_in_puts_its_source_offline_with_the_reason() {
    let stack = stack().await;
    let (panel, source) = connected(&stack).await;
    control(
        &stack,
        "/microsoft/users/support@contoso.example/revoke",
        &nothing(),
    )
    .await;
    control(
        &stack,
        "/microsoft/faults",
        &serde_json::json!({
            "host": "graph", "match": "/delta", "status": 401, "times": 1,
            "body": { "error": { "code": "InvalidAuthenticationToken", "message": "expired" } }
        }),
    )
    .await;
    let state = until("the source is offline", PATIENCE, async || {
        let row = panel.get(&format!("/sources/{}", source.source_id)).await?;
        Ok((row["state"]["code"] == "needs_sign_in").then(|| row["state"].clone()))
    })
    .await
    .unwrap();
    assert_eq!(state["error_code"], "AADSTS50173", "{state}");
    assert_ne!(state["who_acts"], "nobody");
    stack.stop().await.unwrap();
}
