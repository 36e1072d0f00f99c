//! A certificate by which an app registration proves itself, so that no secret has to be shared.

use std::{fmt, sync::Arc};

use base64::{
    Engine as _,
    engine::general_purpose::{STANDARD, URL_SAFE_NO_PAD},
};
use chrono::{DateTime, Utc};
use jsonwebtoken::jwk::{AlgorithmParameters, Jwk};
use jsonwebtoken::{Algorithm, EncodingKey};
use postroom_registry::registration;
use secrecy::{ExposeSecret as _, SecretString};
use sha1::Sha1;
use sha2::{Digest as _, Sha256};
use x509_parser::{
    certificate::X509Certificate, pem::Pem, prelude::FromDer as _, public_key::PublicKey,
    time::ASN1Time,
};

/// Entra ID takes no shorter key.
const SHORTEST_KEY_BITS: usize = 2048;

/// Why a PEM text is no certificate to prove oneself with.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum CertificateError {
    /// No `PRIVATE KEY` block.
    #[error("the file holds no private key")]
    NoKey,
    /// An encrypted one.
    #[error("the private key is protected by a password; give it without")]
    Protected,
    /// No `CERTIFICATE` block.
    #[error("the file holds no certificate")]
    NoCertificate,
    /// Broken PEM or DER.
    #[error("the file is not readable as PEM")]
    Unreadable,
    /// Elliptic curves and others: PS256 needs RSA.
    #[error("the key is not an RSA key")]
    NotRsa,
    /// Below 2,048 bits.
    #[error("the key is shorter than 2,048 bits")]
    TooShort,
    /// The certificate is of another key.
    #[error("the private key does not belong to the certificate")]
    Mismatch,
    /// Its last day is over.
    #[error("the certificate has expired")]
    Expired,
    /// Its first day has not come.
    #[error("the certificate is not valid yet")]
    NotYetValid,
}

/// A private key with its certificate. Cheap to clone; never printed.
#[derive(Clone)]
pub struct Certificate(Arc<Parts>);

struct Parts {
    key: EncodingKey,
    key_pem: SecretString,
    /// The certificate, and those that signed it, in DER.
    chain: Vec<Vec<u8>>,
    chain_pem: String,
    not_before: DateTime<Utc>,
    expires_at: DateTime<Utc>,
}

impl fmt::Debug for Certificate {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Certificate")
            .field("thumbprint", &self.thumbprint())
            .field("expires_at", &self.0.expires_at)
            .finish_non_exhaustive()
    }
}

impl Certificate {
    /// Reads a PEM text with one private key and its certificate, in any order, and proves that they can be used at
    /// `now`. Certificates behind the first are taken for its chain.
    ///
    /// # Errors
    /// [`CertificateError`] says what is wrong with it, in words for a person.
    pub fn parse(pem: &SecretString, now: DateTime<Utc>) -> Result<Self, CertificateError> {
        let certificate = Self::read(pem)?;
        certificate.usable_at(now)?;
        Ok(certificate)
    }

    /// One that was kept: it may have expired meanwhile, and then it is Microsoft's to say so.
    pub(crate) fn kept(key_pem: &SecretString, chain_pem: &str) -> Result<Self, CertificateError> {
        let whole = format!("{}\n{chain_pem}", key_pem.expose_secret());
        Self::read(&whole.into())
    }

    fn read(pem: &SecretString) -> Result<Self, CertificateError> {
        let text = pem.expose_secret();
        let (key_pem, key) = private_key(text)?;
        let mut chain = Vec::new();
        let mut chain_pem = String::new();
        for block in Pem::iter_from_buffer(text.as_bytes()) {
            let block = block.map_err(|_| CertificateError::Unreadable)?;
            if block.label == "CERTIFICATE" {
                chain_pem.push_str(&written(&block.contents));
                chain.push(block.contents);
            }
        }
        let first = chain.first().ok_or(CertificateError::NoCertificate)?;
        let (not_before, expires_at) = check(first, &key)?;
        Ok(Self(Arc::new(Parts {
            key,
            key_pem: key_pem.into(),
            chain,
            chain_pem,
            not_before,
            expires_at,
        })))
    }

    /// Whether its days are such that it can be used.
    ///
    /// # Errors
    /// [`CertificateError::Expired`] or [`CertificateError::NotYetValid`].
    pub fn usable_at(&self, now: DateTime<Utc>) -> Result<(), CertificateError> {
        if self.0.expires_at <= now {
            return Err(CertificateError::Expired);
        }
        if now < self.0.not_before {
            return Err(CertificateError::NotYetValid);
        }
        Ok(())
    }

    /// When Microsoft takes it no more.
    pub fn expires_at(&self) -> DateTime<Utc> {
        self.0.expires_at
    }

    /// SHA-1 in upper-case hex, as the Entra admin center lists it.
    pub fn thumbprint(&self) -> String {
        let hex = |byte: u8| format!("{byte:02X}");
        Sha1::digest(self.first()).into_iter().map(hex).collect()
    }

    /// What the registry keeps.
    pub fn credential(&self) -> registration::Credential {
        registration::Credential::Certificate {
            pem_key: self.0.key_pem.clone(),
            pem_chain: self.0.chain_pem.clone(),
        }
    }

    pub(crate) fn key(&self) -> &EncodingKey {
        &self.0.key
    }

    /// `x5t#S256` of RFC 7515, section 4.1.8.
    pub(crate) fn x5t_s256(&self) -> String {
        URL_SAFE_NO_PAD.encode(Sha256::digest(self.first()))
    }

    /// `x5c` of RFC 7515, section 4.1.6.
    pub(crate) fn x5c(&self) -> Vec<String> {
        self.0
            .chain
            .iter()
            .map(|der| STANDARD.encode(der))
            .collect()
    }

    fn first(&self) -> &[u8] {
        self.0.chain.first().map_or(&[], Vec::as_slice)
    }
}

/// The one private key of a text, as PEM and as a key.
fn private_key(text: &str) -> Result<(String, EncodingKey), CertificateError> {
    let (begin, end) = [
        "PRIVATE KEY",
        "RSA PRIVATE KEY",
        "EC PRIVATE KEY",
        "ENCRYPTED PRIVATE KEY",
    ]
    .iter()
    .find_map(|label| {
        let begin = text.find(&format!("-----BEGIN {label}-----"))?;
        let closing = format!("-----END {label}-----");
        let end = begin + text.get(begin..)?.find(&closing)? + closing.len();
        Some((begin, end))
    })
    .ok_or(CertificateError::NoKey)?;
    let pem = text.get(begin..end).unwrap_or_default().to_owned() + "\n";
    if pem.contains("ENCRYPTED") {
        return Err(CertificateError::Protected);
    }
    let key = EncodingKey::from_rsa_pem(pem.as_bytes()).map_err(|_| CertificateError::NotRsa)?;
    Ok((pem, key))
}

/// The certificate is of this key, and the key is long enough. Gives its days.
fn check(
    der: &[u8],
    key: &EncodingKey,
) -> Result<(DateTime<Utc>, DateTime<Utc>), CertificateError> {
    let (_, certificate) =
        X509Certificate::from_der(der).map_err(|_| CertificateError::Unreadable)?;
    let Ok(PublicKey::RSA(public)) = certificate.public_key().parsed() else {
        return Err(CertificateError::NotRsa);
    };
    if public.key_size() < SHORTEST_KEY_BITS {
        return Err(CertificateError::TooShort);
    }
    let bare = |number: &[u8]| {
        let zeros = number.iter().take_while(|byte| **byte == 0).count();
        URL_SAFE_NO_PAD.encode(number.get(zeros..).unwrap_or_default())
    };
    let own =
        Jwk::from_encoding_key(key, Algorithm::PS256).map_err(|_| CertificateError::NotRsa)?;
    let AlgorithmParameters::RSA(own) = own.algorithm else {
        return Err(CertificateError::NotRsa);
    };
    if own.n != bare(public.modulus) || own.e != bare(public.exponent) {
        return Err(CertificateError::Mismatch);
    }
    let at = |time: ASN1Time| DateTime::from_timestamp(time.timestamp(), 0);
    let days = certificate.validity();
    at(days.not_before)
        .zip(at(days.not_after))
        .ok_or(CertificateError::Unreadable)
}

/// DER as PEM (RFC 7468): lines of 64.
fn written(der: &[u8]) -> String {
    let text = STANDARD.encode(der);
    let mut pem = String::from("-----BEGIN CERTIFICATE-----\n");
    for (at, letter) in text.chars().enumerate() {
        if at > 0 && at % 64 == 0 {
            pem.push('\n');
        }
        pem.push(letter);
    }
    pem + "\n-----END CERTIFICATE-----\n"
}

#[cfg(test)]
mod tests;
