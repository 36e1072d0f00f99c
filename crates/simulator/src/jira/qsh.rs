//! The query string hash as Jira's own (Java) side computes it.
//!
//! Sources: "Creating a query string hash" in Atlassian's page "Understanding JWT for Connect apps", and the
//! rules of the Java class `HttpRequestCanonicalizer`. Written apart from the product's implementation, so that
//! one checks the other.

use std::collections::BTreeMap;

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, percent_decode_str, utf8_percent_encode};
use sha2::{Digest as _, Sha256};

/// The literal that a context token carries in place of a hash.
pub(crate) const CONTEXT_QSH: &str = "context-qsh";

const UNRESERVED_KEPT: &AsciiSet = &NON_ALPHANUMERIC
    .remove(b'-')
    .remove(b'.')
    .remove(b'_')
    .remove(b'~');

/// The hash over a request: `path` is relative to the base URL and still encoded, `query` is raw.
pub(crate) fn hash(method: &str, path: &str, query: Option<&str>) -> String {
    hex::encode(Sha256::digest(canonical(method, path, query)))
}

/// The text that is hashed.
pub(crate) fn canonical(method: &str, path: &str, query: Option<&str>) -> String {
    format!(
        "{}&{}&{}",
        method.to_uppercase(),
        canonical_path(path),
        canonical_query(query.unwrap_or_default())
    )
}

fn canonical_path(path: &str) -> String {
    let rooted = if path.starts_with('/') {
        path.to_owned()
    } else {
        format!("/{path}")
    };
    let trimmed = match rooted.strip_suffix('/') {
        Some("") | None => rooted.as_str(),
        Some(rest) => rest,
    };
    trimmed.replace('&', "%26")
}

fn canonical_query(query: &str) -> String {
    // Java groups by the encoded name and so sorts by it; JavaScript sorts by the raw name.
    let mut grouped: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for pair in query.split('&').filter(|pair| !pair.is_empty()) {
        let (name, value) = pair.split_once('=').unwrap_or((pair, ""));
        let name = decode(name);
        if name != "jwt" {
            grouped
                .entry(encode(&name))
                .or_default()
                .push(encode(&decode(value)));
        }
    }
    let pairs: Vec<String> = grouped
        .into_iter()
        .map(|(name, mut values)| {
            values.sort();
            format!("{name}={}", values.join(","))
        })
        .collect();
    pairs.join("&")
}

fn decode(text: &str) -> String {
    percent_decode_str(&text.replace('+', " "))
        .decode_utf8_lossy()
        .into_owned()
}

/// Percent-encodes all but letters, digits, `-`, `.`, `_` and `~`.
pub(crate) fn encode(text: &str) -> String {
    utf8_percent_encode(text, UNRESERVED_KEPT).to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(method: &str, target: &str) -> String {
        let (path, query) = match target.split_once('?') {
            Some((path, query)) => (path, Some(query)),
            None => (target, None),
        };
        hash(method, path, query)
    }

    /// Answers of the JavaScript library atlassian-jwt 2.0.3, where both orders agree.
    #[test]
    fn known_answers() {
        let known = [
            (
                "GET",
                "",
                "c88caad15a1c1a900b8ac08aa9686f4e8184539bea1deda36e2f649430df3239",
            ),
            (
                "GET",
                "/",
                "c88caad15a1c1a900b8ac08aa9686f4e8184539bea1deda36e2f649430df3239",
            ),
            (
                "GET",
                "/path",
                "799be84a7fa35570087163c0cd9af3abff7ac05c2c12ba0bb1d7eebc984b3ac2",
            ),
            (
                "GET",
                "/path/",
                "799be84a7fa35570087163c0cd9af3abff7ac05c2c12ba0bb1d7eebc984b3ac2",
            ),
            (
                "get",
                "/a?b=1&a=2",
                "2256d28192e6070afbf3e71f5f50898ebcd8860573bd85db12fc7cdb8a0144e8",
            ),
            (
                "GET",
                "/a?x=b&x=a&x=A",
                "3214ee589519621b1da80f0661e35879c2f3c1660cc17fb6900d2937884e3f60",
            ),
            (
                "GET",
                "/a?x",
                "2dfdcb2e01193a60f84eefe8446986d0bef775f09fc0c8893d7510007ed97fda",
            ),
            (
                "GET",
                "/a?x=",
                "2dfdcb2e01193a60f84eefe8446986d0bef775f09fc0c8893d7510007ed97fda",
            ),
            (
                "GET",
                "/a?x=1,2",
                "5fd4fbe994fb28aa5e6bb481aa16421686012304a0e7e045c5b8368b0f954984",
            ),
            (
                "GET",
                "/a?x=1%2C2",
                "5fd4fbe994fb28aa5e6bb481aa16421686012304a0e7e045c5b8368b0f954984",
            ),
            (
                "GET",
                "/a?x=a+b",
                "d1a4cbf0d7d584017cac1b91320a81026210f45be56d7683d2c9bae7d1c0c659",
            ),
            (
                "GET",
                "/a?x=a%20b",
                "d1a4cbf0d7d584017cac1b91320a81026210f45be56d7683d2c9bae7d1c0c659",
            ),
            (
                "GET",
                "/a?x=*~!%27()",
                "1aadc91674a61f506079ec26b2890cf769af91ab2cbd284e806137479f91358a",
            ),
            (
                "GET",
                "/a?jwt=zz&x=1",
                "ab9f3f9613737b80010bf85d699eb300cd7cbfa837182e011b0a224da3ff9c92",
            ),
            (
                "GET",
                "/a&b",
                "06ded36e6f2dd7a0f96d77cb9dca5e4a43439c79ab45a700b6d25bd9d3eb5c0f",
            ),
            (
                "GET",
                "/a?x=1&X=2",
                "39648c562052cbdc29b8700b3e258445c495eec56aea228e481412f4dd2abd42",
            ),
            (
                "POST",
                "/installed",
                "4a2e1de8ca74e6cafe8862d332fa3ac7a8e51e692bc6d798ea4dfedc14948bf4",
            ),
        ];
        for (method, target, expected) in known {
            assert_eq!(of(method, target), expected, "{method} {target}");
        }
    }

    #[test]
    fn names_are_sorted_in_their_encoded_form_like_java() {
        assert_eq!(
            canonical("GET", "/a", Some("a%5B=1&a0=2")),
            "GET&/a&a%5B=1&a0=2"
        );
    }

    #[test]
    fn only_one_trailing_slash_goes() {
        assert_eq!(canonical("GET", "/x//", None), "GET&/x/&");
    }
}
