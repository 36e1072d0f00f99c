//! The ways in which Connect apps were broken into, each kept as a test. See CVE-2021-26073, CVE-2021-26074,
//! CVE-2021-26077, the signed-install programme of 2021 and the audience check of figma-for-jira.

use chrono::TimeDelta;
use jsonwebtoken::{Algorithm, DecodingKey};
use secrecy::SecretString;
use serde_json::{Value, json};
use url::Url;

use super::*;
use crate::{
    connect::Canonical,
    testing::{now, rsa, sign_hs, sign_rs256, unsigned},
};

const SECRET: &str = "secret-of-tenant-a";

fn secrets(list: &[&str]) -> Vec<SecretString> {
    list.iter().map(|s| SecretString::from(*s)).collect()
}

fn panel() -> Canonical {
    Canonical::new(
        "GET",
        "/panel",
        Some("xdm_e=https%3A%2F%2Facme.atlassian.net&jwt=x"),
    )
}

fn claims(qsh: &str) -> Value {
    json!({
        "iss": "tenant-a",
        "iat": now().timestamp(),
        "exp": now().timestamp() + 180,
        "qsh": qsh,
        "sub": "account-1",
    })
}

fn page(token: &str) -> Result<PageToken, TokenError> {
    let token = UnverifiedToken::parse(token)?;
    verify_page(&token, &secrets(&[SECRET]), &panel(), now())
}

fn context(token: &str) -> Result<ContextToken, TokenError> {
    let token = UnverifiedToken::parse(token)?;
    verify_context(&token, &secrets(&[SECRET]), now())
}

fn hs256(claims: &Value) -> String {
    sign_hs(Algorithm::HS256, SECRET, claims)
}

#[test]
fn good_tokens_of_each_kind_pass() {
    let good = hs256(&claims(&panel().hash()));
    assert_eq!(
        page(&good).unwrap(),
        PageToken {
            client_key: "tenant-a".into(),
            account_id: Some("account-1".into())
        }
    );
    assert_eq!(
        context(&hs256(&claims(CONTEXT_QSH))).unwrap().account_id,
        "account-1"
    );
    let header = format!("JWT {good}");
    let token = UnverifiedToken::from_authorization(&header).unwrap();
    assert_eq!(token.client_key(), "tenant-a");
    verify_webhook(&token, &secrets(&[SECRET]), &panel(), now()).unwrap();
}

#[test]
fn a_context_token_opens_no_page_and_no_webhook() {
    let token = hs256(&claims(CONTEXT_QSH));
    assert_eq!(page(&token).unwrap_err(), TokenError::QshMismatch);
    let token = UnverifiedToken::parse(&token).unwrap();
    let installed = Canonical::new("POST", "/connect/installed", None);
    let error = verify_webhook(&token, &secrets(&[SECRET]), &installed, now()).unwrap_err();
    assert_eq!(error, TokenError::QshMismatch);
}

#[test]
fn a_page_token_does_not_open_the_panel_api() {
    let token = hs256(&claims(&panel().hash()));
    assert_eq!(context(&token).unwrap_err(), TokenError::QshMismatch);
}

#[test]
fn a_token_opens_its_own_route_only() {
    let other = Canonical::new("GET", "/panel/other", None);
    assert_eq!(
        page(&hs256(&claims(&other.hash()))).unwrap_err(),
        TokenError::QshMismatch
    );
    let mut without = claims("");
    without.as_object_mut().unwrap().remove("qsh");
    assert_eq!(page(&hs256(&without)).unwrap_err(), TokenError::QshMismatch);
    assert_eq!(
        context(&hs256(&without)).unwrap_err(),
        TokenError::QshMismatch
    );
}

#[test]
fn unsigned_and_otherwise_signed_tokens_are_refused() {
    let good = claims(&panel().hash());
    assert_eq!(
        page(&unsigned(&good)).unwrap_err(),
        TokenError::WrongAlgorithm
    );
    for algorithm in [Algorithm::HS384, Algorithm::HS512] {
        let token = sign_hs(algorithm, SECRET, &good);
        assert_eq!(page(&token).unwrap_err(), TokenError::WrongAlgorithm);
    }
    assert_eq!(
        page(&sign_rs256("k", &good)).unwrap_err(),
        TokenError::WrongAlgorithm
    );
}

#[test]
fn a_token_of_tenant_a_does_not_speak_for_tenant_b() {
    let mut forged = claims(&panel().hash());
    forged["iss"] = json!("tenant-b");
    let token = hs256(&forged);
    let token = UnverifiedToken::parse(&token).unwrap();
    assert_eq!(token.client_key(), "tenant-b");
    let error =
        verify_page(&token, &secrets(&["secret-of-tenant-b"]), &panel(), now()).unwrap_err();
    assert_eq!(error, TokenError::BadSignature);
}

#[test]
fn a_changed_token_is_refused() {
    let good = hs256(&claims(&panel().hash()));
    let parts: Vec<_> = good.split('.').collect();
    let mut other = claims(&panel().hash());
    other["sub"] = json!("account-2");
    let other = hs256(&other);
    let claims = other.split('.').nth(1).unwrap();
    let mixed = format!("{}.{}.{}", parts[0], claims, parts[2]);
    assert_eq!(page(&mixed).unwrap_err(), TokenError::BadSignature);
    let cut = format!("{}.{}.", parts[0], parts[1]);
    assert_eq!(page(&cut).unwrap_err(), TokenError::BadSignature);
}

#[test]
fn the_previous_secret_still_counts_and_an_empty_one_never() {
    let token = hs256(&claims(&panel().hash()));
    let token = UnverifiedToken::parse(&token).unwrap();
    verify_page(&token, &secrets(&["new", SECRET]), &panel(), now()).unwrap();
    let error = verify_page(&token, &secrets(&["new"]), &panel(), now()).unwrap_err();
    assert_eq!(error, TokenError::BadSignature);
    let empty = sign_hs(Algorithm::HS256, "", &claims(&panel().hash()));
    let empty = UnverifiedToken::parse(&empty).unwrap();
    for list in [secrets(&[""]), secrets(&[])] {
        let error = verify_page(&empty, &list, &panel(), now()).unwrap_err();
        assert_eq!(error, TokenError::BadSignature);
    }
}

#[test]
fn times_are_checked_against_the_given_now_with_thirty_seconds_of_leeway() {
    let token = hs256(&claims(&panel().hash()));
    let token = UnverifiedToken::parse(&token).unwrap();
    let at = |seconds| {
        verify_page(
            &token,
            &secrets(&[SECRET]),
            &panel(),
            now() + TimeDelta::seconds(seconds),
        )
    };
    at(209).unwrap();
    assert_eq!(at(210).unwrap_err(), TokenError::Expired);
    at(-30).unwrap();
    assert_eq!(at(-31).unwrap_err(), TokenError::NotYetValid);
    let mut endless = claims(&panel().hash());
    endless.as_object_mut().unwrap().remove("exp");
    assert_eq!(
        page(&hs256(&endless)).unwrap_err(),
        TokenError::MissingExpiry
    );
    endless["exp"] = json!("tomorrow");
    assert_eq!(page(&hs256(&endless)).unwrap_err(), TokenError::Malformed);
}

#[test]
fn the_panel_api_needs_an_account() {
    let mut anonymous = claims(CONTEXT_QSH);
    anonymous["sub"] = json!("");
    assert_eq!(
        context(&hs256(&anonymous)).unwrap_err(),
        TokenError::MissingAccount
    );
}

#[test]
fn what_is_no_token_is_malformed() {
    for raw in ["", ".", "..", "a.b.c", "a.b.c.d", &"x".repeat(20_000)] {
        assert_eq!(page(raw).unwrap_err(), TokenError::Malformed);
    }
    let good = hs256(&claims(&panel().hash()));
    let bearer = format!("Bearer {good}");
    assert_eq!(
        UnverifiedToken::from_authorization(&bearer).unwrap_err(),
        TokenError::Malformed
    );
}

#[test]
fn debug_shows_no_token() {
    let good = hs256(&claims(&panel().hash()));
    let shown = format!("{:?}", UnverifiedToken::parse(&good).unwrap());
    assert!(
        !shown.contains(good.split('.').next_back().unwrap()),
        "{shown}"
    );
}

mod lifecycle_tokens {
    use super::*;

    fn installed() -> Canonical {
        Canonical::new("POST", "/connect/installed", None)
    }

    fn install_claims() -> Value {
        let mut claims = claims(&installed().hash());
        claims["aud"] = json!(["https://postroom.example.com"]);
        claims
    }

    fn verify(token: &str) -> Result<LifecycleToken, TokenError> {
        let token = UnverifiedToken::parse(token)?;
        let key = DecodingKey::from_rsa_pem(rsa().public_key_pem().as_bytes()).unwrap();
        let ours = [Url::parse("https://postroom.example.com").unwrap()];
        verify_lifecycle(&token, &key, "tenant-a", &ours, &installed(), now())
    }

    #[test]
    fn a_good_one_passes_with_one_trailing_slash_or_none() {
        for aud in [
            json!(["x", "https://postroom.example.com"]),
            json!("https://postroom.example.com/"),
        ] {
            let mut claims = install_claims();
            claims["aud"] = aud;
            assert_eq!(
                verify(&sign_rs256("k", &claims)).unwrap().client_key,
                "tenant-a"
            );
        }
    }

    #[test]
    fn hs256_with_the_public_key_as_secret_is_refused() {
        let token = sign_hs(Algorithm::HS256, &rsa().public_key_pem(), &install_claims());
        assert_eq!(verify(&token).unwrap_err(), TokenError::WrongAlgorithm);
        assert_eq!(
            verify(&unsigned(&install_claims())).unwrap_err(),
            TokenError::WrongAlgorithm
        );
    }

    #[test]
    fn the_audience_is_never_compared_by_part() {
        for aud in [
            json!("https://postroom.example.com.evil.example"),
            json!("https://evil.example/?https://postroom.example.com"),
            json!("https://postroom.example.co"),
            json!("https://postroom.example.com//"),
            json!(""),
            json!([]),
        ] {
            let mut claims = install_claims();
            claims["aud"] = aud.clone();
            let error = verify(&sign_rs256("k", &claims)).unwrap_err();
            assert_eq!(error, TokenError::WrongAudience, "{aud}");
        }
        let mut without = install_claims();
        without.as_object_mut().unwrap().remove("aud");
        assert_eq!(
            verify(&sign_rs256("k", &without)).unwrap_err(),
            TokenError::WrongAudience
        );
    }

    #[test]
    fn issuer_hash_and_times_are_checked() {
        let refused = |field: &str, value: Value| {
            let mut claims = install_claims();
            claims[field] = value;
            verify(&sign_rs256("k", &claims)).unwrap_err()
        };
        assert_eq!(refused("iss", json!("tenant-b")), TokenError::WrongIssuer);
        assert_eq!(refused("qsh", json!(CONTEXT_QSH)), TokenError::QshMismatch);
        let uninstalled = Canonical::new("POST", "/connect/uninstalled", None);
        assert_eq!(
            refused("qsh", json!(uninstalled.hash())),
            TokenError::QshMismatch
        );
        assert_eq!(
            refused("exp", json!(now().timestamp() - 30)),
            TokenError::Expired
        );
    }
}
