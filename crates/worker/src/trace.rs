//! The trace of a mail: why it became what it became.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

/// One entry: a rule that was looked at, what it saw, what it decided.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Entry {
    /// `poll`, `parse`, `understand`, `decide`, `deliver` or `settle`.
    pub(crate) step: String,
    pub(crate) rule: String,
    pub(crate) saw: String,
    pub(crate) decided: String,
    pub(crate) at: Option<DateTime<Utc>>,
}

/// The trace as it grows.
#[derive(Clone, Debug, Default)]
pub(crate) struct Trace(Vec<Entry>);

impl Trace {
    /// What is in the row.
    pub(crate) fn of(stored: &serde_json::Value) -> Self {
        Self(serde_json::from_value(stored.clone()).unwrap_or_default())
    }

    pub(crate) fn add(
        &mut self,
        at: DateTime<Utc>,
        step: &str,
        rule: &str,
        saw: &str,
        decided: &str,
    ) {
        self.0.push(Entry {
            step: step.to_owned(),
            rule: rule.to_owned(),
            saw: saw.to_owned(),
            decided: decided.to_owned(),
            at: Some(at),
        });
    }

    /// Drops what a step said before: it is done again.
    pub(crate) fn forget(&mut self, steps: &[&str]) {
        self.0.retain(|entry| !steps.contains(&entry.step.as_str()));
    }

    pub(crate) fn to_value(&self) -> serde_json::Value {
        serde_json::to_value(&self.0).unwrap_or_default()
    }
}
