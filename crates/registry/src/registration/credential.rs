//! What an application proves itself by, sealed as a whole.

use secrecy::{ExposeSecret as _, SecretString};
use serde::{Deserialize, Serialize};

use super::{CredentialKind, TABLE};
use crate::{RegistryError, TenantTx};

const COLUMN: &str = "sealed_credential";

/// What an application proves itself by.
#[derive(Clone, Debug)]
pub enum Credential {
    /// A client secret.
    Secret(SecretString),
    /// A private key and the certificate that Microsoft has.
    Certificate {
        /// The private key (PKCS #8, PEM).
        pem_key: SecretString,
        /// The certificate and those above it (PEM).
        pem_chain: String,
    },
}

impl Credential {
    /// Which kind it is.
    pub fn kind(&self) -> CredentialKind {
        match self {
            Self::Secret(_) => CredentialKind::Secret,
            Self::Certificate { .. } => CredentialKind::Certificate,
        }
    }
}

/// As it is sealed.
#[derive(Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
enum Kept<'a> {
    Secret {
        #[serde(borrow)]
        secret: std::borrow::Cow<'a, str>,
    },
    Certificate {
        #[serde(borrow)]
        pem_key: std::borrow::Cow<'a, str>,
        #[serde(borrow)]
        pem_chain: std::borrow::Cow<'a, str>,
    },
}

pub(super) async fn seal(tx: &TenantTx, credential: &Credential) -> Result<Vec<u8>, RegistryError> {
    let kept = match credential {
        Credential::Secret(secret) => Kept::Secret {
            secret: secret.expose_secret().into(),
        },
        Credential::Certificate { pem_key, pem_chain } => Kept::Certificate {
            pem_key: pem_key.expose_secret().into(),
            pem_chain: pem_chain.into(),
        },
    };
    let plain = serde_json::to_vec(&kept).map_err(|_| RegistryError::Garbled)?;
    tx.seal(TABLE, COLUMN, &plain).await
}

pub(super) async fn open(tx: &TenantTx, sealed: &[u8]) -> Result<Credential, RegistryError> {
    let plain = tx.open(TABLE, COLUMN, sealed).await?;
    // The cause is dropped: it may quote what is secret.
    let kept = serde_json::from_slice(plain.as_slice()).map_err(|_| RegistryError::Garbled)?;
    Ok(match kept {
        Kept::Secret { secret } => Credential::Secret(secret.into_owned().into()),
        Kept::Certificate { pem_key, pem_chain } => Credential::Certificate {
            pem_key: pem_key.into_owned().into(),
            pem_chain: pem_chain.into_owned(),
        },
    })
}
