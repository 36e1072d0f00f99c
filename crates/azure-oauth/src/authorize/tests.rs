use std::collections::HashMap;

use super::*;
use crate::testing::offline;

fn query(authorization: &Authorization) -> HashMap<String, String> {
    authorization.url.query_pairs().into_owned().collect()
}

#[test]
fn the_url_carries_what_entra_needs() {
    let begun = offline().authorize(&SignInRequest::for_scopes(&["openid", "Mail.Send"]));
    let url = begun.url.as_str();
    assert!(
        url.starts_with("https://login.test/organizations/oauth2/v2.0/authorize?"),
        "{url}"
    );
    let query = query(&begun);
    for (name, value) in [
        ("client_id", "client"),
        ("response_type", "code"),
        ("redirect_uri", "https://postroom.test/microsoft/callback"),
        ("scope", "openid Mail.Send"),
        ("prompt", "select_account"),
        ("code_challenge_method", "S256"),
        ("state", begun.state.expose_secret()),
        ("nonce", begun.nonce.expose_secret()),
    ] {
        assert_eq!(query.get(name).map(String::as_str), Some(value), "{name}");
    }
    assert_eq!(query["code_challenge"], challenge(&begun.pkce_verifier));
    assert!(!url.contains(begun.pkce_verifier.expose_secret()));
}

#[test]
fn a_hint_replaces_the_account_picker_and_claims_are_replayed() {
    let request = SignInRequest {
        login_hint: Some("carl@contoso.example".into()),
        claims: Some(r#"{"access_token":{}}"#.into()),
        ..SignInRequest::for_scopes(&["openid"])
    };
    let query = query(&offline().authorize(&request));
    assert_eq!(query["login_hint"], "carl@contoso.example");
    assert_eq!(query["claims"], r#"{"access_token":{}}"#);
    assert!(!query.contains_key("prompt"));
}

#[test]
fn a_silent_try_asks_for_no_page_and_exchange_is_named_with_its_resource() {
    let request = SignInRequest {
        prompt: Some(Prompt::None),
        login_hint: Some("carl@contoso.example".into()),
        ..SignInRequest::for_scopes(&["openid", "EWS.AccessAsUser.All"])
    };
    let query = query(&offline().authorize(&request));
    assert_eq!(query["prompt"], "none");
    assert_eq!(
        query["scope"],
        "openid https://outlook.office365.com/EWS.AccessAsUser.All"
    );
}

#[test]
fn every_sign_in_has_its_own_secrets_and_debug_hides_them() {
    let request = SignInRequest::default();
    let (one, other) = (offline().authorize(&request), offline().authorize(&request));
    assert_ne!(one.state.expose_secret(), other.state.expose_secret());
    assert!(!format!("{one:?}").contains(one.state.expose_secret()));
}
