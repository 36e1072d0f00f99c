use serde_json::json;
use wiremock::matchers::{body_string_contains, path};
use wiremock::{Mock, MockServer, ResponseTemplate};

use crate::OAuthError;
use crate::testing::{TOKEN, online};

async fn check(answer: ResponseTemplate) -> Result<(), OAuthError> {
    let server = MockServer::start().await;
    Mock::given(path(TOKEN))
        .and(body_string_contains("grant_type=client_credentials"))
        .and(body_string_contains("%2F.default"))
        .respond_with(answer)
        .expect(1)
        .mount(&server)
        .await;
    online(&server).check().await
}

fn refusal(status: u16, error: &str, code: u32) -> ResponseTemplate {
    ResponseTemplate::new(status).set_body_json(json!({"error": error, "error_codes": [code]}))
}

#[tokio::test]
async fn a_registration_that_gets_a_token_is_proven() {
    let token = json!({"token_type": "Bearer", "expires_in": 3599, "access_token": "at"});
    check(ResponseTemplate::new(200).set_body_json(token))
        .await
        .unwrap();
}

#[tokio::test]
async fn what_microsoft_has_against_the_registration_is_told() {
    for (error, code) in [
        ("invalid_client", 7_000_215),
        ("unauthorized_client", 700_016),
        ("invalid_request", 90_002),
        ("invalid_request", 900_439),
    ] {
        let refused = check(refusal(401, error, code)).await.unwrap_err();
        assert!(!refused.is_transient(), "{code}");
    }
    let busy = check(refusal(503, "temporarily_unavailable", 90_033))
        .await
        .unwrap_err();
    assert!(busy.is_transient());
}

#[tokio::test]
async fn what_is_against_the_kind_of_question_is_nothing_against_the_registration() {
    for (error, code) in [
        ("unsupported_grant_type", 70_003),
        ("invalid_request", 50_059),
        ("invalid_grant", 53_003),
    ] {
        check(refusal(400, error, code)).await.unwrap();
    }
}
