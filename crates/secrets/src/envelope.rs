//! The one place that calls the cipher: `nonce (24) | ciphertext and tag`.

use chacha20poly1305::{
    AeadInOut as _, Key, KeyInit as _, XChaCha20Poly1305, XNonce, aead::Generate as _,
};
use zeroize::Zeroizing;

use crate::OpenError;

pub(crate) const KEY_BYTES: usize = 32;
const NONCE_BYTES: usize = 24;

/// Key material that is wiped when it is dropped.
pub(crate) type KeyBytes = Zeroizing<[u8; KEY_BYTES]>;

fn cipher(key: &KeyBytes) -> XChaCha20Poly1305 {
    XChaCha20Poly1305::new(<&Key>::from(&**key))
}

/// Appends nonce, ciphertext and tag of `plain` to `out`.
pub(crate) fn seal_onto(out: &mut Vec<u8>, key: &KeyBytes, associated: &[u8], plain: &[u8]) {
    let nonce = XNonce::generate();
    out.extend_from_slice(&nonce);
    let start = out.len();
    out.extend_from_slice(plain);
    let body = &mut out[start..];
    #[expect(
        clippy::expect_used,
        reason = "the cipher refuses only messages over 256 GiB, more than a value can be"
    )]
    let tag = cipher(key)
        .encrypt_inout_detached(&nonce, associated, body.into())
        .expect("a value under 256 GiB");
    out.extend_from_slice(&tag);
}

/// Opens what [`seal_onto`] appended.
pub(crate) fn open(
    key: &KeyBytes,
    associated: &[u8],
    sealed: &[u8],
) -> Result<Zeroizing<Vec<u8>>, OpenError> {
    let (nonce, body) = sealed
        .split_at_checked(NONCE_BYTES)
        .ok_or(OpenError::Format)?;
    let nonce = XNonce::try_from(nonce).map_err(|_| OpenError::Format)?;
    let mut plain = Zeroizing::new(body.to_vec());
    cipher(key)
        .decrypt_in_place(&nonce, associated, &mut *plain)
        .map_err(|_| OpenError::Refused)?;
    Ok(plain)
}
