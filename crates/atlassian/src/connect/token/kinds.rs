use chrono::{DateTime, Utc};
use jsonwebtoken::{Algorithm, DecodingKey};
use secrecy::{ExposeSecret as _, SecretString};
use subtle::ConstantTimeEq as _;
use url::Url;

use super::{CONTEXT_QSH, Claims, TokenError, UnverifiedToken};
use crate::{
    connect::{audience, qsh::Canonical},
    jws,
};

/// Proof that Jira itself asked for an iframe page, for this account if one is signed in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PageToken {
    /// The tenant's `clientKey`.
    pub client_key: String,
    /// Who looks at the page; nobody on anonymous pages.
    pub account_id: Option<String>,
}

/// Proof that a script inside our panel speaks for this account. It says who, not what they may do.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ContextToken {
    /// The tenant's `clientKey`.
    pub client_key: String,
    /// Who uses the panel.
    pub account_id: String,
}

/// Proof that Jira sent this webhook, or `enabled` or `disabled`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WebhookToken {
    /// The tenant's `clientKey`.
    pub client_key: String,
    /// Who caused the event, where Jira says.
    pub account_id: Option<String>,
}

/// Proof that Atlassian's install service sent `installed` or `uninstalled` to this app.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LifecycleToken {
    /// The `clientKey` of the site; the payload must name the same.
    pub client_key: String,
    /// When it was signed: an older one that comes again must not undo what a newer one did.
    pub issued_at: DateTime<Utc>,
}

/// Verifies the token of an iframe page: HS256 with the tenant's secret, the hash of this very request.
///
/// `secrets` are the tenant's secrets, the current one first and, shortly after a rotation, the previous
/// one: what Jira signed before it rotated is still on its way.
///
/// # Errors
/// The rule that the token breaks.
pub fn verify_page(
    token: &UnverifiedToken<'_>,
    secrets: &[SecretString],
    canonical: &Canonical,
    now: DateTime<Utc>,
) -> Result<PageToken, TokenError> {
    let claims = symmetric(token, secrets, now)?;
    check_qsh(&claims, canonical)?;
    Ok(PageToken {
        account_id: claims.account_id(),
        client_key: claims.iss,
    })
}

/// Verifies the token of a webhook, of `enabled` or of `disabled`: as [`verify_page`], in the header.
///
/// # Errors
/// The rule that the token breaks.
pub fn verify_webhook(
    token: &UnverifiedToken<'_>,
    secrets: &[SecretString],
    canonical: &Canonical,
    now: DateTime<Utc>,
) -> Result<WebhookToken, TokenError> {
    let claims = symmetric(token, secrets, now)?;
    check_qsh(&claims, canonical)?;
    Ok(WebhookToken {
        account_id: claims.account_id(),
        client_key: claims.iss,
    })
}

/// Verifies a token that the panel got from `AP.context.getToken`: HS256, `qsh` the literal
/// [`CONTEXT_QSH`], an account named. Never use it for a page, a webhook or a lifecycle call.
///
/// # Errors
/// The rule that the token breaks.
pub fn verify_context(
    token: &UnverifiedToken<'_>,
    secrets: &[SecretString],
    now: DateTime<Utc>,
) -> Result<ContextToken, TokenError> {
    let claims = symmetric(token, secrets, now)?;
    let qsh = claims.qsh.as_deref().unwrap_or_default();
    if !bool::from(qsh.as_bytes().ct_eq(CONTEXT_QSH.as_bytes())) {
        return Err(TokenError::QshMismatch);
    }
    let account_id = claims.account_id().ok_or(TokenError::MissingAccount)?;
    Ok(ContextToken {
        account_id,
        client_key: claims.iss,
    })
}

/// Verifies the token of `installed` or `uninstalled`: RS256 with a key of Atlassian, issued for
/// `client_key`, meant for one of `app_base_urls`, the hash of this very request.
///
/// # Errors
/// The rule that the token breaks, in the order of *Signed install callbacks* (Atlassian).
pub fn verify_lifecycle(
    token: &UnverifiedToken<'_>,
    key: &DecodingKey,
    client_key: &str,
    app_base_urls: &[Url],
    canonical: &Canonical,
    now: DateTime<Utc>,
) -> Result<LifecycleToken, TokenError> {
    let claims: Claims = jws::verify(token.raw(), Algorithm::RS256, key)?;
    claims.times().check(now)?;
    if claims.iss != client_key {
        return Err(TokenError::WrongIssuer);
    }
    let audience = claims.aud.as_ref().ok_or(TokenError::WrongAudience)?;
    if !audience::names_us(audience.names(), app_base_urls) {
        return Err(TokenError::WrongAudience);
    }
    check_qsh(&claims, canonical)?;
    let issued_at = claims.times().issued_at();
    Ok(LifecycleToken {
        issued_at: issued_at.ok_or(TokenError::MissingIssueTime)?,
        client_key: claims.iss,
    })
}

fn symmetric(
    token: &UnverifiedToken<'_>,
    secrets: &[SecretString],
    now: DateTime<Utc>,
) -> Result<Claims, TokenError> {
    jws::pin(token.raw(), Algorithm::HS256)?;
    let mut refused = TokenError::BadSignature;
    // Anybody can sign with an empty secret: a tenant without one has no tokens.
    for secret in secrets.iter().filter(|s| !s.expose_secret().is_empty()) {
        let key = DecodingKey::from_secret(secret.expose_secret().as_bytes());
        match jws::verify::<Claims>(token.raw(), Algorithm::HS256, &key) {
            Ok(claims) => {
                claims.times().check(now)?;
                return Ok(claims);
            }
            Err(error) => refused = error.into(),
        }
    }
    Err(refused)
}

fn check_qsh(claims: &Claims, canonical: &Canonical) -> Result<(), TokenError> {
    match claims.qsh.as_deref() {
        Some(qsh) if canonical.matches(qsh) => Ok(()),
        _ => Err(TokenError::QshMismatch),
    }
}
