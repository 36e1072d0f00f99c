use sha2::{Digest as _, Sha256};

/// SHA-256 of the raw mail: two mails of one Message-ID are the same only if this is.
pub fn content_hash(raw: &[u8]) -> [u8; 32] {
    Sha256::digest(raw).into()
}
