//! The stamp on everything we make in Jira: which mail it came from. It is how a write of unknown outcome
//! is found again.

use serde::Deserialize;
use serde_json::{Value, json};
use uuid::Uuid;

use crate::connect::descriptor::{MAIL_FIELD, MAIL_PROPERTY};

pub(super) fn stamp(mail_id: Uuid) -> Value {
    json!([{ "key": MAIL_PROPERTY, "value": { (MAIL_FIELD): mail_id } }])
}

/// One entity property, as Jira lists it.
#[derive(Clone, Debug, Deserialize)]
pub(super) struct Property {
    key: String,
    #[serde(default)]
    value: Value,
}

pub(super) fn mail_of(properties: &[Property]) -> Option<Uuid> {
    let ours = properties
        .iter()
        .find(|property| property.key == MAIL_PROPERTY)?;
    mail_in(&ours.value)
}

pub(super) fn mail_in(value: &Value) -> Option<Uuid> {
    value.get(MAIL_FIELD)?.as_str()?.parse().ok()
}

pub(super) fn all(properties: Vec<Property>) -> serde_json::Map<String, Value> {
    properties
        .into_iter()
        .map(|property| (property.key, property.value))
        .collect()
}
