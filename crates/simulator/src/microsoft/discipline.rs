//! Whether callers keep within the limits: requests at once for a mailbox, and `Retry-After`.

use std::{collections::BTreeMap, sync::Arc};

use actix_web::{
    Error,
    body::MessageBody,
    dev::{ServiceRequest, ServiceResponse},
    http::header::{AUTHORIZATION, RETRY_AFTER},
    middleware::Next,
};
use chrono::{DateTime, TimeDelta, Utc};
use percent_encoding::percent_decode_str;
use serde::Serialize;

use super::cloud::Cloud;
use crate::world::World;

/// Broken promises beyond this many are only counted.
const KEPT: usize = 1000;

/// What was seen of all callers.
#[derive(Debug, Default)]
pub(super) struct Watch {
    /// Requests running, by host, application and mailbox.
    running: BTreeMap<Key, u32>,
    /// The most that ran at once, by mailbox.
    pub(super) most: BTreeMap<String, u32>,
    /// Who was told to wait: when, and until when.
    waits: BTreeMap<Key, (DateTime<Utc>, DateTime<Utc>)>,
    pub(super) early: Vec<Early>,
}

#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Key {
    host: &'static str,
    client_id: String,
    mailbox: String,
}

/// A request that came before its time.
#[derive(Clone, Debug, Serialize)]
pub(super) struct Early {
    host: &'static str,
    mailbox: String,
    path: String,
    /// Since the caller was told to wait.
    after_ms: i64,
    /// Until the end of the wait.
    early_ms: i64,
}

/// How long an answer of EWS asks to wait; it says so in its body.
#[derive(Clone, Copy, Debug)]
pub(super) struct BackOff(pub(super) u64);

/// Middleware of the Microsoft hosts.
pub(crate) async fn watch(
    world: Arc<World>,
    request: ServiceRequest,
    next: Next<impl MessageBody + 'static>,
) -> Result<ServiceResponse<impl MessageBody>, Error> {
    let Some(running) = Running::begin(&world, &request) else {
        return next.call(request).await;
    };
    let answer = next.call(request).await?;
    let header = answer.headers().get(RETRY_AFTER);
    let seconds: Option<i64> = header.and_then(|value| value.to_str().ok()?.parse().ok());
    let back_off = answer.response().extensions().get::<BackOff>().copied();
    let wait = match (seconds, back_off) {
        (Some(seconds), _) => Some(TimeDelta::seconds(seconds)),
        (None, Some(BackOff(ms))) => i64::try_from(ms).ok().map(TimeDelta::milliseconds),
        (None, None) => None,
    };
    if let Some(wait) = wait {
        let now = world.clock.now();
        let mut cloud = world.cloud();
        cloud
            .watch
            .waits
            .insert(running.key.clone(), (now, now + wait));
    }
    Ok(answer)
}

/// A request under way; it ends when this is dropped, also when the caller goes away.
struct Running {
    world: Arc<World>,
    key: Key,
}

impl Running {
    fn begin(world: &Arc<World>, request: &ServiceRequest) -> Option<Self> {
        let now = world.clock.now();
        let mut cloud = world.cloud();
        let key = key(&cloud, request)?;
        let watch = &mut cloud.watch;
        let running = watch.running.entry(key.clone()).or_default();
        *running += 1;
        let most = watch.most.entry(key.mailbox.clone()).or_default();
        *most = (*most).max(*running);
        if let Some((told, until)) = watch
            .waits
            .get(&key)
            .copied()
            .filter(|(_, until)| now < *until)
            && watch.early.len() < KEPT
        {
            watch.early.push(Early {
                host: key.host,
                mailbox: key.mailbox.clone(),
                path: request.path().to_owned(),
                after_ms: (now - told).num_milliseconds(),
                early_ms: (until - now).num_milliseconds(),
            });
        }
        drop(cloud);
        Some(Self {
            world: world.clone(),
            key,
        })
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        let mut cloud = self.world.cloud();
        if let Some(running) = cloud.watch.running.get_mut(&self.key) {
            *running = running.saturating_sub(1);
        }
    }
}

/// Whose limit a request counts against; nothing where there is none, or no good token.
fn key(cloud: &Cloud, request: &ServiceRequest) -> Option<Key> {
    let host = super::host_of(request.path()).filter(|host| matches!(*host, "graph" | "ews"))?;
    let text = |name: &str| {
        request
            .headers()
            .get(name)
            .and_then(|value| value.to_str().ok())
    };
    let header = text(AUTHORIZATION.as_str())?;
    let access = cloud.grants.access(header.split_once(' ')?.1.trim())?;
    let named = match host {
        "ews" => text("x-anchormailbox").map(str::to_owned),
        _ => request.path().strip_prefix("/v1.0/users/").map(|rest| {
            let name = rest.split('/').next().unwrap_or_default();
            percent_decode_str(name).decode_utf8_lossy().into_owned()
        }),
    };
    let named = named.and_then(|name| cloud.user(&name).map(|user| &user.address));
    Some(Key {
        host,
        client_id: access.client_id.clone(),
        mailbox: named.unwrap_or(&access.address).to_lowercase(),
    })
}
