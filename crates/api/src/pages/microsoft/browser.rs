//! What binds a sign-in to one browser: a cookie that only it has.

use actix_web::{
    HttpRequest,
    cookie::{Cookie, SameSite, time::Duration},
};
use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD};
use postroom_registry::{SignInId, sign_in};
use postroom_secrets::{constant_time_eq, sha256};
use secrecy::{ExposeSecret as _, SecretString};

use super::ending::Ending;
use crate::Api;

/// As long as a sign-in lives.
const LIVES: Duration = Duration::minutes(30);

/// A cookie of its own for each sign-in, so that two windows do not disturb each other.
fn name(id: SignInId) -> String {
    let id = id.0.simple().to_string();
    format!("postroom_sign_in_{}", &id[id.len() - 12..])
}

/// The cookie that goes with this browser to Microsoft and comes back with it. `Lax`, because it comes back by a
/// link from another site.
pub(super) fn cookie(api: &Api, id: SignInId, secret: &SecretString) -> Cookie<'static> {
    Cookie::build(name(id), secret.expose_secret().to_owned())
        .path(format!("{}/microsoft", api.base_path()))
        .http_only(true)
        .secure(api.is_https())
        .same_site(SameSite::Lax)
        .max_age(LIVES)
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
