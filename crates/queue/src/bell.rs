use std::collections::HashMap;

use redis::{Value, from_redis_value_ref};
use uuid::Uuid;

/// "Look at this row now." Carries ids and never data: the row says what is to be done.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Bell {
    /// A short word that tells the worker which job to run, such as `poll`.
    pub kind: String,
    /// The tenant of the row.
    pub tenant: Uuid,
    /// The row.
    pub id: Uuid,
}

impl Bell {
    /// A bell for a row.
    pub fn new(kind: impl Into<String>, tenant: Uuid, id: Uuid) -> Self {
        Self {
            kind: kind.into(),
            tenant,
            id,
        }
    }

    /// Reads the fields of a stream entry; `None` when somebody else wrote it.
    pub(crate) fn from_entry(fields: &HashMap<String, Value>) -> Option<Self> {
        let text = |name: &str| -> Option<String> {
            fields.get(name).and_then(|v| from_redis_value_ref(v).ok())
        };
        Some(Self {
            kind: text(KIND)?,
            tenant: text(TENANT)?.parse().ok()?,
            id: text(ID)?.parse().ok()?,
        })
    }
}

pub(crate) const KIND: &str = "kind";
pub(crate) const TENANT: &str = "tenant";
pub(crate) const ID: &str = "id";
