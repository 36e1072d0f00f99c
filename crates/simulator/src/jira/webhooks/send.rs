//! Sending one webhook, again where the answer asks for it.

use std::time::Duration;

use chrono::TimeDelta;

use super::{delivery::Delivery, outbox::Outgoing};
use crate::jira::{jwt, jwt::Claims, qsh, site::Site};

/// Atlassian's page "Webhooks": at most five times more.
const RETRIES: u32 = 5;
/// Attempts that the control API can show.
const KEPT: usize = 10_000;

/// Sends it until it is taken, refused for good, or tried often enough.
pub(super) async fn with_retries(site: &Site, outgoing: Outgoing) {
    for attempt in 0..=RETRIES {
        let lost = take_loss(site);
        let status = if lost {
            None
        } else {
            once(site, &outgoing, attempt).await
        };
        let delivery = Delivery {
            identifier: outgoing.identifier.clone(),
            event: outgoing.event,
            url: format!("{}{}", outgoing.base_url, outgoing.target),
            attempt,
            status,
            lost,
            at: site.clock.now(),
            outgoing: outgoing.clone(),
        };
        let first_wait = {
            let mut state = site.state();
            state.deliveries.push(delivery);
            if state.deliveries.len() > KEPT {
                state.deliveries.remove(0);
            }
            state.settings.webhook_retry_ms
        };
        if lost || !is_worth_another(status) || attempt == RETRIES {
            return;
        }
        tokio::time::sleep(Duration::from_millis(first_wait << attempt)).await;
    }
}

/// Whether this one shall be lost on its way.
fn take_loss(site: &Site) -> bool {
    let mut state = site.state();
    let lost = state.settings.lose_webhooks > 0;
    state.settings.lose_webhooks -= u32::from(lost);
    lost
}

fn is_worth_another(status: Option<u16>) -> bool {
    status.is_none_or(|status| matches!(status, 408 | 409 | 425 | 429 | 500..=599))
}

async fn once(site: &Site, outgoing: &Outgoing, attempt: u32) -> Option<u16> {
    let (secret, timeout) = {
        let state = site.state();
        let secret = state.app.as_ref().map(|app| app.secret.clone());
        (
            secret?,
            Duration::from_millis(state.settings.webhook_timeout_ms),
        )
    };
    let target = &outgoing.target;
    let (path, query) = target
        .split_once('?')
        .map_or((target.as_str(), None), |(p, q)| (p, Some(q)));
    let claims = Claims::new(
        &site.client_key(),
        site.signing_time(),
        TimeDelta::seconds(180),
    )
    .qsh(qsh::hash("POST", path, query));
    let token = jwt::sign(&claims, &secret).ok()?;
    let mut request = site
        .shared
        .http
        .post(format!("{}{target}", outgoing.base_url))
        .timeout(timeout)
        .header("Authorization", format!("JWT {token}"))
        .header("Content-Type", "application/json")
        .header("X-Atlassian-Webhook-Identifier", &outgoing.identifier)
        .header("X-Atlassian-Webhook-Flow", "Primary")
        .body(outgoing.body.clone());
    if attempt > 0 {
        request = request.header("X-Atlassian-Webhook-Retry", attempt.to_string());
    }
    let answer = request.send().await.ok()?;
    Some(answer.status().as_u16())
}
