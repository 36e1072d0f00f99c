use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD};
use rand::{TryRng as _, rand_core::UnwrapErr, rngs::SysRng};
use secrecy::SecretString;
use sha2::{Digest as _, Sha256};
use subtle::ConstantTimeEq as _;
use zeroize::Zeroizing;

/// A token that cannot be guessed: `n_bytes` from the operating system, as base64url without padding
/// (RFC 4648, section 5).
pub fn random_token(n_bytes: usize) -> SecretString {
    let mut bytes = Zeroizing::new(vec![0; n_bytes]);
    let Ok(()) = UnwrapErr(SysRng).try_fill_bytes(&mut bytes);
    SecretString::from(URL_SAFE_NO_PAD.encode(&*bytes))
}

/// Whether two secrets are the same, in a time that depends on their length alone.
pub fn constant_time_eq(a: &[u8], b: &[u8]) -> bool {
    a.ct_eq(b).into()
}

/// SHA-256 (FIPS 180-4): what the database keeps of a token that only has to be recognised.
pub fn sha256(data: &[u8]) -> [u8; 32] {
    Sha256::digest(data).into()
}

#[cfg(test)]
mod tests {
    use secrecy::ExposeSecret as _;

    use super::*;

    #[test]
    fn tokens_are_base64url_of_the_asked_length_and_differ() {
        let (a, b) = (random_token(32), random_token(32));
        assert_ne!(a.expose_secret(), b.expose_secret());
        let bytes = URL_SAFE_NO_PAD.decode(a.expose_secret()).unwrap();
        assert_eq!(bytes.len(), 32);
        assert!(!format!("{a:?}").contains(a.expose_secret()));
    }

    #[test]
    fn equality_looks_at_every_byte() {
        assert!(constant_time_eq(b"", b""));
        assert!(constant_time_eq(b"abc", b"abc"));
        assert!(!constant_time_eq(b"abc", b"abd"));
        assert!(!constant_time_eq(b"abc", b"abcd"));
    }

    #[test]
    fn sha256_is_the_standard_one() {
        let expected = [0xba, 0x78, 0x16, 0xbf, 0x8f, 0x01, 0xcf, 0xea];
        assert_eq!(sha256(b"abc")[..8], expected);
    }
}
