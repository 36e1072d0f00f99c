use std::fmt;

use serde::Deserialize;

use super::TokenError;
use crate::jws;

/// A token of which nothing is known to be true. Gives the `iss`, to find the tenant whose secret to try,
/// and nothing else.
#[derive(Clone)]
pub struct UnverifiedToken<'a> {
    raw: &'a str,
    issuer: String,
}

impl<'a> UnverifiedToken<'a> {
    /// Reads a compact token, as it stands in the query parameter `jwt`.
    ///
    /// # Errors
    /// [`TokenError::Malformed`].
    pub fn parse(raw: &'a str) -> Result<Self, TokenError> {
        #[derive(Deserialize)]
        struct Issuer {
            iss: String,
        }
        jws::header(raw)?;
        let Issuer { iss } = jws::unverified_claims(raw)?;
        Ok(Self { raw, issuer: iss })
    }

    /// Reads the value of an `Authorization: JWT …` header.
    ///
    /// # Errors
    /// [`TokenError::Malformed`], also for another scheme such as `Bearer`.
    pub fn from_authorization(value: &'a str) -> Result<Self, TokenError> {
        let (scheme, raw) = value.split_once(' ').ok_or(TokenError::Malformed)?;
        if !scheme.eq_ignore_ascii_case("jwt") {
            return Err(TokenError::Malformed);
        }
        Self::parse(raw.trim())
    }

    /// The `iss` that the token claims: in tokens that Jira made, the `clientKey` of a tenant.
    pub fn client_key(&self) -> &str {
        &self.issuer
    }

    pub(crate) fn raw(&self) -> &str {
        self.raw
    }
}

impl fmt::Debug for UnverifiedToken<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("UnverifiedToken")
            .field("issuer", &self.issuer)
            .finish_non_exhaustive()
    }
}
