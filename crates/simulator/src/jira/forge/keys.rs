//! The keys that sign invocation tokens, published as a JWK set.

use std::sync::{Arc, Mutex};

use actix_web::{HttpResponse, web};
use jsonwebtoken::{Algorithm, EncodingKey, Header, jwk::Jwk};
use postroom_clock::Clock;
use rcgen::{KeyPair, PKCS_RSA_SHA256, RsaKeySize};
use serde::Serialize;
use serde_json::{Value, json};

use crate::{
    jira::jwt::JwtError,
    world::{World, lock},
};

/// An RSA key of 2048 bits.
#[derive(Clone)]
pub(crate) struct Key {
    pub(crate) kid: String,
    signing: EncodingKey,
    /// SubjectPublicKeyInfo, PEM: what an attacker would take for a secret.
    public_pem: String,
    jwk: Value,
}

impl std::fmt::Debug for Key {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Key")
            .field("kid", &self.kid)
            .finish_non_exhaustive()
    }
}

/// Why there is no key.
#[derive(Debug, thiserror::Error)]
pub(crate) enum KeyError {
    #[error("an RSA key could not be made")]
    Make(#[from] rcgen::Error),
    #[error("an RSA key could not be published")]
    Publish(#[from] jsonwebtoken::errors::Error),
}

impl Key {
    fn new(clock: &Clock) -> Result<Self, KeyError> {
        let pair = KeyPair::generate_rsa_for(&PKCS_RSA_SHA256, RsaKeySize::_2048)?;
        let signing = EncodingKey::from_rsa_pem(pair.serialize_pem().as_bytes())?;
        let published = Jwk::from_encoding_key(&signing, Algorithm::RS256)?;
        let jwk = json!(published);
        let kid = format!("forge/invocation-token/wf-{}", clock.new_id());
        Ok(Self {
            jwk: json!({
                "kty": "RSA", "use": "sig", "alg": "RS256", "kid": kid, "n": jwk["n"], "e": jwk["e"],
            }),
            kid,
            signing,
            public_pem: pair.public_key_pem(),
        })
    }

    /// A token of these claims. `none` and the HMAC algorithms make what an attacker would: no signature, or one
    /// whose secret is the public key.
    pub(crate) fn sign(
        &self,
        claims: &impl Serialize,
        how: &Signature,
    ) -> Result<String, JwtError> {
        let kid = how.kid.clone().unwrap_or_else(|| self.kid.clone());
        let Some(algorithm) = how.algorithm else {
            return unsigned(claims, &kid);
        };
        // Forge's own tokens do not say their type.
        let header = Header {
            typ: None,
            kid: Some(kid),
            ..Header::new(algorithm)
        };
        let hmac = matches!(
            algorithm,
            Algorithm::HS256 | Algorithm::HS384 | Algorithm::HS512
        );
        let secret = EncodingKey::from_secret(self.public_pem.as_bytes());
        let key = if hmac { &secret } else { &self.signing };
        jsonwebtoken::encode(&header, claims, key).map_err(JwtError)
    }
}

/// How a token is signed.
#[derive(Clone, Debug)]
pub(crate) struct Signature {
    /// Nothing for a token without a signature.
    pub(crate) algorithm: Option<Algorithm>,
    /// Another name than the key's own.
    pub(crate) kid: Option<String>,
}

impl Default for Signature {
    fn default() -> Self {
        Self {
            algorithm: Some(Algorithm::RS256),
            kid: None,
        }
    }
}

fn unsigned(claims: &impl Serialize, kid: &str) -> Result<String, JwtError> {
    use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD};
    let header = json!({"alg": "none", "kid": kid}).to_string();
    let claims = serde_json::to_string(claims).map_err(|error| JwtError(error.into()))?;
    let part = |text: String| URL_SAFE_NO_PAD.encode(text);
    Ok(format!("{}.{}.", part(header), part(claims)))
}

/// All keys of Forge, one set for all sites; the last one signs.
#[derive(Debug)]
pub(crate) struct Keys {
    published: Mutex<Vec<Arc<Key>>>,
}

impl Keys {
    pub(crate) fn new(clock: &Clock) -> Result<Self, KeyError> {
        Ok(Self {
            published: Mutex::new(vec![Arc::new(Key::new(clock)?)]),
        })
    }

    /// The key that signs now.
    pub(crate) fn current(&self) -> Option<Arc<Key>> {
        lock(&self.published).last().cloned()
    }

    /// A fresh key that signs from now on; the others stay published when `keep` says so.
    pub(crate) fn rotate(&self, clock: &Clock, keep: bool) -> Result<String, KeyError> {
        let key = Arc::new(Key::new(clock)?);
        let kid = key.kid.clone();
        let mut published = lock(&self.published);
        if !keep {
            published.clear();
        }
        published.push(key);
        Ok(kid)
    }

    /// A key that nobody publishes, under the name of the current one: its signatures are forged.
    pub(crate) fn forger(&self, clock: &Clock) -> Result<Key, KeyError> {
        let mut key = Key::new(clock)?;
        if let Some(current) = self.current() {
            key.kid.clone_from(&current.kid);
        }
        Ok(key)
    }

    fn set(&self) -> Value {
        let published = lock(&self.published);
        let keys: Vec<&Value> = published.iter().map(|key| &key.jwk).collect();
        json!({ "keys": keys })
    }
}

/// `GET /.well-known/jwks.json`
pub(crate) async fn serve(world: web::Data<World>) -> HttpResponse {
    HttpResponse::Ok()
        .insert_header(("cache-control", "public, max-age=300"))
        .json(world.jira.forge().keys.set())
}
