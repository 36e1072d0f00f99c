//! What a delta link holds. Callers keep it whole and send it back; nobody else can make one.

use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD};
use serde::{Deserialize, Serialize};

use crate::microsoft::sealed;

/// State of a delta query between two requests.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Link {
    /// Lower-case address.
    #[serde(rename = "m")]
    pub(super) mailbox: String,
    /// Folder id.
    #[serde(rename = "f")]
    pub(super) folder: String,
    #[serde(rename = "g")]
    pub(super) generation: u32,
    /// Changes after this one.
    #[serde(rename = "s")]
    pub(super) since: u64,
    /// Last change of the round under way; nothing between rounds.
    #[serde(rename = "u", skip_serializing_if = "Option::is_none")]
    pub(super) until: Option<u64>,
    /// Items of the round that were told.
    #[serde(rename = "o", default)]
    pub(super) offset: usize,
    #[serde(rename = "p")]
    pub(super) page: usize,
    #[serde(rename = "c", skip_serializing_if = "Option::is_none")]
    pub(super) select: Option<String>,
    #[serde(rename = "w", skip_serializing_if = "Option::is_none")]
    pub(super) filter: Option<String>,
    /// `changeType`.
    #[serde(rename = "k", skip_serializing_if = "Option::is_none")]
    pub(super) kind: Option<String>,
    /// Empty pages before this one; makes every link another.
    #[serde(rename = "e", default)]
    pub(super) empty: u32,
}

impl Link {
    pub(super) fn token(&self, secret: &[u8]) -> String {
        URL_SAFE_NO_PAD.encode(sealed::seal(secret, self))
    }

    /// Nothing for a token that this simulator did not make.
    pub(super) fn read(token: &str, secret: &[u8]) -> Option<Self> {
        sealed::open(secret, &URL_SAFE_NO_PAD.decode(token).ok()?)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_token_that_was_touched_is_no_token() {
        let link = Link {
            mailbox: "ann@contoso.example".into(),
            since: 7,
            page: 10,
            ..Link::default()
        };
        let token = link.token(b"secret");
        assert_eq!(Link::read(&token, b"secret"), Some(link));
        assert_eq!(Link::read(&token, b"other"), None);
        assert_eq!(Link::read("latest", b"secret"), None);
        assert_eq!(Link::read(&format!("{token}AA"), b"secret"), None);
    }
}
