use serde_json::json;
use wiremock::matchers::{body_string_contains, path};
use wiremock::{Mock, MockServer, ResponseTemplate};

use super::*;
use crate::testing::{TOKEN, online};

#[tokio::test]
async fn a_refresh_token_becomes_a_newer_one() {
    let server = MockServer::start().await;
    let body = json!({
        "token_type": "bearer", "expires_in": "3599", "access_token": "at2", "refresh_token": "rt2",
    });
    Mock::given(path(TOKEN))
        .and(body_string_contains("grant_type=refresh_token"))
        .and(body_string_contains("refresh_token=rt1"))
        .and(body_string_contains("scope=Mail.Send+offline_access"))
        .respond_with(ResponseTemplate::new(200).set_body_json(body))
        .expect(1)
        .mount(&server)
        .await;
    let old = SecretString::from("rt1");
    let tokens = online(&server)
        .refresh(&old, &["Mail.Send", "offline_access"])
        .await
        .unwrap();
    assert_eq!(tokens.refresh_token.unwrap().expose_secret(), "rt2");
}
