//! Redeeming an authorization code.

use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD};
use serde_json::Value;
use sha2::{Digest as _, Sha256};

use super::{
    refusal::Refusal,
    token::{Ask, Given, tokens},
};
use crate::microsoft::{
    cloud::Cloud,
    grants::{CODE_LIFE, Challenge, Code},
    scopes::Asked,
};

pub(super) fn code(cloud: &mut Cloud, ask: &Ask<'_>) -> Result<Value, Refusal> {
    let value = ask.required("code")?;
    let redirect_uri = ask.required("redirect_uri")?;
    let code = cloud
        .grants
        .codes
        .get(value)
        .filter(|code| code.holder.client_id == ask.client_id);
    let code = code.ok_or_else(|| Refusal::new(70_000))?.clone();
    check(cloud, ask, &code, redirect_uri)?;
    let asked = match ask
        .form
        .get("scope")
        .filter(|scope| !scope.trim().is_empty())
    {
        Some(scope) => Asked::parse(scope)?,
        None => first_resource(Asked::parse(&code.scope)?),
    };
    let at_sign_in = Asked::parse(&code.scope)?;
    let given = Given {
        family: cloud.grants.new_family(),
        signed_in: code.issued,
        mfa: code.mfa,
        holder: code.holder,
        scope: code.scope,
        nonce: code.nonce,
        with_refresh: at_sign_in.has("offline_access"),
        asked: with_openid(asked, &at_sign_in),
    };
    let body = tokens(cloud, ask, &given)?;
    if let Some(code) = cloud.grants.codes.get_mut(value) {
        code.redeemed = true;
    }
    Ok(body)
}

fn check(cloud: &Cloud, ask: &Ask<'_>, code: &Code, redirect_uri: &str) -> Result<(), Refusal> {
    if code.redeemed {
        return Err(Refusal::new(54_005));
    }
    if ask.world.clock.now() - code.issued > CODE_LIFE {
        return Err(Refusal::new(70_008));
    }
    let home = cloud
        .directory_named(ask.segment)
        .is_some_and(|directory| directory.tid == code.holder.tid);
    if ask.segment != code.segment && !home {
        return Err(Refusal::new(700_005));
    }
    if redirect_uri != code.redirect_uri {
        let text = "The reply address does not match the reply address provided when requesting Authorization code.";
        return Err(Refusal::saying(50_011, text));
    }
    proven(
        code.challenge.as_ref(),
        ask.form.get("code_verifier").map(String::as_str),
    )
}

/// PKCE: what was promised must be shown, and nothing is shown that was not promised.
fn proven(challenge: Option<&Challenge>, verifier: Option<&str>) -> Result<(), Refusal> {
    let fits = match (challenge, verifier) {
        (None, None) => true,
        (Some(Challenge::Plain(value)), Some(verifier)) => value == verifier,
        (Some(Challenge::S256(value)), Some(verifier)) => {
            *value == URL_SAFE_NO_PAD.encode(Sha256::digest(verifier.as_bytes()))
        }
        (Some(_), None) => return Err(Refusal::missing("code_verifier")),
        (None, Some(_)) => false,
    };
    fits.then_some(()).ok_or_else(|| Refusal::new(501_481))
}

/// An authorize request may name several resources; a token is for the first.
fn first_resource(mut asked: Asked) -> Asked {
    use crate::microsoft::scopes::Resource;
    if let Some(first) = asked.resources().first().copied() {
        asked
            .scopes
            .retain(|scope| scope.resource == first || scope.resource == Resource::OpenId);
    }
    asked
}

/// What OpenID Connect gives was settled at the sign-in.
fn with_openid(mut asked: Asked, at_sign_in: &Asked) -> Asked {
    use crate::microsoft::scopes::Resource;
    let openid = at_sign_in
        .scopes
        .iter()
        .filter(|scope| scope.resource == Resource::OpenId);
    asked.scopes.extend(openid.cloned());
    asked
}
