//! Who is told that a connection is out of order, and how often.

use chrono::TimeDelta;
use postroom_tests::{
    Stack,
    story::{MAILBOX, PATIENCE, Panel, signing},
    until,
};
use serde_json::{Value, json};

use crate::support::{
    away, connected, control, look, nothing, poll, stack, state_when, token_used_up, works,
};

async fn channel(stack: &Stack, panel: &Panel) {
    let channel = json!({
        "kind": "webhook", "name": "Operations", "format": "slack", "target": format!("{}/ops", stack.chat()),
    });
    panel.post("/alert-channels", &channel).await.unwrap();
}

/// Texts that came to the chat tool.
async fn told(stack: &Stack) -> Vec<String> {
    let came = look(stack, "/chat").await;
    let text = |message: &Value| message["body"]["text"].as_str().unwrap().to_owned();
    came.as_array().unwrap().iter().map(text).collect()
}

async fn told_times(stack: &Stack, times: usize) -> Vec<String> {
    until(
        &format!("the chat was told {times} times"),
        PATIENCE,
        async || {
            let told = told(stack).await;
            Ok((told.len() >= times).then_some(told))
        },
    )
    .await
    .unwrap()
}

#[tokio::test(flavor = "multi_thread")]
async fn an_incident_is_told_once_and_its_end_is_told_once() {
    let stack = stack().await;
    let (panel, source) = connected(&stack).await;
    channel(&stack, &panel).await;
    let path = format!("/microsoft/users/{MAILBOX}/revoke");
    control(&stack, &path, &nothing()).await;
    token_used_up(&stack).await;
    state_when(&panel, &source.source_id, "it is offline", |state| {
        state["code"] == "needs_sign_in"
    })
    .await;
    told_times(&stack, 1).await;
    for _ in 0..5 {
        poll(&panel, &source.source_id).await;
    }
    let wanted = json!({ "purpose": "source", "source_id": source.source_id });
    signing::sign_in(&panel, &wanted, MAILBOX).await.unwrap();
    works(&panel, &source.source_id).await;
    let told_at_last = told_times(&stack, 2).await;
    assert!(
        told_at_last.iter().all(|text| text.contains(MAILBOX)),
        "{told_at_last:?}"
    );
    let incidents = panel.get("/incidents").await.unwrap();
    let of_the_source: Vec<&Value> = incidents["items"]
        .as_array()
        .unwrap()
        .iter()
        .filter(|incident| incident["subject"]["id"] == source.source_id.as_str())
        .collect();
    assert_eq!(of_the_source.len(), 1, "{incidents}");
    assert!(of_the_source[0]["closed_at"].is_string(), "{incidents}");
    let alerts = of_the_source[0]["alerts"].as_array().unwrap();
    assert_eq!(alerts.len(), 2, "{incidents}");
    assert_eq!(told(&stack).await.len(), 2);
    stack.stop().await.unwrap();
}

/// An hour in which Microsoft takes every request and answers none: no error ever, and the alarm all the same.
#[tokio::test(flavor = "multi_thread")]
async fn silence_raises_the_alarm() {
    let stack = stack().await;
    let (panel, source) = connected(&stack).await;
    channel(&stack, &panel).await;
    works(&panel, &source.source_id).await;
    let silent = json!({ "host": "graph", "silent": "hang", "for_seconds": 86_400 });
    control(&stack, "/microsoft/faults", &silent).await;
    stack.age(TimeDelta::minutes(61)).await.unwrap();
    let text = told_times(&stack, 1).await.remove(0);
    assert!(text.contains(MAILBOX), "{text}");
    let open = panel.get("/incidents?open=true").await.unwrap();
    let open = open["items"].as_array().unwrap().clone();
    assert!(
        open.iter().any(|incident| incident["kind"] == "silence"
            && incident["subject"]["id"] == source.source_id.as_str()),
        "{open:?}"
    );
    let faults = look(&stack, "/faults").await;
    assert_eq!(
        faults.as_array().unwrap().len(),
        1,
        "it was silent all the time"
    );
    away(&stack, "/faults").await;
    works(&panel, &source.source_id).await;
    told_times(&stack, 2).await;
    stack.stop().await.unwrap();
}
