//! Change notifications: they ring, and nothing depends on them.

use postroom_tests::{
    Ports, Setup, Stack,
    story::{PATIENCE, Panel, all_ended},
    until,
};
use serde_json::{Value, json};

use crate::support::{connected, control, look, poll, source, write_mail};

/// Mail comes by notification, or after a quarter of an hour.
async fn rarely_polling() -> Stack {
    let setup = Setup::default()
        .setting("POSTROOM_POLL_MIN_SECONDS", "900")
        .setting("POSTROOM_POLL_MAX_SECONDS", "900");
    Stack::start_with(Ports::free().unwrap(), setup)
        .await
        .unwrap()
}

async fn push_is(panel: &Panel, id: &str, state: &str) -> Value {
    until(&format!("push is {state}"), PATIENCE, async || {
        let push = source(panel, id).await["push"].clone();
        Ok((push["state"] == state).then_some(push))
    })
    .await
    .unwrap()
}

async fn subscription(stack: &Stack) -> Option<String> {
    let all = look(stack, "/microsoft/subscriptions").await;
    all[0]["id"].as_str().map(str::to_owned)
}

#[tokio::test(flavor = "multi_thread")]
async fn a_notification_brings_the_mail_and_a_forged_one_brings_nothing() {
    let stack = rarely_polling().await;
    let (panel, connected) = connected(&stack).await;
    let id = connected.source_id.as_str();
    push_is(&panel, id, "live").await;
    all_ended(&panel, id, 0).await.unwrap();
    write_mail(&stack, "told").await;
    all_ended(&panel, id, 1).await.unwrap();

    control(
        &stack,
        "/microsoft/notifications",
        &json!({ "forge_client_state": 1 }),
    )
    .await;
    write_mail(&stack, "forged").await;
    let forged = |delivery: &Value| delivery["value"][0]["clientState"] == "forged";
    let refused = until("the forged one was answered", PATIENCE, async || {
        let all = look(&stack, "/microsoft/notifications").await;
        let all = all.as_array().cloned().unwrap_or_default();
        Ok(all
            .into_iter()
            .find(|delivery| forged(delivery) && delivery["status"].is_number()))
    })
    .await
    .unwrap();
    assert_eq!(refused["status"], 404, "{refused}");
    assert_eq!(source(&panel, id).await["total"], 1);
    write_mail(&stack, "told again").await;
    all_ended(&panel, id, 3).await.unwrap();
    stack.stop().await.unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn a_subscription_that_was_removed_is_made_anew_and_one_that_cannot_be_is_said() {
    let stack = rarely_polling().await;
    let (panel, connected) = connected(&stack).await;
    let id = connected.source_id.as_str();
    push_is(&panel, id, "live").await;
    let first = subscription(&stack).await.unwrap();
    let removed = json!({ "event": "subscriptionRemoved" });
    let path = |id: &str| format!("/microsoft/subscriptions/{id}/lifecycle");
    control(&stack, &path(&first), &removed).await;
    let second = until("there is another subscription", PATIENCE, async || {
        Ok(subscription(&stack).await.filter(|id| *id != first))
    })
    .await
    .unwrap();
    push_is(&panel, id, "live").await;

    control(
        &stack,
        "/microsoft/notifications",
        &json!({ "fail_validations": 1000 }),
    )
    .await;
    control(&stack, &path(&second), &removed).await;
    let push = push_is(&panel, id, "down").await;
    assert!(
        push["sentence"].as_str().is_some_and(|it| !it.is_empty()),
        "{push}"
    );
    let state = source(&panel, id).await["state"].clone();
    assert_eq!(state["code"], "active", "{state}");
    write_mail(&stack, "asked for").await;
    poll(&panel, id).await;
    all_ended(&panel, id, 1).await.unwrap();
    stack.stop().await.unwrap();
}

/// What was lost on the way is looked for as soon as Microsoft says that it was lost.
#[tokio::test(flavor = "multi_thread")]
async fn missed_notifications_ring_the_poll() {
    let stack = rarely_polling().await;
    let (panel, connected) = connected(&stack).await;
    let id = connected.source_id.as_str();
    push_is(&panel, id, "live").await;
    let subscription = subscription(&stack).await.unwrap();
    control(&stack, "/microsoft/notifications", &json!({ "drop": 1 })).await;
    write_mail(&stack, "lost").await;
    until("the notification is lost", PATIENCE, async || {
        let all = look(&stack, "/microsoft/notifications").await;
        let lost = |delivery: &Value| delivery["dropped"] == true;
        Ok(all
            .as_array()
            .is_some_and(|all| all.iter().any(lost))
            .then_some(()))
    })
    .await
    .unwrap();
    let path = format!("/microsoft/subscriptions/{subscription}/lifecycle");
    control(&stack, &path, &json!({ "event": "missed" })).await;
    all_ended(&panel, id, 1).await.unwrap();
    stack.stop().await.unwrap();
}
