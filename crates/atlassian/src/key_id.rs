/// `^[A-Za-z0-9._-]{1,128}$`, and not a step in a path: a key id comes from a token that nobody has verified yet, and
/// goes into URLs and memories.
pub(crate) fn is_key_id(kid: &str) -> bool {
    let shape = |c: u8| c.is_ascii_alphanumeric() || matches!(c, b'.' | b'_' | b'-');
    (1..=128).contains(&kid.len()) && kid.bytes().all(shape) && kid != "." && kid != ".."
}

/// A key id of a key set, which is looked for in the set and put into no URL: Forge's have slashes
/// (`forge/invocation-token/…`). Between them stands what [`is_key_id`] lets pass.
pub(crate) fn is_key_id_of_a_set(kid: &str) -> bool {
    kid.len() <= 128 && kid.split('/').all(is_key_id)
}
