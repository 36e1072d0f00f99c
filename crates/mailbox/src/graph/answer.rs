use bytes::{Bytes, BytesMut};
use postroom_telemetry::SendError;
use reqwest::{Response, StatusCode};
use serde_json::Value;

use super::error::{GraphError, Support};

/// A successful answer, read whole.
#[derive(Debug)]
pub(crate) struct Answer {
    pub(crate) operation: &'static str,
    pub(crate) status: StatusCode,
    pub(crate) support: Support,
    pub(crate) body: Bytes,
}

impl Answer {
    pub(crate) fn json(self) -> Result<Json, GraphError> {
        match serde_json::from_slice(&self.body) {
            Ok(value) => Ok(Json {
                value,
                operation: self.operation,
                support: self.support,
            }),
            Err(_) => Err(GraphError::Garbled {
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
    pub(crate) fn garbled(&self) -> GraphError {
        GraphError::Garbled {
            operation: self.operation,
            support: self.support.clone(),
        }
    }

    pub(crate) fn text(&self, field: &str) -> Option<String> {
        text(&self.value, field)
    }

    pub(crate) fn required(&self, field: &str) -> Result<String, GraphError> {
        self.text(field).ok_or_else(|| self.garbled())
    }

    pub(crate) fn items(&self) -> Result<&[Value], GraphError> {
        let items = self.value.get("value").and_then(Value::as_array);
        items.map(Vec::as_slice).ok_or_else(|| self.garbled())
    }
}

pub(crate) fn text(value: &Value, field: &str) -> Option<String> {
    value.get(field)?.as_str().map(str::to_owned)
}

/// Reads a body and stops once it is longer than `limit`: a sender decides how large a mail is, not memory.
pub(crate) async fn read_body(
    mut response: Response,
    limit: u64,
    support: &Support,
) -> Result<Bytes, BodyError> {
    let too_large = || {
        BodyError::TooLarge(GraphError::TooLarge {
            limit,
            support: support.clone(),
        })
    };
    if response
        .content_length()
        .is_some_and(|length| length > limit)
    {
        return Err(too_large());
    }
    let mut body = BytesMut::new();
    while let Some(chunk) = response.chunk().await.map_err(broken)? {
        if (body.len() + chunk.len()) as u64 > limit {
            return Err(too_large());
        }
        body.extend_from_slice(&chunk);
    }
    Ok(body.freeze())
}

#[derive(Debug)]
pub(crate) enum BodyError {
    TooLarge(GraphError),
    Broken(SendError),
}

/// The URL goes: it may carry an address.
fn broken(error: reqwest::Error) -> BodyError {
    BodyError::Broken(SendError::NoAnswer(error.without_url()))
}
