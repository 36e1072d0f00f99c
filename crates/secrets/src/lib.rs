//! Sealing: what must not be read from a copy of the database.
//!
//! Each tenant has one [`DataKey`]. It seals that tenant's refresh tokens, client secrets and raw mails,
//! and is itself wrapped by the operator's [`MasterKeys`], which rotate. Destroying the wrapped data key
//! makes everything that it sealed unreadable, in the database and in every backup.
//!
//! ```
//! # use postroom_secrets::{DataKey, MasterKeys, Place};
//! # use uuid::Uuid;
//! # fn main() -> Result<(), Box<dyn std::error::Error>> {
//! let masters = MasterKeys::parse("2026b:AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=")?;
//! let tenant = Uuid::from_u128(7);
//! let wrapped = masters.wrap(&DataKey::generate(), tenant); // kept on the tenant's row
//!
//! let key = masters.unwrap_key(&wrapped, tenant)?;
//! let place = Place { tenant, table: "grants", column: "refresh_token" };
//! let sealed = key.seal(&place, b"0.AXoA");
//! assert_eq!(key.open(&place, &sealed)?.as_slice(), b"0.AXoA");
//! # Ok(())
//! # }
//! ```
//!
//! The cipher is XChaCha20-Poly1305 (draft-irtf-cfrg-xchacha): its 24-byte nonce may be drawn at random
//! for every sealing without a count. Each sealed value starts with a version byte, so that another
//! cipher can come without a migration.

mod data_key;
mod envelope;
mod error;
mod master;
mod place;
mod plain;
mod token;

pub use data_key::DataKey;
pub use error::{KeyListError, OpenError};
pub use master::MasterKeys;
pub use place::Place;
pub use plain::Plain;
pub use token::{constant_time_eq, random_token, sha256};
