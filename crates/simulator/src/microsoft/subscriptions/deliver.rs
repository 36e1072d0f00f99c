//! Sending a batch, and sending it again.

use std::time::Duration;

use chrono::{DateTime, TimeDelta, Utc};
use serde::Serialize;
use serde_json::{Value, json};

use super::{Batch, Lifecycle, take};
use crate::world::World;

/// No attempt after this; what was to be told is lost.
const AT_MOST: TimeDelta = TimeDelta::hours(4);
/// Wait before the second attempt; each one after it waits twice as long.
const FIRST_WAIT: TimeDelta = TimeDelta::seconds(10);
/// Deliveries that the control API can show.
const KEPT: usize = 10_000;

/// One attempt.
#[derive(Clone, Debug, Serialize)]
pub(in crate::microsoft) struct Delivery {
    url: String,
    is_lifecycle: bool,
    /// From 0.
    attempt: u32,
    /// Nothing when nobody answered in time.
    status: Option<u16>,
    /// Never sent, because the control API asked for it.
    dropped: bool,
    at: DateTime<Utc>,
    value: Vec<Value>,
}

#[expect(
    clippy::disallowed_methods,
    reason = "the simulator stands in for foreign hosts: its calls must not carry the service's spans"
)]
pub(in crate::microsoft) fn http_client() -> reqwest::Result<reqwest::Client> {
    reqwest::Client::builder()
        .user_agent("Microsoft Graph (postroom-simulator)")
        .redirect(reqwest::redirect::Policy::none())
        .no_proxy()
        .build()
}

/// One attempt; what fails waits for the next.
pub(super) async fn attempt(world: &World, mut batch: Batch) {
    let (http, timeout, dropped) = {
        let mut cloud = world.cloud();
        let subscriptions = &mut cloud.subscriptions;
        let dropped = !batch.is_lifecycle && take(&mut subscriptions.settings.drop);
        let timeout = Duration::from_millis(subscriptions.settings.delivery_timeout_ms);
        (subscriptions.http.clone(), timeout, dropped)
    };
    let status = match dropped {
        true => None,
        false => post(&http, &batch, timeout).await,
    };
    let now = world.clock.now();
    let mut cloud = world.cloud();
    let delivery = Delivery {
        url: batch.url.clone(),
        is_lifecycle: batch.is_lifecycle,
        attempt: batch.attempt,
        status,
        dropped,
        at: now,
        value: batch.values.clone(),
    };
    let deliveries = &mut cloud.subscriptions.deliveries;
    deliveries.push(delivery);
    if deliveries.len() > KEPT {
        deliveries.remove(0);
    }
    if dropped || status.is_some_and(|status| (200..300).contains(&status)) {
        return;
    }
    batch.next = now + FIRST_WAIT * 2_i32.pow(batch.attempt.min(10));
    batch.attempt += 1;
    if batch.next - batch.first <= AT_MOST {
        cloud.subscriptions.waiting.push(batch);
    } else if !batch.is_lifecycle {
        batch.subscriptions.dedup();
        for id in batch.subscriptions {
            cloud.tell_lifecycle(Lifecycle::Missed, id, now);
        }
    }
}

async fn post(http: &reqwest::Client, batch: &Batch, timeout: Duration) -> Option<u16> {
    let request = http
        .post(&batch.url)
        .timeout(timeout)
        .json(&json!({ "value": batch.values }));
    let answer = request.send().await.ok()?;
    Some(answer.status().as_u16())
}
