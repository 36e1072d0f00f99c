//! What binds a sign-in to one browser: a cookie that only it has.

use actix_web::{
    HttpRequest,
    cookie::{Cookie, SameSite, time::Duration},
    http::header::HeaderMap,
};
use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD};
use chrono::TimeDelta;
use postroom_registry::{SignInId, sign_in};
use postroom_secrets::{constant_time_eq, sha256};
use secrecy::{ExposeSecret as _, SecretString};

use super::{again::Form, ending::Ending};
use crate::Api;

/// A cookie of its own for each sign-in, so that two windows do not disturb each other.
fn name(id: SignInId) -> String {
    let id = id.0.simple().to_string();
    format!("postroom_sign_in_{}", &id[id.len() - 12..])
}

/// The cookie that goes with this browser to Microsoft and comes back with it, as long as the sign-in is open.
pub(super) fn cookie(api: &Api, row: &sign_in::Model, secret: &SecretString) -> Cookie<'static> {
    let lives = row.expires_at - api.clock().now();
    of_our_pages(api, name(row.id), secret.expose_secret().to_owned(), lives)
}

/// A cookie that our pages alone see. `Lax`, because the browser comes back by a link from another site.
pub(super) fn of_our_pages(
    api: &Api,
    name: String,
    value: String,
    lives: TimeDelta,
) -> Cookie<'static> {
    Cookie::build(name, value)
        .path(format!("{}/microsoft", api.base_path()))
        .http_only(true)
        .secure(api.is_https())
        .same_site(SameSite::Lax)
        .max_age(Duration::seconds(lives.num_seconds().max(0)))
        .finish()
}

/// The secret of the browser that asks, if it is the one that began.
pub(super) fn recognise(
    request: &HttpRequest,
    row: &sign_in::Model,
) -> Result<SecretString, Ending> {
    let cookie = request.cookie(&name(row.id)).ok_or(Ending::WrongBrowser)?;
    let expected = row.browser_hash.as_deref().unwrap_or_default();
    match constant_time_eq(&sha256(cookie.value().as_bytes()), expected) {
        true => Ok(SecretString::from(cookie.value())),
        false => Err(Ending::WrongBrowser),
    }
}

/// What our form carries and nobody else's can: made of the cookie, which only this browser and we know.
pub(super) fn csrf_token(secret: &SecretString, ticket: &str) -> String {
    let bound = format!("postroom confirm\0{}\0{ticket}", secret.expose_secret());
    URL_SAFE_NO_PAD.encode(sha256(bound.as_bytes()))
}

/// Whether a form is ours.
///
/// # Errors
/// [`Ending::NotOurForm`].
pub(super) fn our_form(secret: &SecretString, form: &Form) -> Result<(), Ending> {
    let expected = csrf_token(secret, &form.ticket);
    match constant_time_eq(expected.as_bytes(), form.csrf.as_bytes()) {
        true => Ok(()),
        false => Err(Ending::NotOurForm),
    }
}

/// Whether a form came from our own page, as far as it can be told without a token: browsers say where a request
/// comes from ("Fetch Metadata Request Headers", W3C).
///
/// # Errors
/// [`Ending::NotOurForm`] when the browser says that another site sent it.
pub(super) fn our_own_form(headers: &HeaderMap) -> Result<(), Ending> {
    match headers.get("sec-fetch-site") {
        Some(site) if site != "same-origin" => Err(Ending::NotOurForm),
        _ => Ok(()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_token_is_of_one_browser_and_one_sign_in() {
        let (ann, eve) = (SecretString::from("ann"), SecretString::from("eve"));
        assert_eq!(csrf_token(&ann, "t"), csrf_token(&ann, "t"));
        assert_ne!(csrf_token(&ann, "t"), csrf_token(&eve, "t"));
        assert_ne!(csrf_token(&ann, "t"), csrf_token(&ann, "u"));
        assert!(!csrf_token(&ann, "t").contains("ann"));
    }
}
