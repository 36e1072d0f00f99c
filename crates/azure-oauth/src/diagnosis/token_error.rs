use std::fmt;

use chrono::{DateTime, Utc};
use serde_json::Value;

use super::Whose;

/// An error of Entra ID, as it came. Read leniently: only `error` is sure to be there.
#[derive(Clone, Default, PartialEq, Eq)]
pub struct TokenError {
    /// The protocol's word: `invalid_grant`.
    pub error: String,
    /// Microsoft's finer word: `basic_action`.
    pub suberror: Option<String>,
    /// AADSTS numbers. There may be two.
    pub codes: Vec<u32>,
    /// Microsoft's text for developers. May name people: not for logs.
    pub description: String,
    /// For Microsoft's support.
    pub trace_id: Option<String>,
    /// For Microsoft's support.
    pub correlation_id: Option<String>,
    /// When Microsoft said so, in Microsoft's words.
    pub timestamp: Option<String>,
    /// Claims to replay with the next sign-in.
    pub claims: Option<String>,
    /// Whose app registration asked.
    pub whose: Whose,
}

impl fmt::Debug for TokenError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("TokenError")
            .field("error", &self.error)
            .field("suberror", &self.suberror)
            .field("codes", &self.codes)
            .field("trace_id", &self.trace_id)
            .field("correlation_id", &self.correlation_id)
            .field("timestamp", &self.timestamp)
            .finish_non_exhaustive()
    }
}

impl fmt::Display for TokenError {
    /// The word, and the numbers where there are any. Never the description.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.error)?;
        self.codes
            .iter()
            .try_for_each(|code| write!(f, " AADSTS{code}"))
    }
}

impl TokenError {
    /// From the body of the token endpoint. `None` when it is not an OAuth error.
    pub fn from_body(body: &[u8]) -> Option<Self> {
        let body: Value = serde_json::from_slice(body).ok()?;
        let text = |field: &str| body.get(field).and_then(Value::as_str).map(str::to_owned);
        let mut error = Self {
            error: text("error")?,
            suberror: text("suberror").filter(|word| !word.is_empty()),
            codes: numbers(body.get("error_codes")),
            description: text("error_description").unwrap_or_default(),
            trace_id: text("trace_id"),
            correlation_id: text("correlation_id"),
            timestamp: text("timestamp"),
            claims: text("claims"),
            whose: Whose::Service,
        };
        error.complete();
        Some(error)
    }

    /// From the parameters of a callback, where number and ids stand in the description only.
    pub fn from_callback(error: &str, description: &str, suberror: Option<String>) -> Self {
        let mut error = Self {
            error: error.to_owned(),
            suberror,
            description: description.to_owned(),
            ..Self::default()
        };
        error.complete();
        error
    }

    /// The same, to somebody's registration.
    #[must_use]
    pub fn at(mut self, whose: Whose) -> Self {
        self.whose = whose;
        self
    }

    /// Takes from the description what was not given as a field.
    fn complete(&mut self) {
        if self.codes.is_empty() {
            self.codes.extend(number_in(&self.description));
        }
        for (slot, label) in [
            (&mut self.trace_id, "Trace ID:"),
            (&mut self.correlation_id, "Correlation ID:"),
        ] {
            if slot.is_none() {
                *slot = word_after(&self.description, label);
            }
        }
    }

    /// Since when Microsoft takes no older token of this user. Only an explicit revocation (50173) says it.
    pub fn tokens_valid_from(&self) -> Option<DateTime<Utc>> {
        let (_, rest) = self.description.split_once("TokensValidFrom")?;
        if !self.codes.contains(&50173) {
            return None;
        }
        rest.split('\'').find_map(|quoted| quoted.parse().ok())
    }
}

fn numbers(value: Option<&Value>) -> Vec<u32> {
    let number = |value: &Value| match value {
        Value::String(text) => text.parse().ok(),
        value => u32::try_from(value.as_u64()?).ok(),
    };
    value
        .and_then(Value::as_array)
        .into_iter()
        .flatten()
        .filter_map(number)
        .collect()
}

fn number_in(description: &str) -> Option<u32> {
    let (_, rest) = description.split_once("AADSTS")?;
    rest.split(|c: char| !c.is_ascii_digit())
        .next()?
        .parse()
        .ok()
}

fn word_after(description: &str, label: &str) -> Option<String> {
    let (_, rest) = description.split_once(label)?;
    rest.split_whitespace().next().map(str::to_owned)
}

#[cfg(test)]
mod tests;
