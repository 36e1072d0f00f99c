use std::borrow::Cow;

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, percent_decode_str, utf8_percent_encode};

/// RFC 3986 section 2.3: the characters that are never encoded.
const ENCODED: &AsciiSet = &NON_ALPHANUMERIC
    .remove(b'-')
    .remove(b'.')
    .remove(b'_')
    .remove(b'~');

/// What names are sorted by. The values of one name are sorted raw in either case, and encoded afterwards.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Order {
    /// As percent-encoded bytes: Java.
    Encoded,
    /// As UTF-16 code units of the raw text: JavaScript.
    Raw,
}

/// The parameters of a query, decoded, without `jwt`.
#[derive(Debug)]
pub(super) struct Pairs(Vec<(String, String)>);

impl Pairs {
    pub(super) fn parse(query: &str) -> Self {
        let pairs = query
            .split('&')
            .filter(|piece| !piece.is_empty())
            .map(|piece| {
                let (name, value) = piece.split_once('=').unwrap_or((piece, ""));
                (decode(name), decode(value))
            })
            .filter(|(name, _)| name != "jwt");
        Self(pairs.collect())
    }

    pub(super) fn canonical(&self, order: Order) -> String {
        let mut pairs: Vec<_> = self
            .0
            .iter()
            .map(|(n, v)| (n.as_str(), v.as_str()))
            .collect();
        match order {
            Order::Encoded => pairs.sort_by_cached_key(|(n, v)| (encode(n), utf16(v))),
            Order::Raw => pairs.sort_by_cached_key(|(n, v)| (utf16(n), utf16(v))),
        }
        let mut text = String::new();
        let mut last = None;
        for (name, value) in pairs {
            if last == Some(name) {
                text.push(',');
            } else {
                if last.is_some() {
                    text.push('&');
                }
                text.push_str(&encode(name));
                text.push('=');
            }
            text.push_str(&encode(value));
            last = Some(name);
        }
        text
    }
}

fn decode(text: &str) -> String {
    let spaced: Cow<'_, str> = if text.contains('+') {
        Cow::Owned(text.replace('+', " "))
    } else {
        Cow::Borrowed(text)
    };
    percent_decode_str(&spaced).decode_utf8_lossy().into_owned()
}

fn encode(text: &str) -> String {
    utf8_percent_encode(text, ENCODED).to_string()
}

fn utf16(text: &str) -> Vec<u16> {
    text.encode_utf16().collect()
}
