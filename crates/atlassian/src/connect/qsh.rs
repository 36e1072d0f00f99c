//! The query string hash that binds a Connect token to one request.
//!
//! Rule: "Creating a query string hash" of *Understanding JWT for Connect apps* (Atlassian), read together
//! with the Java class `HttpRequestCanonicalizer` that its text follows:
//! `hex(sha256(METHOD & PATH & QUERY))`.

mod query;
#[cfg(test)]
mod tests;

use sha2::{Digest as _, Sha256};
use subtle::ConstantTimeEq as _;

use query::{Order, Pairs};

/// A request in the canonical form that both sides hash.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Canonical {
    encoded_order: String,
    raw_order: String,
}

impl Canonical {
    /// The canonical form of a request whose `path` is already relative to the base URL of the receiver.
    ///
    /// `path` and `query` must be raw, as they came over the wire: a decoded or re-encoded one has another hash.
    pub fn new(method: &str, path: &str, query: Option<&str>) -> Self {
        let method = method.to_ascii_uppercase();
        let path = canonical_path(path);
        let pairs = Pairs::parse(query.unwrap_or_default());
        let form = |order| format!("{method}&{path}&{}", pairs.canonical(order));
        Self {
            encoded_order: form(Order::Encoded),
            raw_order: form(Order::Raw),
        }
    }

    /// As [`Canonical::new`], for a path that still begins with the base path of our own base URL.
    pub fn below(base_path: &str, method: &str, path: &str, query: Option<&str>) -> Self {
        Self::new(method, strip_base(path, base_path), query)
    }

    /// Both hashes that may stand for this request: names sorted as they are encoded (Java, so Jira itself),
    /// then sorted as raw UTF-16 (the JavaScript libraries). They differ only for rare names.
    pub fn hashes(&self) -> [String; 2] {
        [hash(&self.encoded_order), hash(&self.raw_order)]
    }

    /// The hash that we put into tokens of our own.
    pub fn hash(&self) -> String {
        hash(&self.encoded_order)
    }

    /// Whether `qsh` is a hash of this request. Takes the same time wherever the difference is.
    pub fn matches(&self, qsh: &str) -> bool {
        let [encoded, raw] = self.hashes();
        let given = qsh.as_bytes();
        (encoded.as_bytes().ct_eq(given) | raw.as_bytes().ct_eq(given)).into()
    }

    /// The canonical text itself, for a log line that explains a mismatch.
    pub fn text(&self) -> &str {
        &self.encoded_order
    }
}

fn hash(canonical: &str) -> String {
    hex::encode(Sha256::digest(canonical.as_bytes()))
}

/// `path` without the base path, which is taken off only where a segment ends: below `/jira`, the path
/// `/jira/x` becomes `/x`, and `/jiraffe` stays as it is. A path that a proxy already stripped stays too.
pub fn strip_base<'a>(path: &'a str, base_path: &str) -> &'a str {
    let base = base_path.trim_end_matches('/');
    match path.strip_prefix(base) {
        Some(rest) if rest.is_empty() || rest.starts_with('/') => rest,
        _ => path,
    }
}

fn canonical_path(path: &str) -> String {
    let path = match path.strip_suffix('/') {
        Some(shorter) if !shorter.is_empty() => shorter,
        _ => path,
    };
    let slash = if path.starts_with('/') { "" } else { "/" };
    format!("{slash}{}", path.replace('&', "%26"))
}
