use std::collections::HashSet;

use base64::{Engine as _, engine::general_purpose::STANDARD};
use jsonwebtoken::dangerous::insecure_decode;
use jsonwebtoken::{DecodingKey, Validation, decode, decode_header};
use postroom_clock::Clock;
use serde_json::Value;
use x509_parser::{certificate::X509Certificate, prelude::FromDer as _};

use super::*;
use crate::testing::{certified, now};

fn assertion(microsoft: &Microsoft) -> String {
    let proof = microsoft.proof().unwrap();
    assert_eq!(proof[0].1.expose_secret(), TYPE);
    assert_eq!(proof[1].0, "client_assertion");
    proof[1].1.expose_secret().to_owned()
}

#[test]
fn the_assertion_is_for_the_token_endpoint_and_signed_by_the_certificate_that_it_shows() {
    let microsoft = certified(Clock::manual(now()));
    let assertion = assertion(&microsoft);
    let header = decode_header(&assertion).unwrap();
    assert_eq!(header.alg, Algorithm::PS256);
    assert!(header.x5t.is_none(), "SHA-1 is not shown");
    let shown = STANDARD.decode(&header.x5c.unwrap()[0]).unwrap();
    let (_, certificate) = X509Certificate::from_der(&shown).unwrap();
    let key = DecodingKey::from_rsa_der(&certificate.public_key().subject_public_key.data);
    let mut rules = Validation::new(Algorithm::PS256);
    rules.validate_exp = false;
    rules.set_audience(&["https://login.test/organizations/oauth2/v2.0/token"]);
    let claims = decode::<Value>(&assertion, &key, &rules).unwrap().claims;
    assert_eq!(
        (&claims["iss"], &claims["sub"]),
        (&"client".into(), &"client".into())
    );
    let seconds = |name: &str| claims[name].as_i64().unwrap() - now().timestamp();
    assert_eq!((seconds("nbf"), seconds("exp")), (0, 300));
}

#[test]
fn no_two_assertions_have_the_same_id() {
    let microsoft = certified(Clock::manual(now()));
    let id = || {
        let claims = insecure_decode::<Value>(assertion(&microsoft))
            .unwrap()
            .claims;
        claims["jti"].as_str().unwrap().to_owned()
    };
    let all: HashSet<_> = (0..3).map(|_| id()).collect();
    assert_eq!(all.len(), 3);
}
