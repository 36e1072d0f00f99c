use std::fmt;

use base64::{
    Engine as _,
    alphabet::{STANDARD, URL_SAFE},
    engine::{
        DecodePaddingMode, GeneralPurpose, GeneralPurposeConfig,
        general_purpose::STANDARD as BASE64,
    },
};
use secrecy::SecretString;
use uuid::Uuid;
use zeroize::Zeroizing;

use crate::{
    DataKey, KeyListError, OpenError,
    envelope::{self, KEY_BYTES, KeyBytes},
};

const VERSION: u8 = 1;
const LONGEST_ID: usize = 32;

/// The operator's keys, which wrap the tenants' data keys. The first seals, all open: put a new key in
/// front, [`MasterKeys::rewrap`] every tenant, then take the old one away.
#[derive(Clone)]
pub struct MasterKeys {
    first: MasterKey,
    older: Vec<MasterKey>,
}

#[derive(Clone)]
struct MasterKey {
    id: String,
    key: KeyBytes,
}

impl MasterKeys {
    /// Reads `id:base64,id2:base64`, with commas or line ends between; each key is 32 bytes, in standard or URL-safe
    /// base64.
    ///
    /// # Errors
    /// [`KeyListError`] names the entry that is wrong, never its key.
    pub fn parse(list: &str) -> Result<Self, KeyListError> {
        let mut keys: Vec<MasterKey> = Vec::new();
        let entries = list
            .split([',', '\n'])
            .map(str::trim)
            .filter(|e| !e.is_empty());
        for (index, entry) in entries.enumerate() {
            let key = MasterKey::parse(entry, index + 1)?;
            if keys.iter().any(|known| known.id == key.id) {
                return Err(KeyListError::Twice(key.id));
            }
            keys.push(key);
        }
        let mut keys = keys.into_iter();
        let first = keys.next().ok_or(KeyListError::Empty)?;
        Ok(Self {
            first,
            older: keys.collect(),
        })
    }

    /// The id of the key that seals.
    pub fn sealing_id(&self) -> &str {
        &self.first.id
    }

    /// The ids of all keys, the sealing one first.
    pub fn ids(&self) -> impl Iterator<Item = &str> {
        std::iter::once(&self.first)
            .chain(&self.older)
            .map(|key| key.id.as_str())
    }

    /// A new key of this id from the operating system's randomness, as an entry for [`MasterKeys::parse`].
    ///
    /// # Errors
    /// [`KeyListError::Id`] when the id is not one.
    pub fn generate(id: &str) -> Result<SecretString, KeyListError> {
        if !is_id(id) {
            return Err(KeyListError::Id(1));
        }
        let encoded = Zeroizing::new(BASE64.encode(DataKey::generate().bytes()));
        Ok(SecretString::from(format!("{id}:{}", *encoded)))
    }

    /// The id of the master key that wrapped this data key.
    ///
    /// # Errors
    /// [`OpenError::Format`] for bytes that are no wrapped key.
    pub fn id_of(wrapped: &[u8]) -> Result<&str, OpenError> {
        Ok(split(wrapped)?.0)
    }

    /// Wraps a tenant's data key with the first master key.
    pub fn wrap(&self, key: &DataKey, tenant: Uuid) -> Vec<u8> {
        let id = &self.first.id;
        // `parse` holds ids to LONGEST_ID bytes, so the length fits.
        let length = u8::try_from(id.len()).unwrap_or(u8::MAX);
        let mut wrapped = vec![VERSION, length];
        wrapped.extend_from_slice(id.as_bytes());
        envelope::seal_onto(
            &mut wrapped,
            &self.first.key,
            &associated_data(id, tenant),
            key.bytes(),
        );
        wrapped
    }

    /// Opens a data key that any of the listed master keys wrapped for this tenant.
    ///
    /// # Errors
    /// [`OpenError::UnknownMasterKey`] when its master key is not listed, [`OpenError::Refused`] for another
    /// tenant's key, [`OpenError::Format`] for bytes that are no wrapped key.
    pub fn unwrap_key(&self, wrapped: &[u8], tenant: Uuid) -> Result<DataKey, OpenError> {
        let (id, sealed) = split(wrapped)?;
        let master = std::iter::once(&self.first)
            .chain(&self.older)
            .find(|master| master.id == id)
            .ok_or_else(|| OpenError::UnknownMasterKey(id.to_owned()))?;
        let plain = envelope::open(&master.key, &associated_data(id, tenant), sealed)?;
        DataKey::from_bytes(&plain)
    }

    /// The same data key wrapped by the first master key, or `None` when it already is.
    ///
    /// # Errors
    /// As [`MasterKeys::unwrap_key`].
    pub fn rewrap(&self, wrapped: &[u8], tenant: Uuid) -> Result<Option<Vec<u8>>, OpenError> {
        let key = self.unwrap_key(wrapped, tenant)?;
        let (id, _) = split(wrapped)?;
        Ok((id != self.first.id).then(|| self.wrap(&key, tenant)))
    }
}

impl MasterKey {
    fn parse(entry: &str, number: usize) -> Result<Self, KeyListError> {
        let (id, encoded) = entry.split_once(':').ok_or(KeyListError::Shape(number))?;
        let (id, encoded) = (id.trim(), encoded.trim());
        if !is_id(id) {
            return Err(KeyListError::Id(number));
        }
        let key = decode(encoded).ok_or_else(|| KeyListError::Key(id.to_owned()))?;
        Ok(Self {
            id: id.to_owned(),
            key,
        })
    }
}

fn is_id(id: &str) -> bool {
    (1..=LONGEST_ID).contains(&id.len())
        && id
            .bytes()
            .all(|b| b.is_ascii_alphanumeric() || b == b'-' || b == b'_')
}

fn decode(encoded: &str) -> Option<KeyBytes> {
    let padding = GeneralPurposeConfig::new()
        .with_decode_padding_mode(DecodePaddingMode::Indifferent)
        .with_decode_allow_trailing_bits(false);
    let decoded = [&STANDARD, &URL_SAFE]
        .into_iter()
        .find_map(|alphabet| GeneralPurpose::new(alphabet, padding).decode(encoded).ok());
    let decoded = Zeroizing::new(decoded?);
    let mut key = Zeroizing::new([0; KEY_BYTES]);
    (decoded.len() == KEY_BYTES).then(|| {
        key.copy_from_slice(&decoded);
        key
    })
}

/// `version | id length | id | sealed key` into id and sealed key.
fn split(wrapped: &[u8]) -> Result<(&str, &[u8]), OpenError> {
    let [VERSION, length, rest @ ..] = wrapped else {
        return Err(OpenError::Format);
    };
    let (id, sealed) = rest
        .split_at_checked(usize::from(*length))
        .ok_or(OpenError::Format)?;
    let id = std::str::from_utf8(id).map_err(|_| OpenError::Format)?;
    Ok((id, sealed))
}

fn associated_data(id: &str, tenant: Uuid) -> Vec<u8> {
    let mut data = b"postroom data key 1\0".to_vec();
    data.extend_from_slice(tenant.as_bytes());
    data.extend_from_slice(id.as_bytes());
    data
}

impl fmt::Debug for MasterKeys {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let older: Vec<&str> = self.older.iter().map(|key| key.id.as_str()).collect();
        f.debug_struct("MasterKeys")
            .field("first", &self.first.id)
            .field("older", &older)
            .finish()
    }
}

#[cfg(test)]
mod tests;
