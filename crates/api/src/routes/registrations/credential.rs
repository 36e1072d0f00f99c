//! A credential as a person gives it: checked before it is kept, and shown to nobody.

use chrono::{DateTime, Utc};
use postroom_azure_oauth::{Certificate, CertificateError, Credential};
use postroom_registry::registration;
use secrecy::SecretString;
use serde::Deserialize;
use utoipa::ToSchema;
use uuid::Uuid;

use crate::Problem;

/// Entra ID makes 40 characters.
const LONGEST_SECRET: usize = 256;

/// A client secret, or a certificate with its key.
#[derive(Deserialize, ToSchema)]
#[serde(default)]
#[derive(Default)]
pub(crate) struct GivenCredential {
    /// The value (not the id) of a client secret.
    #[schema(write_only)]
    secret: Option<String>,
    /// When it ends, as the Entra admin center says.
    secret_expires_at: Option<DateTime<Utc>>,
    /// The certificate and its private key, as one PEM text.
    #[schema(write_only)]
    certificate_pem: Option<String>,
}

impl std::fmt::Debug for GivenCredential {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("GivenCredential").finish_non_exhaustive()
    }
}

/// The same, checked.
#[derive(Debug)]
pub(super) struct Checked {
    pub(super) used: Credential,
    pub(super) kept: registration::Credential,
    pub(super) thumbprint: Option<String>,
    pub(super) expires_at: Option<DateTime<Utc>>,
}

impl GivenCredential {
    /// Reads it. `None` when there is none.
    ///
    /// # Errors
    /// `invalid`, with what is wrong.
    pub(super) fn check(&self, now: DateTime<Utc>) -> Result<Option<Checked>, Problem> {
        match (&self.secret, &self.certificate_pem) {
            (Some(_), Some(_)) => Err(Problem::invalid(
                "certificate_pem",
                "Give a client secret or a certificate, not both.",
            )),
            (Some(secret), None) => self.of_secret(secret.trim(), now).map(Some),
            (None, Some(pem)) => of_certificate(pem, now).map(Some),
            (None, None) => Ok(None),
        }
    }

    fn of_secret(&self, secret: &str, now: DateTime<Utc>) -> Result<Checked, Problem> {
        let odd = |it: char| it.is_control() || it.is_whitespace();
        if secret.is_empty() || secret.len() > LONGEST_SECRET || secret.contains(odd) {
            return Err(Problem::invalid("secret", "This is no client secret."));
        }
        // The commonest mistake of all (AADSTS7000215).
        if Uuid::try_parse(secret).is_ok() {
            return Err(Problem::invalid(
                "secret",
                "This is the id of the secret. Its value is in the column beside it, and is shown once only.",
            ));
        }
        if self.secret_expires_at.is_some_and(|at| at <= now) {
            return Err(Problem::invalid(
                "secret_expires_at",
                "This secret has ended already.",
            ));
        }
        let secret = SecretString::from(secret);
        Ok(Checked {
            used: Credential::Secret(secret.clone()),
            kept: registration::Credential::Secret(secret),
            thumbprint: None,
            expires_at: self.secret_expires_at,
        })
    }
}

fn of_certificate(pem: &str, now: DateTime<Utc>) -> Result<Checked, Problem> {
    let certificate = Certificate::parse(&SecretString::from(pem), now).map_err(unusable)?;
    Ok(Checked {
        kept: certificate.credential(),
        thumbprint: Some(certificate.thumbprint()),
        expires_at: Some(certificate.expires_at()),
        used: Credential::Certificate(certificate),
    })
}

fn unusable(error: CertificateError) -> Problem {
    let reason = error.to_string();
    let mut letters = reason.chars();
    let first = letters.next().map(|it| it.to_uppercase().to_string());
    let sentence = format!("{}{}.", first.unwrap_or_default(), letters.as_str());
    Problem::invalid("certificate_pem", sentence).because(error)
}
