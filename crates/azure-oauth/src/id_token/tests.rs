use jsonwebtoken::{EncodingKey, Header, encode};
use postroom_clock::Clock;
use serde_json::{Value, json};
use wiremock::matchers::path;
use wiremock::{Mock, MockServer, ResponseTemplate};

use super::*;
use crate::testing::{
    KEYS, OID, TID, at, claims, id_token, key_set, new_key, now, online, serve_keys, signed,
    signing_key,
};

async fn verify(server: &MockServer, token: &str) -> Result<Identity, OAuthError> {
    online(server)
        .verify(&SecretString::from(token), &SecretString::from("nonce"))
        .await
}

async fn verdict(server: &MockServer, token: &str) -> IdTokenError {
    match verify(server, token).await {
        Err(OAuthError::IdToken(error)) => error,
        other => panic!("{other:?}"),
    }
}

fn with(server: &MockServer, field: &str, value: Value) -> String {
    let mut claims = claims(server);
    claims[field] = value;
    id_token(&claims)
}

#[tokio::test]
async fn a_good_token_names_the_person() {
    let server = MockServer::start().await;
    serve_keys(&server).await;
    let identity = verify(&server, &id_token(&claims(&server))).await.unwrap();
    assert_eq!(identity.directory_id.to_string(), TID);
    assert_eq!(identity.object_id.to_string(), OID);
    assert_eq!(identity.user_principal_name, "ann@contoso.example");
    assert_eq!(identity.email, None);
    assert!(!format!("{identity:?}").contains("ann"));
}

#[tokio::test]
async fn each_wrong_claim_is_refused() {
    let server = MockServer::start().await;
    serve_keys(&server).await;
    let soon = now().timestamp();
    let other = format!("{}/{OID}/v2.0", server.uri());
    for (field, value, expected) in [
        ("aud", json!("somebody-else"), IdTokenError::NotForUs),
        ("iss", json!(other), IdTokenError::Issuer),
        (
            "iss",
            json!(format!("https://evil/{TID}/v2.0")),
            IdTokenError::Issuer,
        ),
        ("tid", json!("../common"), IdTokenError::Malformed),
        ("exp", json!(soon - LEEWAY_SECONDS), IdTokenError::Expired),
        ("exp", json!(i64::MAX), IdTokenError::Expired),
        ("exp", json!(null), IdTokenError::Malformed),
        (
            "nbf",
            json!(soon + LEEWAY_SECONDS + 1),
            IdTokenError::NotYetValid,
        ),
        ("nonce", json!("another"), IdTokenError::Nonce),
        ("nonce", json!(null), IdTokenError::Nonce),
    ] {
        let token = with(&server, field, value.clone());
        assert_eq!(verdict(&server, &token).await, expected, "{field} {value}");
    }
}

#[tokio::test]
async fn clocks_may_be_apart_a_little() {
    let server = MockServer::start().await;
    serve_keys(&server).await;
    let soon = now().timestamp();
    verify(
        &server,
        &with(&server, "exp", json!(soon - LEEWAY_SECONDS + 1)),
    )
    .await
    .unwrap();
    verify(&server, &with(&server, "nbf", json!(soon + LEEWAY_SECONDS)))
        .await
        .unwrap();
}

#[tokio::test]
async fn a_forged_signature_is_refused() {
    let server = MockServer::start().await;
    serve_keys(&server).await;
    let forged = signed("k1", &new_key(), &claims(&server));
    assert_eq!(verdict(&server, &forged).await, IdTokenError::NotForUs);
}

#[tokio::test]
async fn another_algorithm_is_refused_even_with_a_known_kid() {
    let server = MockServer::start().await;
    serve_keys(&server).await;
    let header = Header {
        kid: Some("k1".into()),
        ..Header::new(Algorithm::HS256)
    };
    let hmac = encode(
        &header,
        &claims(&server),
        &EncodingKey::from_secret(b"public key"),
    )
    .unwrap();
    assert_eq!(verdict(&server, &hmac).await, IdTokenError::Malformed);
    let header = Header {
        kid: Some("k1".into()),
        ..Header::new(Algorithm::PS256)
    };
    let other = encode(&header, &claims(&server), signing_key()).unwrap();
    assert_eq!(verdict(&server, &other).await, IdTokenError::Malformed);
    assert_eq!(verdict(&server, "no.token").await, IdTokenError::Malformed);
}

#[tokio::test]
async fn keys_are_kept_and_fetched_anew_for_an_unknown_kid_and_after_a_day() {
    let server = MockServer::start().await;
    let first = ResponseTemplate::new(200).set_body_json(key_set("k1", signing_key()));
    Mock::given(path(KEYS))
        .respond_with(first)
        .up_to_n_times(1)
        .expect(1)
        .mount(&server)
        .await;
    let rolled = new_key();
    let mut both = serde_json::to_value(key_set("k2", &rolled)).unwrap();
    let keys = both["keys"].as_array_mut().unwrap();
    keys.insert(0, json!({"kty": "unheard-of", "kid": "k0"}));
    keys.push(serde_json::to_value(&key_set("k1", signing_key()).keys[0]).unwrap());
    let second = ResponseTemplate::new(200).set_body_json(both);
    Mock::given(path(KEYS))
        .respond_with(second)
        .expect(3)
        .mount(&server)
        .await;

    let clock = Clock::manual(now());
    let microsoft = at(&server.uri(), clock.clone());
    let nonce = SecretString::from("nonce");
    let mut claims = claims(&server);
    claims["exp"] = json!(now().timestamp() + 1_000_000);
    for token in [
        id_token(&claims),
        id_token(&claims),              // kept
        signed("k2", &rolled, &claims), // second fetch
        id_token(&claims),              // kept
    ] {
        microsoft
            .verify(&SecretString::from(token), &nonce)
            .await
            .unwrap();
    }
    let unknown = SecretString::from(signed("k3", &rolled, &claims));
    let error = microsoft.verify(&unknown, &nonce).await.unwrap_err(); // third fetch
    assert!(matches!(
        error,
        OAuthError::IdToken(IdTokenError::UnknownKey)
    ));
    clock.advance(chrono::TimeDelta::hours(24));
    microsoft
        .verify(&SecretString::from(id_token(&claims)), &nonce)
        .await
        .unwrap(); // fourth fetch
}

#[tokio::test]
async fn a_registration_for_one_directory_lets_no_other_in() {
    let server = MockServer::start().await;
    serve_keys(&server).await;
    let token = SecretString::from(id_token(&claims(&server)));
    let nonce = SecretString::from("nonce");
    for (directory, accepted) in [(TID, true), ("contoso.example", true), (OID, false)] {
        let registration = crate::AppRegistration {
            directory: Some(directory.to_owned()),
            ..crate::testing::own()
        };
        let microsoft = crate::testing::through(registration, &server.uri(), Clock::manual(now()));
        let verified = microsoft.verify(&token, &nonce).await;
        assert_eq!(verified.is_ok(), accepted, "{directory}");
    }
}
