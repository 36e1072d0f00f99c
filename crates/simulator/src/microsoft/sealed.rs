//! State that callers keep for a host and send back: readable, but nobody else can make it.

use serde::{Serialize, de::DeserializeOwned};
use sha2::{Digest as _, Sha256};

const MARK: usize = 12;

/// The state with a mark of the secret before it.
pub(super) fn seal(secret: &[u8], state: &impl Serialize) -> Vec<u8> {
    let state = serde_json::to_vec(state).unwrap_or_default();
    [mark(secret, &state).to_vec(), state].concat()
}

/// Nothing for bytes that were not sealed with this secret.
pub(super) fn open<T: DeserializeOwned>(secret: &[u8], bytes: &[u8]) -> Option<T> {
    let (given, state) = bytes.split_at_checked(MARK)?;
    (given == mark(secret, state)).then(|| serde_json::from_slice(state).ok())?
}

fn mark(secret: &[u8], state: &[u8]) -> [u8; MARK] {
    let mut hash = Sha256::new();
    hash.update(secret);
    hash.update(state);
    let mut mark = [0; MARK];
    mark.copy_from_slice(&hash.finalize()[..MARK]);
    mark
}
