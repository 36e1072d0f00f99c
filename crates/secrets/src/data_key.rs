use std::fmt;

use hmac::{Hmac, KeyInit, Mac as _};
use rand::{TryRng as _, rand_core::UnwrapErr, rngs::SysRng};
use sha2::Sha256;
use zeroize::Zeroizing;

use crate::{
    OpenError, Place, Plain,
    envelope::{self, KEY_BYTES, KeyBytes},
};

const VERSION: u8 = 1;

/// The key of one tenant. Wiped when dropped; `Debug` shows nothing of it.
#[derive(Clone)]
pub struct DataKey(KeyBytes);

impl DataKey {
    /// A new key from the operating system's randomness.
    pub fn generate() -> Self {
        let mut key = Zeroizing::new([0; KEY_BYTES]);
        let Ok(()) = UnwrapErr(SysRng).try_fill_bytes(&mut *key);
        Self(key)
    }

    /// Seals a value for its place. The same value sealed twice gives different bytes.
    pub fn seal(&self, place: &Place, plain: &[u8]) -> Vec<u8> {
        let mut sealed = vec![VERSION];
        envelope::seal_onto(&mut sealed, &self.0, &place.associated_data(), plain);
        sealed
    }

    /// Opens a value that was sealed with this key for this place.
    ///
    /// # Errors
    /// [`OpenError::Format`] for bytes that were never sealed here, [`OpenError::Refused`] for another key,
    /// another place or changed bytes.
    pub fn open(&self, place: &Place, sealed: &[u8]) -> Result<Plain, OpenError> {
        let Some((&VERSION, rest)) = sealed.split_first() else {
            return Err(OpenError::Format);
        };
        envelope::open(&self.0, &place.associated_data(), rest).map(Plain::new)
    }

    /// A key for one purpose, made of this one: HKDF-SHA256 (RFC 5869) with `purpose` as its info. Who has it
    /// learns nothing of this key, nor of a key for another purpose.
    pub fn derive(&self, purpose: &str) -> [u8; 32] {
        let mut extract = <Hmac<Sha256> as KeyInit>::new(&[0; 64].into());
        extract.update(&*self.0);
        let mut block = [0; 64];
        block[..32].copy_from_slice(&extract.finalize().into_bytes());
        let mut expand = <Hmac<Sha256> as KeyInit>::new(&block.into());
        expand.update(purpose.as_bytes());
        expand.update(&[1]);
        expand.finalize().into_bytes().into()
    }

    pub(crate) fn bytes(&self) -> &[u8] {
        &*self.0
    }

    pub(crate) fn from_bytes(bytes: &[u8]) -> Result<Self, OpenError> {
        let mut key = Zeroizing::new([0; KEY_BYTES]);
        if bytes.len() != KEY_BYTES {
            return Err(OpenError::Format);
        }
        key.copy_from_slice(bytes);
        Ok(Self(key))
    }
}

impl fmt::Debug for DataKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("DataKey([redacted])")
    }
}

#[cfg(test)]
mod tests {
    use uuid::Uuid;

    use super::*;

    const KNOWN: &str = "3cdc09ef613e30c1d95b2f186cbdfd7670447d39c6fa1f29a706339d01420130";
    const HERE: Place = Place {
        tenant: Uuid::from_u128(1),
        table: "grants",
        column: "refresh_token",
    };

    #[test]
    fn a_value_opens_where_it_was_sealed() {
        let key = DataKey::generate();
        for plain in [&b""[..], b"secret", &[0xFF; 100_000]] {
            let opened = key.open(&HERE, &key.seal(&HERE, plain)).unwrap();
            assert_eq!(opened.as_slice(), plain);
        }
    }

    #[test]
    fn a_value_does_not_open_in_another_place_or_with_another_key() {
        let key = DataKey::generate();
        let sealed = key.seal(&HERE, b"secret");
        let others = [
            Place {
                tenant: Uuid::from_u128(2),
                ..HERE
            },
            Place {
                table: "registrations",
                ..HERE
            },
            Place {
                column: "client_secret",
                ..HERE
            },
            Place {
                table: "grantsr",
                column: "efresh_token",
                ..HERE
            },
        ];
        for other in others {
            assert_eq!(key.open(&other, &sealed).unwrap_err(), OpenError::Refused);
        }
        let stranger = DataKey::generate();
        assert_eq!(
            stranger.open(&HERE, &sealed).unwrap_err(),
            OpenError::Refused
        );
    }

    #[test]
    fn no_bit_can_be_flipped_and_no_byte_cut() {
        let key = DataKey::generate();
        let sealed = key.seal(&HERE, b"secret");
        for bit in 0..sealed.len() * 8 {
            let mut changed = sealed.clone();
            changed[bit / 8] ^= 1 << (bit % 8);
            assert!(key.open(&HERE, &changed).is_err(), "bit {bit}");
        }
        for length in 0..sealed.len() {
            assert!(key.open(&HERE, &sealed[..length]).is_err(), "{length}");
        }
    }

    #[test]
    fn the_same_value_never_looks_the_same() {
        let key = DataKey::generate();
        assert_ne!(key.seal(&HERE, b"secret"), key.seal(&HERE, b"secret"));
    }

    #[test]
    fn debug_shows_neither_key_nor_value() {
        let key = DataKey::generate();
        assert_eq!(format!("{key:?}"), "DataKey([redacted])");
        let plain = key.open(&HERE, &key.seal(&HERE, b"secret")).unwrap();
        assert_eq!(format!("{plain:?}"), "Plain([6 bytes])");
        assert!(!format!("{:?}", plain.to_secret_string().unwrap()).contains("secret"));
    }

    /// Known answer of RFC 5869's construction, from OpenSSL's HKDF with an empty salt.
    #[test]
    fn a_derived_key_is_hkdf_and_differs_by_purpose() {
        let key = DataKey::from_bytes(&[0x0b; 32]).unwrap();
        let derived = key.derive("reply-token");
        assert_eq!(hex(&derived), KNOWN);
        assert_ne!(derived, key.derive("other"));
    }

    fn hex(bytes: &[u8]) -> String {
        bytes.iter().map(|byte| format!("{byte:02x}")).collect()
    }

    #[test]
    fn bytes_that_are_not_text_are_said_to_be() {
        let key = DataKey::generate();
        let plain = key.open(&HERE, &key.seal(&HERE, &[0xC3, 0x28])).unwrap();
        assert_eq!(plain.to_secret_string().unwrap_err(), OpenError::NotText);
    }
}
