//! An app registration of Entra ID, as it is used: the service's own, or one that a tenant brought.

use chrono::{DateTime, Utc};
use postroom_registry::registration::{self, Cloud};
use secrecy::SecretString;

use crate::{Certificate, CertificateError};

/// How a registration proves itself.
#[derive(Clone, Debug)]
pub enum Credential {
    /// The value (not the id) of a client secret.
    Secret(SecretString),
    /// A certificate with its key.
    Certificate(Certificate),
}

impl Credential {
    /// What was kept, ready to be used.
    ///
    /// # Errors
    /// When a kept certificate cannot be read again.
    pub fn kept(credential: &registration::Credential) -> Result<Self, CertificateError> {
        match credential {
            registration::Credential::Secret(secret) => Ok(Self::Secret(secret.clone())),
            registration::Credential::Certificate { pem_key, pem_chain } => {
                Certificate::kept(pem_key, pem_chain).map(Self::Certificate)
            }
        }
    }
}

/// An app registration of Entra ID, with which people are signed in.
#[derive(Clone, Debug)]
pub struct AppRegistration {
    /// Application (client) id.
    pub client_id: String,
    /// How it proves itself.
    pub credential: Credential,
    /// The one directory (id or domain) that may sign in; none: every organisation may.
    pub directory: Option<String>,
    /// The cloud that it lives in.
    pub cloud: Cloud,
    /// When its secret expires, as far as somebody said so. A certificate knows it by itself.
    pub secret_expires_at: Option<DateTime<Utc>>,
}

impl AppRegistration {
    /// A registration of the global cloud, open to every organisation.
    pub fn new(client_id: impl Into<String>, credential: Credential) -> Self {
        Self {
            client_id: client_id.into(),
            credential,
            directory: None,
            cloud: Cloud::Global,
            secret_expires_at: None,
        }
    }

    /// When Microsoft will take its credential no more, where that is known.
    pub fn expires_at(&self) -> Option<DateTime<Utc>> {
        match &self.credential {
            Credential::Certificate(certificate) => Some(certificate.expires_at()),
            Credential::Secret(_) => self.secret_expires_at,
        }
    }
}
