//! Who the application is: client id and secret, in the body, in HTTP Basic, or in both; or an assertion.

use actix_web::{HttpRequest, http::header::AUTHORIZATION};
use base64::{Engine as _, engine::general_purpose::STANDARD};
use chrono::{DateTime, Utc};

use super::{assertion, refusal::Refusal, token::Form};
use crate::microsoft::cloud::Cloud;

/// Where and when an application proves itself.
pub(super) struct Place<'a> {
    pub(super) base: &'a str,
    /// Tenant segment of the URL.
    pub(super) segment: &'a str,
    pub(super) now: DateTime<Utc>,
}

impl Place<'_> {
    /// What an assertion may be meant for: this endpoint, or the issuer behind it.
    fn audiences(&self) -> [String; 3] {
        let Self { base, segment, .. } = self;
        [
            format!("{base}/{segment}/oauth2/v2.0/token"),
            format!("{base}/{segment}/oauth2/token"),
            format!("{base}/{segment}/v2.0"),
        ]
    }
}

/// Checks the application and gives its client id.
pub(super) fn authenticate(
    cloud: &Cloud,
    request: &HttpRequest,
    form: &Form,
    place: &Place<'_>,
) -> Result<String, Refusal> {
    if request.headers().contains_key("origin") {
        return Err(Refusal::new(9_002_326));
    }
    let basic = basic(request)?;
    let from_basic = basic.as_ref().map(|(id, _)| id);
    let assertion = form.get("client_assertion");
    let from_assertion = match (form.get("client_id").or(from_basic), assertion) {
        (None, Some(assertion)) => Some(assertion::client_id(assertion)?),
        _ => None,
    };
    let client_id = form
        .get("client_id")
        .or(from_basic)
        .or(from_assertion.as_ref())
        .ok_or_else(|| Refusal::missing("client_id"))?;
    let unknown = || {
        let text =
            format!("Application with identifier '{client_id}' was not found in the directory.");
        Refusal::saying(700_016, text)
    };
    let registration = cloud.registrations.get(client_id).ok_or_else(unknown)?;
    if registration.disabled {
        return Err(Refusal::new(7_000_112));
    }
    if let Some(assertion) = assertion {
        let kind = form.get("client_assertion_type");
        let kind = kind.ok_or_else(|| Refusal::missing("client_assertion_type"))?;
        if kind != assertion::TYPE {
            let text = format!("The client_assertion_type '{kind}' is not supported.");
            return Err(Refusal::saying(90_023, text));
        }
        assertion::check(assertion, registration, &place.audiences(), place.now)?;
        return Ok(client_id.clone());
    }
    let secrets: Vec<&String> = basic
        .iter()
        .map(|(_, secret)| secret)
        .chain(form.get("client_secret"))
        .collect();
    if secrets.is_empty() {
        return Err(Refusal::new(7_000_218));
    }
    let other_id = from_basic.is_some_and(|id| id != client_id);
    if other_id
        || registration.client_secret.is_empty()
        || secrets
            .iter()
            .any(|secret| **secret != registration.client_secret)
    {
        return Err(Refusal::new(7_000_215));
    }
    let is_over = registration
        .secret_expires
        .is_some_and(|end| end <= place.now);
    if registration.secret_expired || is_over {
        return Err(Refusal::new(7_000_222));
    }
    Ok(client_id.clone())
}

/// Id and secret of HTTP Basic, each form-encoded (RFC 6749 section 2.3.1).
fn basic(request: &HttpRequest) -> Result<Option<(String, String)>, Refusal> {
    let Some(header) = request.headers().get(AUTHORIZATION) else {
        return Ok(None);
    };
    let encoded = header
        .to_str()
        .ok()
        .and_then(|value| value.strip_prefix("Basic "));
    let decoded = encoded.and_then(|encoded| STANDARD.decode(encoded.trim()).ok());
    let pair = decoded.and_then(|bytes| String::from_utf8(bytes).ok());
    let pair = pair.as_deref().and_then(|pair| pair.split_once(':'));
    let (id, secret) = pair.ok_or_else(|| Refusal::new(9_002_313))?;
    let plain = |text: &str| {
        let text = text.replace('+', " ");
        percent_encoding::percent_decode_str(&text)
            .decode_utf8_lossy()
            .into_owned()
    };
    Ok(Some((plain(id), plain(secret))))
}
