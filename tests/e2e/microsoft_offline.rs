use chrono::{DateTime, TimeDelta, Utc};
use postroom_clock::Clock;
use postroom_tests::{
    Stack,
    story::{self, MAILBOX, all_ended, signing},
};
use serde_json::json;

use crate::support::{
    connected, control, nothing, poll, stack, state_when, token_used_up, works, write_mail,
};

const GAP: usize = 212;

/// Four days and three hours without anybody who could read the mailbox; then its owner signs in again.
#[tokio::test(flavor = "multi_thread")]
async fn what_came_while_a_source_was_offline_comes_in_order_and_once() {
    let stack = stack().await;
    let (panel, source) = connected(&stack).await;
    let id = source.source_id.as_str();
    // The delta query keeps its filter: with mail from now on it would not tell of what has "come" before now.
    let earlier = json!({ "start_from": Clock::system().now() - TimeDelta::days(30) });
    panel
        .patch(&format!("/sources/{id}"), &earlier)
        .await
        .unwrap();
    for n in 0..3 {
        write_mail(&stack, &format!("before-{n}")).await;
    }
    all_ended(&panel, id, 3).await.unwrap();
    let path = format!("/microsoft/users/{MAILBOX}/revoke");
    control(&stack, &path, &nothing()).await;
    token_used_up(&stack).await;
    state_when(&panel, id, "it is offline", |state| {
        state["code"] == "needs_sign_in"
    })
    .await;

    let offline = TimeDelta::days(4) + TimeDelta::hours(3);
    let since = Clock::system().now() - offline;
    stack.age(offline).await.unwrap();
    drop_gap(&stack, since).await;

    let wanted = json!({ "purpose": "source", "source_id": id });
    let begun = signing::begin(&panel, &wanted).await.unwrap();
    let sign_in = begun["id"].as_str().unwrap();
    let url = begun["url"].as_str().unwrap();
    let mut window = signing::at_microsoft(url, MAILBOX).await.unwrap();
    signing::confirm(&mut window).await.unwrap();
    let confirmed = signing::in_state(&panel, sign_in, "confirmed")
        .await
        .unwrap();
    let gap = &confirmed["gap"];
    assert_eq!(gap["mails"], GAP, "{confirmed}");
    let seconds = gap["offline_seconds"].as_i64().unwrap();
    assert_eq!(seconds / 3600, offline.num_hours(), "{gap}");
    let all = json!({ "import": "all" });
    signing::take(&panel, sign_in, &all).await.unwrap();
    works(&panel, id).await;
    all_ended(&panel, id, GAP + 3).await.unwrap();

    let in_order: Vec<String> = (0..GAP).map(summary).collect();
    assert_eq!(of_the_gap(&stack).await, in_order);
    poll(&panel, id).await;
    works(&panel, id).await;
    assert_eq!(of_the_gap(&stack).await.len(), GAP, "none is made twice");
    stack.stop().await.unwrap();
}

fn summary(n: usize) -> String {
    format!("gap-{n:03}")
}

/// Mail all through the gap, dropped in no order.
async fn drop_gap(stack: &Stack, since: DateTime<Utc>) {
    for n in (0..GAP).map(|n| n * 101 % GAP) {
        let minutes = i32::try_from(n).unwrap();
        let received = since + TimeDelta::minutes(5) + TimeDelta::minutes(28) * minutes;
        let raw = format!(
            "From: Carl <carl@customer.example>\r\nTo: {MAILBOX}\r\nSubject: {0}\r\n\
             Message-ID: <{0}@customer.example>\r\n\r\nPlease help.\r\n",
            summary(n)
        );
        story::drop_into(stack, MAILBOX, Some(received), raw.into_bytes())
            .await
            .unwrap();
    }
}

/// Summaries of the issues that the gap's mails became, in the order in which Jira got them.
async fn of_the_gap(stack: &Stack) -> Vec<String> {
    let mut issues: Vec<(u32, String)> = story::issues(stack, "acme")
        .await
        .unwrap()
        .iter()
        .map(|issue| {
            let key = issue["key"].as_str().unwrap();
            let number = key.rsplit('-').next().unwrap().parse().unwrap();
            (number, issue["summary"].as_str().unwrap().to_owned())
        })
        .filter(|(_, summary)| summary.starts_with("gap-"))
        .collect();
    issues.sort();
    issues.into_iter().map(|(_, summary)| summary).collect()
}
