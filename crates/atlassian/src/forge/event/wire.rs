use chrono::DateTime;
use serde_json::{Map, Value};

use super::{EventError, EventKind, Retry};

/// An event as it came, read field by field: an odd field that nobody needs must not cost the event.
pub(super) struct Wire {
    event: Map<String, Value>,
    envelope: Map<String, Value>,
}

impl Wire {
    pub(super) fn read(body: &[u8]) -> Result<Self, EventError> {
        let Ok(Value::Object(mut envelope)) = serde_json::from_slice(body) else {
            return Err(EventError::NoEvent);
        };
        if envelope.contains_key("eventType") {
            return Ok(Self {
                event: envelope,
                envelope: Map::new(),
            });
        }
        match envelope.remove("payload") {
            Some(Value::Object(event)) => Ok(Self { event, envelope }),
            _ => Err(EventError::NoEvent),
        }
    }

    pub(super) fn kind(&self) -> Result<EventKind, EventError> {
        let name = text(self.event.get("eventType")).ok_or(EventError::NoEvent)?;
        Ok(match name.as_str() {
            "avi:jira:commented:issue" => self.comment()?,
            "avi:jira:deleted:issue" => EventKind::IssueDeleted {
                issue_id: self.required("issue", "id", "issue.id")?,
                issue_key: self.required("issue", "key", "issue.key")?,
            },
            "avi:forge:installed:app" => EventKind::Installed {
                installation_id: text(self.event.get("id")),
                installer: text(self.event.get("installerAccountId")),
            },
            "avi:forge:upgraded:app" => EventKind::Upgraded {
                installation_id: text(self.event.get("id")),
            },
            _ => EventKind::Other(name),
        })
    }

    fn comment(&self) -> Result<EventKind, EventError> {
        let issue_id = self.required("issue", "id", "issue.id")?;
        let issue_key = self.required("issue", "key", "issue.key")?;
        let comment_id = self.required("comment", "id", "comment.id")?;
        let author = self.part("comment", "author").and_then(account_of);
        Ok(if self.was_edited() {
            EventKind::CommentEdited {
                issue_id,
                issue_key,
                comment_id,
                author,
            }
        } else {
            EventKind::CommentCreated {
                issue_id,
                issue_key,
                comment_id,
                author,
            }
        })
    }

    /// One event stands for both. A comment that was never changed was updated when it was created.
    fn was_edited(&self) -> bool {
        let at = |field| self.part("comment", field);
        match (at("created"), at("updated")) {
            (Some(created), Some(updated)) => match (instant(created), instant(updated)) {
                (Some(created), Some(updated)) => created != updated,
                _ => created != updated,
            },
            _ => false,
        }
    }

    pub(super) fn self_generated(&self) -> bool {
        self.event.get("selfGenerated") == Some(&Value::Bool(true))
    }

    pub(super) fn account_id(&self) -> Option<String> {
        text(self.event.get("atlassianId"))
    }

    pub(super) fn retry(&self) -> Option<Retry> {
        let name = "retryContext";
        let context = self.event.get(name).or_else(|| self.envelope.get(name))?;
        let count = context.get("retryCount")?.as_u64()?;
        Some(Retry {
            count: u32::try_from(count).ok().filter(|count| *count > 0)?,
            reason: text(context.get("retryReason")),
        })
    }

    fn part(&self, object: &str, field: &str) -> Option<&Value> {
        self.event.get(object)?.get(field)
    }

    fn required(
        &self,
        object: &str,
        field: &str,
        name: &'static str,
    ) -> Result<String, EventError> {
        text(self.part(object, field)).ok_or(EventError::Field(name))
    }
}

/// A text that is not empty; ids come as numbers at times.
fn text(value: Option<&Value>) -> Option<String> {
    match value? {
        Value::String(text) if !text.is_empty() => Some(text.clone()),
        Value::Number(number) => Some(number.to_string()),
        _ => None,
    }
}

fn account_of(user: &Value) -> Option<String> {
    text(user.get("accountId"))
}

/// Jira writes `2026-11-24T08:00:00.000+0000`; RFC 3339 wants a colon in the offset.
fn instant(value: &Value) -> Option<i64> {
    let text = value.as_str()?;
    let time = DateTime::parse_from_rfc3339(text)
        .or_else(|_| DateTime::parse_from_str(text, "%Y-%m-%dT%H:%M:%S%.f%z"))
        .ok()?;
    Some(time.timestamp_millis())
}
