//! Many mailboxes and many workers: each grant is refreshed once when it must be, and Microsoft's limits are kept.

use chrono::TimeDelta;
use futures_util::{StreamExt as _, TryStreamExt as _, stream};
use postroom_tests::{
    Ports, Setup, Stack,
    story::{self, Panel, signing},
    until,
};
use serde_json::{Value, json};
use std::time::Duration;

use crate::support::{away, control, look};

/// As many as fit into a run of all tests; `POSTROOM_RACE_SOURCES=1000` is the whole of it.
const SOURCES: usize = 80;
const WORKERS: usize = 8;
/// How long all of them may take to be polled once.
const PATIENCE: Duration = Duration::from_secs(300);
/// Requests that were on their way when the wait was said do not break it.
const ON_THE_WAY_MS: i64 = 250;

#[tokio::test(flavor = "multi_thread")]
async fn each_source_is_refreshed_once_however_many_workers_race() {
    let sources = std::env::var("POSTROOM_RACE_SOURCES");
    let sources = sources.map_or(SOURCES, |number| number.parse().unwrap());
    let stack = quiet().await;
    story::install(&stack, "acme").await.unwrap();
    let panel = Panel::open(&stack, "acme").await.unwrap();
    sign_all_in(&stack, &panel, sources).await;
    let mut workers = Vec::new();
    for _ in 1..WORKERS {
        workers.push(stack.beside("worker").await.unwrap());
    }
    polled(&stack, sources).await;
    away(&stack, "/microsoft/refreshes").await;
    away(&stack, "/microsoft/discipline").await;
    for round in 1..=2 {
        let wait = json!({ "host": "graph", "response_code": "ApplicationThrottled", "headers": { "Retry-After": "1" }, "times": 50 });
        control(&stack, "/microsoft/faults", &wait).await;
        stack.age(TimeDelta::hours(2)).await.unwrap();
        refreshed(&stack, sources).await;
        polled(&stack, sources).await;
        let refreshes = look(&stack, "/microsoft/refreshes").await;
        let refreshes = refreshes.as_array().unwrap();
        assert_eq!(refreshes.len(), sources);
        let odd: Vec<&Value> = refreshes
            .iter()
            .filter(|row| row["count"] != round || row["with_an_older_token"] != 0)
            .collect();
        assert!(
            odd.is_empty(),
            "round {round}: {} of {sources}: {:?}",
            odd.len(),
            odd.first()
        );
    }
    let discipline = look(&stack, "/microsoft/discipline").await;
    let at_once = discipline["max_parallel_by_mailbox"].as_object().unwrap();
    let most = at_once.values().filter_map(Value::as_u64).max();
    assert!(most.is_some_and(|most| most <= 4), "{most:?} at once");
    let early = discipline["requests_before_retry_after"]
        .as_array()
        .unwrap();
    let broken = |row: &&Value| {
        row["after_ms"]
            .as_i64()
            .is_some_and(|ms| ms > ON_THE_WAY_MS)
    };
    let broken: Vec<&Value> = early.iter().filter(broken).collect();
    assert!(broken.is_empty(), "{broken:?}");
    stack.stop().await.unwrap();
}

/// Nothing is polled before it is due, nobody is told to slow down, and nothing is pushed.
async fn quiet() -> Stack {
    let setup = Setup::default()
        .setting("POSTROOM_POLL_MIN_SECONDS", "900")
        .setting("POSTROOM_POLL_MAX_SECONDS", "900")
        .setting("POSTROOM_SILENCE_MINUTES", "600")
        .setting("POSTROOM_TENANT_RATE", "1000000")
        .setting("POSTROOM_ADDRESS_RATE", "1000000")
        .setting("POSTROOM_PUSH", "off");
    Stack::start_with(Ports::free().unwrap(), setup)
        .await
        .unwrap()
}

async fn sign_all_in(stack: &Stack, panel: &Panel, sources: usize) {
    let bulk = json!({ "count": sources, "domain": "contoso.example" });
    let users = control(stack, "/microsoft/users/bulk", &bulk).await;
    let users = users.as_array().unwrap().clone();
    stream::iter(users)
        .map(async |user| {
            let wanted = json!({ "purpose": "source" });
            let user = user.as_str().unwrap_or_default();
            signing::sign_in(panel, &wanted, user).await
        })
        .buffer_unordered(16)
        .try_collect::<Vec<_>>()
        .await
        .unwrap();
}

/// Waits until every grant has a token that lives. A poll that was under way when time passed ends with the token that
/// it had, and its source would rest now: it is made due again.
async fn refreshed(stack: &Stack, sources: usize) {
    let live = "SELECT count(*) FROM grant_token WHERE expires_at > now()";
    let again = "UPDATE message_source SET next_poll_at = now() WHERE next_poll_at > now()
        AND grant_id IN (SELECT grant_id FROM grant_token WHERE expires_at <= now())";
    let sources = i64::try_from(sources).unwrap();
    until("all are refreshed", PATIENCE, async || {
        if stack.database.number(live).await? >= sources {
            return Ok(Some(()));
        }
        stack.database.execute(again).await?;
        Ok(None)
    })
    .await
    .unwrap();
}

/// Waits until every source was read to its end within the last hour.
async fn polled(stack: &Stack, sources: usize) {
    let sql =
        "SELECT count(*) FROM message_source WHERE last_success_at > now() - interval '1 hour'";
    let sources = i64::try_from(sources).unwrap();
    until("all are polled", PATIENCE, async || {
        Ok((stack.database.number(sql).await? >= sources).then_some(()))
    })
    .await
    .unwrap();
}
