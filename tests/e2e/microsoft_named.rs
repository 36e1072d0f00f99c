//! The four problems that people know by name, each from its beginning to its end.

use postroom_tests::{
    Stack,
    story::{self, Connected, MAILBOX, Panel, all_ended, signing},
};
use serde_json::{Value, json};

use crate::support::{
    away, connected, control, nothing, poll, stack, state_when, token_used_up, works, write_mail,
};

/// Signs the mailbox in again, in place, and sees that a mail of the meantime became an issue.
async fn signed_in_again(stack: &Stack, panel: &Panel, source: &Connected) {
    write_mail(stack, "meanwhile").await;
    let wanted = json!({ "purpose": "source", "source_id": source.source_id });
    signing::sign_in(panel, &wanted, MAILBOX).await.unwrap();
    works(panel, &source.source_id).await;
    all_ended(panel, &source.source_id, 1).await.unwrap();
    let issues = story::issues(stack, "acme").await.unwrap();
    assert_eq!(issues.len(), 1, "{issues:?}");
}

/// Whether a state tells a person what happened and what to do.
fn speaks(state: &Value) {
    let sentence = state["sentence"].as_str().unwrap_or_default();
    assert!(sentence.len() > 20, "{state}");
    assert_ne!(state["who_acts"], "nobody", "{state}");
    assert!(
        state["action"].is_string() || !state["fix"].as_array().unwrap().is_empty(),
        "{state}"
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn a_revoked_grant_is_signed_in_again_in_place() {
    let stack = stack().await;
    let (panel, source) = connected(&stack).await;
    let path = format!("/microsoft/users/{MAILBOX}/revoke");
    control(&stack, &path, &nothing()).await;
    token_used_up(&stack).await;
    let state = state_when(&panel, &source.source_id, "it is revoked", |state| {
        state["error_code"] == "AADSTS50173"
    })
    .await;
    assert_eq!(state["code"], "needs_sign_in", "{state}");
    assert!(
        matches!(state["who_acts"].as_str(), Some("you" | "mailbox_owner")),
        "{state}"
    );
    speaks(&state);
    signed_in_again(&stack, &panel, &source).await;
    stack.stop().await.unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn a_deleted_device_is_for_the_microsoft_administrator() {
    let stack = stack().await;
    let (panel, source) = connected(&stack).await;
    let device = |state: &str| json!({ "address": MAILBOX, "device": state });
    control(&stack, "/microsoft/users", &device("deleted")).await;
    token_used_up(&stack).await;
    let state = state_when(&panel, &source.source_id, "the device is gone", |state| {
        state["error_code"] == "AADSTS700003"
    })
    .await;
    assert_eq!(state["who_acts"], "microsoft_administrator", "{state}");
    speaks(&state);
    control(&stack, "/microsoft/users", &device("known")).await;
    signed_in_again(&stack, &panel, &source).await;
    stack.stop().await.unwrap();
}

/// The token is good, and the mail server refuses it all the same.
#[tokio::test(flavor = "multi_thread")]
async fn a_401_of_the_mail_server_says_who_must_let_us_in() {
    let stack = stack().await;
    let (panel, source) = connected(&stack).await;
    let refused =
        json!({ "host": "graph", "response_code": "InvalidAuthenticationToken", "times": 100_000 });
    control(&stack, "/microsoft/faults", &refused).await;
    let state = state_when(&panel, &source.source_id, "it is refused", |state| {
        !matches!(
            state["code"].as_str(),
            Some("active" | "retrying" | "slowed")
        )
    })
    .await;
    assert!(
        matches!(state["code"].as_str(), Some("needs_sign_in" | "refused")),
        "{state}"
    );
    speaks(&state);
    away(&stack, "/faults").await;
    signed_in_again(&stack, &panel, &source).await;
    stack.stop().await.unwrap();
}

/// Read timed out: nobody's, and it ends by itself.
#[tokio::test(flavor = "multi_thread")]
async fn a_read_that_timed_out_asks_nobody_for_anything() {
    let stack = stack().await;
    let (panel, source) = connected(&stack).await;
    let gone = json!({ "host": "graph", "drop": true, "times": 6 });
    control(&stack, "/microsoft/faults", &gone).await;
    write_mail(&stack, "meanwhile").await;
    for _ in 0..3 {
        poll(&panel, &source.source_id).await;
        let state = crate::support::source(&panel, &source.source_id).await["state"].clone();
        let code = state["code"].as_str().unwrap();
        assert!(matches!(code, "active" | "retrying"), "{state}");
        assert_ne!(state["action"], "sign_in", "{state}");
    }
    works(&panel, &source.source_id).await;
    all_ended(&panel, &source.source_id, 1).await.unwrap();
    assert_eq!(story::issues(&stack, "acme").await.unwrap().len(), 1);
    stack.stop().await.unwrap();
}
