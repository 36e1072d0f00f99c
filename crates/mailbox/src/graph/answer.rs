use bytes::Bytes;
use reqwest::StatusCode;
use serde_json::Value;

use crate::MailboxError;
use crate::support::Support;

/// A successful answer, read whole.
#[derive(Debug)]
pub(crate) struct Answer {
    pub(crate) operation: &'static str,
    pub(crate) status: StatusCode,
    pub(crate) support: Support,
    pub(crate) body: Bytes,
}

impl Answer {
    pub(crate) fn json(self) -> Result<Json, MailboxError> {
        match serde_json::from_slice(&self.body) {
            Ok(value) => Ok(Json {
                value,
                operation: self.operation,
                support: self.support,
            }),
            Err(_) => Err(MailboxError::Garbled {
                operation: self.operation,
                support: self.support,
            }),
        }
    }
}

/// A JSON answer, read field by field: one odd field of one message must not cost the whole page.
#[derive(Debug)]
pub(crate) struct Json {
    pub(crate) value: Value,
    operation: &'static str,
    support: Support,
}

impl Json {
    pub(crate) fn garbled(&self) -> MailboxError {
        MailboxError::Garbled {
            operation: self.operation,
            support: self.support.clone(),
        }
    }

    pub(crate) fn text(&self, field: &str) -> Option<String> {
        text(&self.value, field)
    }

    pub(crate) fn required(&self, field: &str) -> Result<String, MailboxError> {
        self.text(field).ok_or_else(|| self.garbled())
    }

    pub(crate) fn items(&self) -> Result<&[Value], MailboxError> {
        let items = self.value.get("value").and_then(Value::as_array);
        items.map(Vec::as_slice).ok_or_else(|| self.garbled())
    }
}

pub(crate) fn text(value: &Value, field: &str) -> Option<String> {
    value.get(field)?.as_str().map(str::to_owned)
}
