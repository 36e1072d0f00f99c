//! What a site holds, in memory.

pub(crate) mod app;
pub(crate) mod issue;
pub(crate) mod people;
pub(crate) mod project;
pub(crate) mod settings;
pub(crate) mod state;

/// Times as Jira writes them: `2026-11-24T08:00:00.000+0000`.
pub(crate) fn jira_time(at: chrono::DateTime<chrono::Utc>) -> String {
    at.format("%Y-%m-%dT%H:%M:%S%.3f+0000").to_string()
}

/// An id that is the same at every start, made from names.
pub(crate) fn fixed_uuid(parts: &[&str]) -> uuid::Uuid {
    use sha2::{Digest as _, Sha256};
    let digest = Sha256::digest(parts.join("\u{1f}").as_bytes());
    let mut bytes = [0u8; 16];
    for (to, from) in bytes.iter_mut().zip(digest.iter()) {
        *to = *from;
    }
    uuid::Builder::from_random_bytes(bytes).into_uuid()
}
