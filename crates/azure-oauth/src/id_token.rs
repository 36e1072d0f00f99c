use chrono::DateTime;
use jsonwebtoken::{Algorithm, Validation, decode, decode_header};
use secrecy::{ExposeSecret as _, SecretString};
use serde::Deserialize;
use subtle::ConstantTimeEq as _;
use uuid::Uuid;

use crate::{Identity, Microsoft, OAuthError};

/// How far clocks may be apart, as in Microsoft's own libraries.
const LEEWAY_SECONDS: i64 = 300;

/// Why an id token was not accepted. None of them is ever seen with a healthy Microsoft and a healthy clock.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum IdTokenError {
    /// The answer brought none.
    #[error("there is no id token")]
    Missing,
    /// Not a token, not signed with RS256, or without a needed claim.
    #[error("the id token is malformed")]
    Malformed,
    /// Microsoft publishes no such key.
    #[error("the id token names an unknown key")]
    UnknownKey,
    /// The signature or the audience is wrong.
    #[error("the id token is not signed for us")]
    NotForUs,
    /// `iss` is not the directory's issuer.
    #[error("the id token has the wrong issuer")]
    Issuer,
    /// The registration is for one directory, and the token is of another.
    #[error("the id token is of another directory")]
    Directory,
    /// Past `exp`.
    #[error("the id token is over")]
    Expired,
    /// Before `nbf`.
    #[error("the id token is not valid yet")]
    NotYetValid,
    /// From another sign-in than ours.
    #[error("the id token has the wrong nonce")]
    Nonce,
}

impl IdTokenError {
    pub(crate) fn code(self) -> &'static str {
        match self {
            Self::Missing => "id_token_missing",
            Self::Malformed => "id_token_malformed",
            Self::UnknownKey => "id_token_key",
            Self::NotForUs => "id_token_signature",
            Self::Issuer => "id_token_issuer",
            Self::Directory => "id_token_directory",
            Self::Expired => "id_token_expired",
            Self::NotYetValid => "id_token_not_yet_valid",
            Self::Nonce => "id_token_nonce",
        }
    }
}

#[derive(Deserialize)]
struct Claims {
    iss: String,
    exp: i64,
    nbf: Option<i64>,
    tid: Uuid,
    oid: Uuid,
    nonce: Option<String>,
    preferred_username: Option<String>,
    name: Option<String>,
    email: Option<String>,
}

impl Microsoft {
    /// Verifies an id token ("Access tokens in the Microsoft identity platform: validate tokens").
    pub(crate) async fn verify(
        &self,
        token: &SecretString,
        nonce: &SecretString,
    ) -> Result<Identity, OAuthError> {
        let token = token.expose_secret();
        let header = decode_header(token).map_err(|_| IdTokenError::Malformed)?;
        let kid = header.kid.ok_or(IdTokenError::Malformed)?;
        if header.alg != Algorithm::RS256 {
            return Err(IdTokenError::Malformed.into());
        }
        let key = self.key(&kid).await?.ok_or(IdTokenError::UnknownKey)?;
        let mut rules = Validation::new(Algorithm::RS256);
        rules.set_audience(&[&self.registration.client_id]);
        rules.set_required_spec_claims(&["exp", "iss", "aud"]);
        // Our clock decides, not the machine's.
        rules.validate_exp = false;
        let claims = decode::<Claims>(token, &key, &rules)
            .map_err(|error| refusal(&error))?
            .claims;
        self.admit(&claims, nonce)?;
        Ok(claims.identity())
    }

    fn admit(&self, claims: &Claims, nonce: &SecretString) -> Result<(), IdTokenError> {
        // The metadata of a multi-tenant authority has the template `{login}/{tenantid}/v2.0`; the token's own
        // directory fills it.
        let issuer = self.endpoint_of(&claims.tid.to_string(), &["v2.0"]);
        if claims.iss != issuer.as_str() {
            return Err(IdTokenError::Issuer);
        }
        // A domain cannot be compared; Entra ID itself lets nobody else in there.
        let only = self.registration.directory.as_deref();
        if only
            .and_then(|directory| directory.parse::<Uuid>().ok())
            .is_some_and(|directory| directory != claims.tid)
        {
            return Err(IdTokenError::Directory);
        }
        let now = self.clock.now().timestamp();
        if DateTime::from_timestamp(claims.exp, 0).is_none() || claims.exp + LEEWAY_SECONDS <= now {
            return Err(IdTokenError::Expired);
        }
        if claims
            .nbf
            .is_some_and(|nbf| nbf.saturating_sub(LEEWAY_SECONDS) > now)
        {
            return Err(IdTokenError::NotYetValid);
        }
        let (theirs, ours) = (
            claims.nonce.as_deref().unwrap_or_default(),
            nonce.expose_secret(),
        );
        if ours.is_empty() || !bool::from(theirs.as_bytes().ct_eq(ours.as_bytes())) {
            return Err(IdTokenError::Nonce);
        }
        Ok(())
    }
}

impl Claims {
    fn identity(self) -> Identity {
        Identity {
            directory_id: self.tid,
            object_id: self.oid,
            user_principal_name: self.preferred_username.unwrap_or_default(),
            display_name: self.name,
            email: self.email,
        }
    }
}

fn refusal(error: &jsonwebtoken::errors::Error) -> IdTokenError {
    use jsonwebtoken::errors::ErrorKind;
    match error.kind() {
        ErrorKind::InvalidSignature | ErrorKind::InvalidAudience => IdTokenError::NotForUs,
        _ => IdTokenError::Malformed,
    }
}

#[cfg(test)]
mod tests;
