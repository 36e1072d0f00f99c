use std::fmt;

use secrecy::SecretString;
use zeroize::Zeroizing;

use crate::OpenError;

/// An opened value. Its memory is wiped when it is dropped, and `Debug` shows only its length.
pub struct Plain(Zeroizing<Vec<u8>>);

impl Plain {
    pub(crate) fn new(bytes: Zeroizing<Vec<u8>>) -> Self {
        Self(bytes)
    }

    /// The value.
    pub fn as_slice(&self) -> &[u8] {
        &self.0
    }

    /// The value as text, still guarded.
    ///
    /// # Errors
    /// [`OpenError::NotText`] when it is not UTF-8.
    pub fn to_secret_string(&self) -> Result<SecretString, OpenError> {
        let text = std::str::from_utf8(&self.0).map_err(|_| OpenError::NotText)?;
        Ok(SecretString::from(text))
    }
}

impl fmt::Debug for Plain {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Plain([{} bytes])", self.0.len())
    }
}
