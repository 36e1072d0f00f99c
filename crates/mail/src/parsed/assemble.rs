use std::collections::HashSet;

use chrono::{DateTime, TimeZone as _, Utc};
use mail_parser::{HeaderName, HeaderValue};

use super::{ParsedMail, attach, body, people};
use crate::{
    Automatic, Problem, compose,
    mime::{Fields, Part, note},
};

pub(super) fn mail(raw: &[u8]) -> ParsedMail {
    let mut problems = Vec::new();
    let root = Part::read(raw, &mut problems);
    let contents = body::contents(&root, &mut problems);
    let fields = &root.fields;
    let from = people::sender(fields);
    if from.is_none() {
        note(&mut problems, Problem::NoSender);
    }
    let sent_at = sent_at(fields);
    if sent_at.is_none() {
        note(&mut problems, Problem::NoDate);
    }
    let attachments = attach::files(&contents, &mut problems);
    ParsedMail {
        message_id: ids(fields, HeaderName::MessageId).into_iter().next(),
        in_reply_to: ids(fields, HeaderName::InReplyTo),
        references: ids(fields, HeaderName::References),
        subject: subject(fields),
        reply_to: people::addresses(fields, HeaderName::ReplyTo),
        to: people::addresses(fields, HeaderName::To),
        cc: people::addresses(fields, HeaderName::Cc),
        automatic: Automatic::of(&root, from.as_ref(), contents.text.as_deref()),
        own_mark: fields.raw(compose::MARK_HEADER_LOWER).map(str::to_owned),
        from,
        sent_at,
        text: contents.text,
        html: contents.html,
        attachments,
        problems,
    }
}

fn subject(fields: &Fields) -> String {
    let decoded = fields
        .values(HeaderName::Subject)
        .find_map(HeaderValue::as_text);
    decoded
        .unwrap_or_default()
        .split_whitespace()
        .collect::<Vec<_>>()
        .join(" ")
}

/// The Date; a year before 1970 or after 9999 is none.
fn sent_at(fields: &Fields) -> Option<DateTime<Utc>> {
    let date = fields
        .values(HeaderName::Date)
        .find_map(HeaderValue::as_datetime)?;
    let timestamp = date.is_valid().then(|| date.to_timestamp())?;
    Utc.timestamp_opt(timestamp, 0)
        .single()
        .filter(|at| at.timestamp() >= 0)
}

/// Message ids, without what cannot be one: an id has no white space and at most 998 characters.
fn ids(fields: &Fields, name: HeaderName<'static>) -> Vec<String> {
    let mut found: Vec<String> = Vec::new();
    let mut seen = HashSet::new();
    for value in fields.values(name) {
        let texts: Vec<&str> = match value {
            HeaderValue::Text(text) => vec![text.as_ref()],
            HeaderValue::TextList(texts) => texts.iter().map(AsRef::as_ref).collect(),
            _ => Vec::new(),
        };
        for id in texts {
            let id = id.trim().trim_start_matches('<').trim_end_matches('>');
            let fits = !id.is_empty() && id.len() <= 998 && !id.contains(char::is_whitespace);
            if fits && seen.insert(id) {
                found.push(id.to_owned());
            }
        }
    }
    found
}
