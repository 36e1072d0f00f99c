//! Writing elements.

use chrono::{DateTime, SecondsFormat, Utc};
use quick_xml::escape::escape;

/// `<name>text</name>`; the text is escaped.
pub(super) fn element(name: &str, text: impl std::fmt::Display) -> String {
    format!("<{name}>{}</{name}>", plain(&text.to_string()))
}

/// An element around others.
pub(super) fn around(name: &str, inner: &str) -> String {
    if inner.is_empty() {
        return format!("<{name}/>");
    }
    format!("<{name}>{inner}</{name}>")
}

/// The text, escaped for content and attributes, without the characters that XML 1.0 has not.
pub(super) fn plain(text: &str) -> String {
    let allowed = |c: &char| matches!(c, '\t' | '\n' | '\r' | '\u{20}'..='\u{d7ff}' | '\u{e000}'..='\u{fffd}' | '\u{10000}'..);
    let kept: String = text.chars().filter(allowed).collect();
    escape(&kept[..]).into_owned()
}

/// Whole seconds, as Exchange writes times.
pub(super) fn time(at: DateTime<Utc>) -> String {
    at.to_rfc3339_opts(SecondsFormat::Secs, true)
}

/// An id of Graph in the spelling of EWS ("restId" is its URL-safe form).
pub(super) fn ews_id(id: &str) -> String {
    id.replace('-', "/").replace('_', "+")
}

/// The other way round.
pub(super) fn rest_id(id: &str) -> String {
    id.replace('/', "-").replace('+', "_")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_is_escaped_and_ids_keep_their_meaning() {
        assert_eq!(
            element("t:Subject", "a<b>&\u{1}c"),
            "<t:Subject>a&lt;b&gt;&amp;c</t:Subject>"
        );
        assert_eq!(rest_id(&ews_id("AAMk-a_b=")), "AAMk-a_b=");
        assert_eq!(ews_id("AAMk-a_b="), "AAMk/a+b=");
    }
}
