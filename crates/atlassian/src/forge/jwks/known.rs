use std::{collections::HashMap, sync::Arc};

use chrono::{DateTime, TimeDelta, Utc};
use jsonwebtoken::{
    DecodingKey,
    jwk::{AlgorithmParameters, Jwk, KeyAlgorithm, PublicKeyUse},
};
use serde::Deserialize as _;
use serde_json::Value;

use super::JwksError;

/// From here on the set is asked in the background: nobody waits for it.
const RIPE: TimeDelta = TimeDelta::minutes(5);
/// From here on nothing counts before the set was asked again: a key that was withdrawn is out by then.
const OLD: TimeDelta = TimeDelta::minutes(10);
/// For so long the last answer counts while the set cannot be asked.
const IN_NEED: TimeDelta = TimeDelta::hours(1);

/// How old an answer of the set is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Age {
    Fresh,
    Ripe,
    Old,
}

/// What the set said last. A key that it does not name any more is not in here.
#[derive(Default)]
pub(super) struct Known {
    keys: HashMap<String, Arc<DecodingKey>>,
    at: Option<DateTime<Utc>>,
    question: u64,
}

impl Known {
    /// The keys of a set that can sign invocation tokens. Others are left out, one by one.
    pub(super) fn of(keys: &[Value], now: DateTime<Utc>, question: u64) -> Result<Self, JwksError> {
        let keys: HashMap<_, _> = keys.iter().filter_map(signing_key).collect();
        if keys.is_empty() {
            // An error page in JSON; a set that has nothing would shut every customer out.
            return Err(JwksError::Unreadable { status: 200 });
        }
        Ok(Self {
            keys,
            at: Some(now),
            question,
        })
    }

    pub(super) fn get(&self, kid: &str) -> Option<Arc<DecodingKey>> {
        self.keys.get(kid).cloned()
    }

    /// The same, for who has asked already.
    pub(super) fn named(&self, kid: &str) -> Result<Arc<DecodingKey>, JwksError> {
        self.get(kid).ok_or(JwksError::Unknown)
    }

    /// The number of the question that this answers.
    pub(super) fn question(&self) -> u64 {
        self.question
    }

    pub(super) fn age(&self, now: DateTime<Utc>) -> Age {
        match self.since(now) {
            Some(age) if age < RIPE => Age::Fresh,
            Some(age) if age < OLD => Age::Ripe,
            _ => Age::Old,
        }
    }

    /// Whether it may still be relied on while the set cannot be asked.
    pub(super) fn counts_in_need(&self, now: DateTime<Utc>) -> bool {
        self.since(now).is_some_and(|age| age < IN_NEED)
    }

    /// A clock that was set back makes an answer old, not young.
    fn since(&self, now: DateTime<Utc>) -> Option<TimeDelta> {
        self.at.map(|at| (now - at).abs())
    }
}

fn signing_key(jwk: &Value) -> Option<(String, Arc<DecodingKey>)> {
    let jwk = Jwk::deserialize(jwk).ok()?;
    let rsa = matches!(jwk.algorithm, AlgorithmParameters::RSA(_));
    let signs = matches!(
        jwk.common.public_key_use,
        None | Some(PublicKeyUse::Signature)
    );
    let rs256 = matches!(jwk.common.key_algorithm, None | Some(KeyAlgorithm::RS256));
    if !(rsa && signs && rs256) {
        return None;
    }
    let kid = jwk.common.key_id.clone()?;
    Some((kid, Arc::new(DecodingKey::from_jwk(&jwk).ok()?)))
}
