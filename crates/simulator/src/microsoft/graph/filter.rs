//! `$filter` on messages: comparisons joined by `and`.

use actix_web::http::StatusCode;
use chrono::{DateTime, Utc};

use super::error::GraphError;
use crate::microsoft::mailbox::Mail;

/// A filter; without clauses everything passes.
#[derive(Clone, Debug, Default)]
pub(super) struct Filter(Vec<Clause>);

#[derive(Clone, Debug)]
enum Clause {
    Received(Compare, DateTime<Utc>),
    Read(bool),
    MessageId(String),
    HasAttachments(bool),
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Compare {
    Equal,
    NotEqual,
    Greater,
    GreaterOrEqual,
    Less,
    LessOrEqual,
}

impl Compare {
    fn parse(text: &str) -> Option<Self> {
        Some(match text {
            "eq" => Self::Equal,
            "ne" => Self::NotEqual,
            "gt" => Self::Greater,
            "ge" => Self::GreaterOrEqual,
            "lt" => Self::Less,
            "le" => Self::LessOrEqual,
            _ => return None,
        })
    }

    fn holds<T: Ord>(self, left: &T, right: &T) -> bool {
        match self {
            Self::Equal => left == right,
            Self::NotEqual => left != right,
            Self::Greater => left > right,
            Self::GreaterOrEqual => left >= right,
            Self::Less => left < right,
            Self::LessOrEqual => left <= right,
        }
    }
}

impl Filter {
    pub(super) fn parse(text: &str) -> Result<Self, GraphError> {
        split(text)
            .into_iter()
            .map(clause)
            .collect::<Result<_, _>>()
            .map(Self)
    }

    pub(super) fn passes(&self, mail: &Mail) -> bool {
        self.0.iter().all(|clause| match clause {
            // Graph shows whole seconds and compares them so.
            Clause::Received(compare, time) => {
                compare.holds(&mail.received.timestamp(), &time.timestamp())
            }
            Clause::Read(read) => mail.is_read == *read,
            Clause::MessageId(id) => mail.summary.internet_message_id == *id,
            Clause::HasAttachments(has) => mail.summary.has_attachments == *has,
        })
    }

    /// With `$orderby`, its property must come first in the filter ("List messages").
    pub(super) fn fits_order(&self) -> Result<(), GraphError> {
        match self.0.first() {
            None | Some(Clause::Received(..)) => Ok(()),
            Some(_) => {
                let text = "The restriction or sort order is too complex for this operation.";
                Err(GraphError::new(
                    StatusCode::BAD_REQUEST,
                    "InefficientFilter",
                    text,
                ))
            }
        }
    }

    /// A delta query filters by `receivedDateTime ge` or `gt` alone ("message: delta").
    pub(super) fn is_for_delta(&self) -> bool {
        match self.0.as_slice() {
            [] => true,
            [Clause::Received(compare, _)] => {
                matches!(compare, Compare::Greater | Compare::GreaterOrEqual)
            }
            _ => false,
        }
    }

    pub(super) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

/// Takes a filter apart at `and`, outside of quotes.
fn split(text: &str) -> Vec<&str> {
    let mut parts = Vec::new();
    let (mut start, mut quoted) = (0, false);
    for (at, c) in text.char_indices() {
        quoted ^= c == '\'';
        let rest = &text[at..];
        if !quoted
            && rest.len() >= 5
            && rest.is_char_boundary(5)
            && rest[..5].eq_ignore_ascii_case(" and ")
        {
            parts.push(text[start..at].trim());
            start = at + 5;
        }
    }
    parts.push(text[start..].trim());
    parts
}

fn clause(text: &str) -> Result<Clause, GraphError> {
    let wrong = || GraphError::bad_request(format!("Invalid filter clause: '{text}'."));
    let text = text
        .strip_prefix('(')
        .and_then(|text| text.strip_suffix(')'))
        .unwrap_or(text);
    let mut words = text.splitn(3, ' ');
    let property = words.next().ok_or_else(wrong)?;
    let compare = words.next().and_then(Compare::parse).ok_or_else(wrong)?;
    let value = words.next().map(str::trim).ok_or_else(wrong)?;
    match (property, compare) {
        ("receivedDateTime", compare) => {
            let time = DateTime::parse_from_rfc3339(value).map_err(|_| wrong())?;
            Ok(Clause::Received(compare, time.to_utc()))
        }
        ("isRead", Compare::Equal) => value.parse().map(Clause::Read).map_err(|_| wrong()),
        ("hasAttachments", Compare::Equal) => value
            .parse()
            .map(Clause::HasAttachments)
            .map_err(|_| wrong()),
        ("internetMessageId", Compare::Equal) => {
            let id = value
                .strip_prefix('\'')
                .and_then(|id| id.strip_suffix('\''))
                .ok_or_else(wrong)?;
            Ok(Clause::MessageId(id.replace("''", "'")))
        }
        _ => Err(wrong()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn clauses_are_taken_apart_outside_of_quotes() {
        assert_eq!(
            split("isRead eq false and internetMessageId eq '<a and b>'").len(),
            2
        );
        assert!(Filter::parse("internetMessageId eq '<a and b>'").is_ok());
    }

    #[test]
    fn what_is_not_understood_is_refused() {
        assert_eq!(
            Filter::parse("subject eq 'x'").unwrap_err().code,
            "BadRequest"
        );
        assert!(Filter::parse("receivedDateTime ge yesterday").is_err());
        assert!(Filter::parse("").is_err());
    }

    #[test]
    fn delta_takes_a_lower_bound_only() {
        let fits = |text| Filter::parse(text).unwrap().is_for_delta();
        assert!(fits("receivedDateTime ge 2026-11-24T00:00:00Z"));
        assert!(!fits("receivedDateTime le 2026-11-24T00:00:00Z"));
        assert!(!fits("isRead eq false"));
    }

    #[test]
    fn order_and_filter_must_fit() {
        let code = |text| {
            Filter::parse(text)
                .unwrap()
                .fits_order()
                .err()
                .map(|error| error.code)
        };
        assert_eq!(
            code("isRead eq false").as_deref(),
            Some("InefficientFilter")
        );
        assert_eq!(
            code("receivedDateTime ge 2026-11-24T00:00:00Z and isRead eq false"),
            None
        );
    }
}
