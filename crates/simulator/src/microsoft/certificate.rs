//! Certificates of app registrations, by which an application proves itself without a secret.

use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD};
use chrono::{DateTime, Utc};
use jsonwebtoken::DecodingKey;
use serde::Deserialize;
use sha1::Sha1;
use sha2::{Digest as _, Sha256};
use x509_parser::{pem::parse_x509_pem, public_key::PublicKey};

/// A certificate with an RSA key. Only its public part is known here.
#[derive(Clone, Deserialize)]
#[serde(try_from = "String")]
pub(super) struct Certificate {
    /// Base64url of the SHA-1, as `x5t` has it.
    x5t: String,
    /// Base64url of the SHA-256, as `x5t#S256` has it.
    x5t_s256: String,
    /// Upper-case hex of the SHA-1, as messages have it.
    pub(super) thumbprint: String,
    pub(super) not_before: DateTime<Utc>,
    pub(super) not_after: DateTime<Utc>,
    pub(super) key: DecodingKey,
}

impl std::fmt::Debug for Certificate {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Certificate")
            .field("thumbprint", &self.thumbprint)
            .field("not_after", &self.not_after)
            .finish_non_exhaustive()
    }
}

/// Why a text is no certificate that can be used.
#[derive(Debug, thiserror::Error)]
pub(super) enum BadCertificate {
    #[error("it is no certificate in PEM")]
    Unreadable,
    #[error("its key is no RSA key")]
    NotRsa,
}

impl TryFrom<String> for Certificate {
    type Error = BadCertificate;

    fn try_from(pem: String) -> Result<Self, BadCertificate> {
        let (_, pem) = parse_x509_pem(pem.as_bytes()).map_err(|_| BadCertificate::Unreadable)?;
        let certificate = pem.parse_x509().map_err(|_| BadCertificate::Unreadable)?;
        let key = certificate.public_key();
        if !matches!(key.parsed(), Ok(PublicKey::RSA(_))) {
            return Err(BadCertificate::NotRsa);
        }
        let at = |time: x509_parser::time::ASN1Time| {
            DateTime::from_timestamp(time.timestamp(), 0).ok_or(BadCertificate::Unreadable)
        };
        let validity = certificate.validity();
        let sha1 = Sha1::digest(&pem.contents);
        Ok(Self {
            x5t: URL_SAFE_NO_PAD.encode(sha1),
            x5t_s256: URL_SAFE_NO_PAD.encode(Sha256::digest(&pem.contents)),
            thumbprint: hex::encode_upper(sha1),
            not_before: at(validity.not_before)?,
            not_after: at(validity.not_after)?,
            key: DecodingKey::from_rsa_der(&key.subject_public_key.data),
        })
    }
}

impl Certificate {
    /// Whether the header of an assertion names this one; MSAL for Python writes the padding, others leave it.
    pub(super) fn is_named_by(&self, header: &jsonwebtoken::Header) -> bool {
        match (&header.x5t_s256, &header.x5t) {
            (Some(named), _) => named.trim_end_matches('=') == self.x5t_s256,
            (None, Some(named)) => named.trim_end_matches('=') == self.x5t,
            (None, None) => false,
        }
    }
}
