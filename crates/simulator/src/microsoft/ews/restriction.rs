//! Restrictions of FindItem ("Restriction").

use chrono::{DateTime, Utc};
use roxmltree::Node;

use super::{
    Problem,
    read::{attribute, elements, flag, invalid_value},
};
use crate::microsoft::mailbox::Mail;

/// A condition on a mail.
#[derive(Clone, Debug)]
pub(super) enum Restriction {
    All(Vec<Restriction>),
    Any(Vec<Restriction>),
    Not(Box<Restriction>),
    Compare(Compare, Value),
    /// Part of a text, whatever its case.
    Contains(Field, String),
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Compare {
    Equal,
    NotEqual,
    Greater,
    GreaterOrEqual,
    Less,
    LessOrEqual,
}

/// A text property.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Field {
    Subject,
    MessageId,
}

/// A property and the constant that it is compared with.
#[derive(Clone, Debug)]
pub(super) enum Value {
    Received(DateTime<Utc>),
    Sent(DateTime<Utc>),
    Read(bool),
    HasAttachments(bool),
    Text(Field, String),
}

impl Restriction {
    /// The condition in a `Restriction` element.
    pub(super) fn read(node: Node<'_, '_>) -> Result<Self, Problem> {
        let mut inside = elements(node);
        match (inside.next(), inside.next()) {
            (Some(one), None) => Self::expression(one),
            _ => Err(Problem::schema("Restriction has exactly one expression.")),
        }
    }

    fn expression(node: Node<'_, '_>) -> Result<Self, Problem> {
        let inner = || {
            elements(node)
                .map(Self::expression)
                .collect::<Result<Vec<_>, _>>()
        };
        let compare = match node.tag_name().name() {
            "And" => return inner().map(Self::All),
            "Or" => return inner().map(Self::Any),
            "Not" => return Self::read(node).map(|one| Self::Not(Box::new(one))),
            "Contains" => return contains(node),
            "IsEqualTo" => Compare::Equal,
            "IsNotEqualTo" => Compare::NotEqual,
            "IsGreaterThan" => Compare::Greater,
            "IsGreaterThanOrEqualTo" => Compare::GreaterOrEqual,
            "IsLessThan" => Compare::Less,
            "IsLessThanOrEqualTo" => Compare::LessOrEqual,
            other => return Err(invalid_value("SearchExpression", other)),
        };
        let mut parts = elements(node);
        let (Some(path), Some(operand)) = (parts.next(), parts.next()) else {
            return Err(Problem::schema(
                "A comparison has a property and an operand.",
            ));
        };
        let constant = elements(operand).next();
        let constant = constant.ok_or_else(|| Problem::new("ErrorUnsupportedPathForQuery"))?;
        let value = value(path, attribute(constant, "Value")?)?;
        Ok(Self::Compare(compare, value))
    }

    pub(super) fn passes(&self, mail: &Mail) -> bool {
        match self {
            Self::All(all) => all.iter().all(|one| one.passes(mail)),
            Self::Any(any) => any.iter().any(|one| one.passes(mail)),
            Self::Not(one) => !one.passes(mail),
            Self::Contains(field, part) => {
                field.of(mail).to_lowercase().contains(&part.to_lowercase())
            }
            Self::Compare(compare, value) => compare.holds(value.against(mail)),
        }
    }
}

impl Compare {
    fn holds(self, order: std::cmp::Ordering) -> bool {
        match self {
            Self::Equal => order.is_eq(),
            Self::NotEqual => order.is_ne(),
            Self::Greater => order.is_gt(),
            Self::GreaterOrEqual => order.is_ge(),
            Self::Less => order.is_lt(),
            Self::LessOrEqual => order.is_le(),
        }
    }
}

impl Field {
    fn of(self, mail: &Mail) -> &str {
        match self {
            Self::Subject => &mail.summary.subject,
            Self::MessageId => &mail.summary.internet_message_id,
        }
    }
}

impl Value {
    fn against(&self, mail: &Mail) -> std::cmp::Ordering {
        match self {
            Self::Received(time) => mail.received.cmp(time),
            Self::Sent(time) => mail.summary.sent.unwrap_or(mail.received).cmp(time),
            Self::Read(read) => mail.is_read.cmp(read),
            Self::HasAttachments(has) => mail.summary.has_attachments.cmp(has),
            Self::Text(field, text) => field.of(mail).cmp(text),
        }
    }
}

fn contains(node: Node<'_, '_>) -> Result<Restriction, Problem> {
    let mut parts = elements(node);
    let (Some(path), Some(constant)) = (parts.next(), parts.next()) else {
        return Err(Problem::schema("Contains has a property and a constant."));
    };
    match value(path, attribute(constant, "Value")?)? {
        Value::Text(field, text) => Ok(Restriction::Contains(field, text)),
        _ => Err(Problem::new("ErrorUnsupportedPathForQuery")),
    }
}

fn value(path: Node<'_, '_>, text: &str) -> Result<Value, Problem> {
    let time = || {
        let time = DateTime::parse_from_rfc3339(text);
        time.map(|time| time.to_utc())
            .map_err(|_| invalid_value("Constant", text))
    };
    Ok(match path.attribute("FieldURI") {
        Some("item:DateTimeReceived" | "item:DateTimeCreated") => Value::Received(time()?),
        Some("item:DateTimeSent") => Value::Sent(time()?),
        Some("message:IsRead") => Value::Read(flag("Constant", text)?),
        Some("item:HasAttachments") => Value::HasAttachments(flag("Constant", text)?),
        Some("item:Subject") => Value::Text(Field::Subject, text.to_owned()),
        Some("message:InternetMessageId") => Value::Text(Field::MessageId, text.to_owned()),
        _ => return Err(Problem::new("ErrorUnsupportedPathForQuery")),
    })
}
