//! The install key server: each key pair has a name of its own, and only its public half is published.

use std::{collections::BTreeMap, sync::Mutex};

use actix_web::{HttpResponse, web};
use postroom_clock::Clock;
use rcgen::{KeyPair, PKCS_RSA_SHA256, RsaKeySize};

use crate::world::lock;

/// All published keys, shared by the sites like Atlassian's own key server is.
#[derive(Debug, Default)]
pub(crate) struct InstallKeys {
    public: Mutex<BTreeMap<String, String>>,
}

/// A key pair that signs install callbacks.
pub(crate) struct InstallKey {
    pub(crate) kid: String,
    pub(crate) private_pem: String,
}

impl InstallKeys {
    /// Makes a key pair (RSA, 2048 bits) under a fresh name and publishes its public half.
    pub(crate) fn make(&self, clock: &Clock) -> Result<InstallKey, rcgen::Error> {
        let pair = KeyPair::generate_rsa_for(&PKCS_RSA_SHA256, RsaKeySize::_2048)?;
        let kid = clock.new_id().to_string();
        lock(&self.public).insert(kid.clone(), pair.public_key_pem());
        Ok(InstallKey {
            kid,
            private_pem: pair.serialize_pem(),
        })
    }

    /// The public half, PEM with a SubjectPublicKeyInfo.
    pub(crate) fn find(&self, kid: &str) -> Option<String> {
        lock(&self.public).get(kid).cloned()
    }
}

/// `GET /keys/{kid}`.
pub(crate) async fn serve(keys: web::Data<InstallKeys>, kid: web::Path<String>) -> HttpResponse {
    match keys.find(&kid) {
        Some(pem) => HttpResponse::Ok().content_type("text/plain").body(pem),
        None => HttpResponse::NotFound().body("no such key"),
    }
}
