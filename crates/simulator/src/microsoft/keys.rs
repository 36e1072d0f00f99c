//! The keys that sign id tokens.

use anyhow::Context as _;
use jsonwebtoken::{Algorithm, EncodingKey, Header, jwk::Jwk};
use rcgen::{KeyPair, PKCS_RSA_SHA256, RsaKeySize};
use serde::Serialize;
use serde_json::{Value, json};
use sha2::{Digest as _, Sha256};

/// An RSA key of 2048 bits and its id.
pub(super) struct SigningKey {
    kid: String,
    key: EncodingKey,
    jwk: Value,
}

impl std::fmt::Debug for SigningKey {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("SigningKey")
            .field("kid", &self.kid)
            .finish_non_exhaustive()
    }
}

impl SigningKey {
    pub(super) fn new() -> anyhow::Result<Self> {
        let pair = KeyPair::generate_rsa_for(&PKCS_RSA_SHA256, RsaKeySize::_2048)
            .context("cannot make the RSA key of the login host")?;
        let kid = hex::encode(&Sha256::digest(pair.public_key_raw())[..16]);
        let key = EncodingKey::from_rsa_pem(pair.serialize_pem().as_bytes())?;
        let jwk = serde_json::to_value(Jwk::from_encoding_key(&key, Algorithm::RS256)?)?;
        Ok(Self { kid, key, jwk })
    }

    /// As `jwks_uri` lists it.
    pub(super) fn published(&self, base: &str) -> Value {
        json!({
            "kty": "RSA",
            "use": "sig",
            "kid": self.kid,
            "n": self.jwk["n"],
            "e": self.jwk["e"],
            "issuer": format!("{base}/{{tenantid}}/v2.0"),
        })
    }

    /// A JWT with this key's id, RS256.
    pub(super) fn sign(&self, claims: &impl Serialize) -> jsonwebtoken::errors::Result<String> {
        let header = Header {
            kid: Some(self.kid.clone()),
            ..Header::new(Algorithm::RS256)
        };
        jsonwebtoken::encode(&header, claims, &self.key)
    }
}
