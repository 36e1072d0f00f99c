//! Reading an answer: the XML, and the response message in it.

use std::borrow::Cow;
use std::ops::Range;

use bytes::Bytes;
use chrono::{DateTime, Utc};
use reqwest::StatusCode;
use reqwest::header::HeaderMap;
use roxmltree::{Document, Node};

use super::call::Target;
use super::classify::{Complaint, Failure};
use super::element::is_xml;
use crate::MailboxError;
use crate::Support;

/// A 2xx answer, read whole. It can still be a failure.
pub(crate) struct Answer {
    pub(crate) operation: &'static str,
    pub(crate) status: StatusCode,
    pub(crate) headers: HeaderMap,
    pub(crate) support: Support,
    pub(crate) body: Bytes,
}

impl Answer {
    /// What `read` finds in the one response message, if that message is a success.
    pub(crate) fn read<T>(
        &self,
        target: Target,
        now: DateTime<Utc>,
        read: impl Fn(Node<'_, '_>) -> Option<T>,
    ) -> Result<T, MailboxError> {
        let text = std::str::from_utf8(&self.body).map_err(|_| self.garbled())?;
        let text = readable(text);
        let document = Document::parse(&text).map_err(|_| self.garbled())?;
        let body = child(document.root_element(), "Body").ok_or_else(|| self.garbled())?;
        if let Some(fault) = child(body, "Fault") {
            return Err(self.failed(&Complaint::of_fault(fault), target, now));
        }
        let message = response_message(body).ok_or_else(|| self.garbled())?;
        match message.attribute("ResponseClass") {
            Some("Success") => read(message).ok_or_else(|| self.garbled()),
            Some("Error" | "Warning") => {
                Err(self.failed(&Complaint::of_message(message), target, now))
            }
            _ => Err(self.garbled()),
        }
    }

    pub(crate) fn garbled(&self) -> MailboxError {
        MailboxError::Garbled {
            operation: self.operation,
            support: self.support.clone(),
        }
    }

    fn failed(&self, complaint: &Complaint, target: Target, now: DateTime<Utc>) -> MailboxError {
        let failure = Failure {
            status: self.status,
            headers: &self.headers,
            support: self.support.clone(),
            now,
        };
        failure.of(complaint, target)
    }
}

fn response_message<'a, 'input>(body: Node<'a, 'input>) -> Option<Node<'a, 'input>> {
    let response = body.first_element_child()?;
    child(response, "ResponseMessages")?.first_element_child()
}

/// The first child element of this name, in whatever namespace.
pub(crate) fn child<'a, 'input>(node: Node<'a, 'input>, name: &str) -> Option<Node<'a, 'input>> {
    node.children()
        .find(|child| child.is_element() && child.tag_name().name() == name)
}

/// The text of the first child element of this name.
pub(crate) fn text(node: Node<'_, '_>, name: &str) -> Option<String> {
    child(node, name)?.text().map(str::to_owned)
}

/// The `Id` of the first child element of this name.
pub(crate) fn id(node: Node<'_, '_>, name: &str) -> Option<String> {
    child(node, name)?.attribute("Id").map(str::to_owned)
}

/// `xs:boolean` of the first child element of this name.
pub(crate) fn flag(node: Node<'_, '_>, name: &str) -> Option<bool> {
    boolean(child(node, name)?.text()?)
}

/// `xs:boolean`.
pub(crate) fn boolean(text: &str) -> Option<bool> {
    match text.trim() {
        "true" | "1" => Some(true),
        "false" | "0" => Some(false),
        _ => None,
    }
}

/// Exchange writes the control characters that a sender put into a subject as references (`&#x1;`), which no XML may
/// hold. One such mail must not cost its page: they become blanks, and nothing moves from its place.
pub(crate) fn readable(text: &str) -> Cow<'_, str> {
    let bad: Vec<Range<usize>> = forbidden(text).collect();
    if bad.is_empty() {
        return Cow::Borrowed(text);
    }
    let mut blanked = String::with_capacity(text.len());
    let mut from = 0;
    for range in bad {
        blanked.push_str(&text[from..range.start]);
        blanked.extend(std::iter::repeat_n(' ', range.len()));
        from = range.end;
    }
    blanked.push_str(&text[from..]);
    Cow::Owned(blanked)
}

fn forbidden(text: &str) -> impl Iterator<Item = Range<usize>> {
    text.char_indices().filter_map(|(at, c)| match c {
        '&' => {
            let length = text[at..].bytes().take(12).position(|byte| byte == b';')? + 1;
            let reference = text.get(at..at + length)?;
            (!names_xml(reference)?).then_some(at..at + length)
        }
        c if is_xml(c) => None,
        c => Some(at..at + c.len_utf8()),
    })
}

/// Whether a numeric reference names a character that XML has; `None` when it is not numeric.
fn names_xml(reference: &str) -> Option<bool> {
    let number = reference.strip_prefix("&#")?.strip_suffix(';')?;
    let number = match number.strip_prefix(['x', 'X']) {
        Some(hex) => u32::from_str_radix(hex, 16).ok()?,
        None => number.parse().ok()?,
    };
    Some(char::from_u32(number).is_some_and(is_xml))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_xml_may_not_hold_becomes_blank_and_nothing_moves() {
        assert_eq!(
            readable("<a>x&#x1;y&#0;z\u{2}&amp;&#x41;&#xFFFF;\u{fffe}</a>"),
            "<a>x     y    z &amp;&#x41;           </a>"
        );
        let fine = "<a>&lt;&#10;&unknown; & &#; é</a>";
        assert!(matches!(readable(fine), Cow::Borrowed(text) if text == fine));
    }

    #[test]
    fn what_became_readable_is_read() {
        let text = readable("<a>x&#x1;y\u{2}&#xD800;</a>");
        let document = Document::parse(&text).unwrap();
        assert_eq!(
            document.root_element().text().map(str::trim),
            Some("x     y")
        );
    }
}
