//! One question to the set, and who may ask it.

use std::{
    sync::atomic::{AtomicBool, AtomicU64},
    time::Duration,
};

use chrono::TimeDelta;
use postroom_telemetry::{ReadError, SendError, read_limited};
use reqwest::Method;
use serde::Deserialize;
use serde_json::Value;
use tokio::sync::{Mutex, MutexGuard};

use super::{Age, Arc, Asks, DateTime, Inner, JwksError, Known, Missing, Ordering, Utc};

const LONGEST_KEY_SET: usize = 256 * 1024;

/// After a failure the set is left alone for this long.
const REST_AFTER_FAILURE: TimeDelta = TimeDelta::seconds(5);

/// A caller waits for the set no longer than this: events through Forge have five seconds in all.
const PATIENCE: Duration = Duration::from_secs(3);

/// Why the set is asked.
#[derive(Clone, Copy)]
pub(super) enum Why<'a> {
    /// Nobody has heard of this key id.
    Unknown(&'a str),
    /// The last answer is old. This question is owed, whatever the budget says.
    Old,
}

/// The question that is being asked, if one is, and what is remembered of earlier ones.
#[derive(Default)]
pub(super) struct Asking {
    /// Held while the set is asked.
    turn: Mutex<Turn>,
    /// How many questions were begun.
    begun: AtomicU64,
    failing: AtomicBool,
}

#[derive(Default)]
pub(super) struct Turn {
    asks: Asks,
    missing: Missing,
    failed_at: Option<DateTime<Utc>>,
}

impl Asking {
    pub(super) fn is_going_on(&self) -> bool {
        self.turn.try_lock().is_err()
    }

    pub(super) async fn turn(&self) -> MutexGuard<'_, Turn> {
        self.turn.lock().await
    }

    /// Whether the last question brought nothing.
    pub(super) fn is_failing(&self) -> bool {
        self.failing.load(Ordering::Relaxed)
    }
}

impl Turn {
    /// Whether the set may be asked now.
    fn admit(&mut self, why: Why<'_>, old: bool, now: DateTime<Utc>) -> Result<(), JwksError> {
        if let Why::Unknown(kid) = why
            && self.missing.has(kid, now)
        {
            return Err(JwksError::Unknown);
        }
        // A clock that was set back must not make us wait for it.
        let rests = |at: DateTime<Utc>| (now - at).abs() < REST_AFTER_FAILURE;
        if self.failed_at.is_some_and(rests) {
            return Err(JwksError::Resting);
        }
        if old || self.asks.take(now) {
            Ok(())
        } else {
            Err(JwksError::Busy)
        }
    }
}

impl Inner {
    /// What the set says now. Whoever comes while it is being asked waits, and takes the answer to a question that
    /// began after they came: an earlier one may have missed the very key that they need.
    pub(super) async fn ask(
        &self,
        why: Why<'_>,
        now: DateTime<Utc>,
    ) -> Result<Arc<Known>, JwksError> {
        let came_after = self.asking.begun.load(Ordering::SeqCst);
        let mut turn = self.asking.turn().await;
        let known = self.known();
        let old = known.age(now) == Age::Old;
        let served = match why {
            Why::Unknown(kid) => known.question() > came_after || known.get(kid).is_some(),
            Why::Old => known.age(now) == Age::Fresh,
        };
        if !served {
            turn.admit(why, old || matches!(why, Why::Old), now)?;
            let known = self.ask_now(&mut turn, now).await?;
            return Ok(remember(&mut turn, why, known, now));
        }
        Ok(remember(&mut turn, why, known, now))
    }

    async fn ask_now(&self, turn: &mut Turn, now: DateTime<Utc>) -> Result<Arc<Known>, JwksError> {
        let question = self.asking.begun.fetch_add(1, Ordering::SeqCst) + 1;
        let fetched = tokio::time::timeout(PATIENCE, self.fetch())
            .await
            .unwrap_or(Err(JwksError::TooSlow))
            .and_then(|keys| Known::of(&keys, now, question));
        self.asking
            .failing
            .store(fetched.is_err(), Ordering::Relaxed);
        turn.failed_at = fetched.is_err().then_some(now);
        Ok(self.learn(fetched?))
    }

    async fn fetch(&self) -> Result<Vec<Value>, JwksError> {
        #[derive(Deserialize)]
        struct KeySet {
            keys: Vec<Value>,
        }
        let request = self.http.request(Method::GET, self.url.clone());
        let response = self
            .http
            .send("forge_keys", request)
            .await
            .map_err(JwksError::Unreachable)?;
        let status = response.status().as_u16();
        let unreadable = || JwksError::Unreadable { status };
        if status != 200 {
            return Err(unreadable());
        }
        let bytes = read_limited(response, LONGEST_KEY_SET)
            .await
            .map_err(|error| match error {
                ReadError::BrokeOff(source) => JwksError::Unreachable(SendError::NoAnswer(source)),
                ReadError::TooLarge { .. } => unreadable(),
            })?;
        let set: KeySet = serde_json::from_slice(&bytes).map_err(|_| unreadable())?;
        Ok(set.keys)
    }
}

/// The same made-up id costs no second question.
fn remember(turn: &mut Turn, why: Why<'_>, known: Arc<Known>, now: DateTime<Utc>) -> Arc<Known> {
    if let Why::Unknown(kid) = why
        && known.get(kid).is_none()
    {
        turn.missing.remember(kid, now);
    }
    known
}
