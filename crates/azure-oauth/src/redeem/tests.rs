use chrono::TimeDelta;
use serde_json::json;
use wiremock::matchers::{body_string_contains, method, path};
use wiremock::{Mock, MockServer, ResponseTemplate};

use super::*;
use crate::testing::{TOKEN, claims, id_token, now, online, serve_keys};

async fn redeem(server: &MockServer) -> Result<SignedIn, OAuthError> {
    serve_keys(server).await;
    let [code, verifier, nonce] = ["c/ode", "verifier", "nonce"].map(SecretString::from);
    let scopes = ["openid", "Mail.Send", "EWS.AccessAsUser.All"];
    online(server)
        .redeem(&code, &verifier, &nonce, &scopes)
        .await
}

fn answer(server: &MockServer) -> serde_json::Value {
    json!({
        "token_type": "Bearer", "expires_in": 4200, "scope": "openid  Mail.Send",
        "access_token": "at", "refresh_token": "rt", "id_token": id_token(&claims(server)),
    })
}

#[tokio::test]
async fn a_code_becomes_tokens_and_an_identity() {
    let server = MockServer::start().await;
    let mut mock = Mock::given(method("POST")).and(path(TOKEN));
    for part in [
        "grant_type=authorization_code",
        "client_id=client",
        "client_secret=s%26cret",
        "code=c%2Fode",
        "code_verifier=verifier",
        "scope=openid+Mail.Send",
        "redirect_uri=https%3A%2F%2Fpostroom.test%2Fmicrosoft%2Fcallback",
    ] {
        mock = mock.and(body_string_contains(part));
    }
    let ok = ResponseTemplate::new(200).set_body_json(answer(&server));
    mock.respond_with(ok).expect(1).mount(&server).await;
    let signed_in = redeem(&server).await.unwrap();
    assert_eq!(signed_in.tokens.access_token.expose_secret(), "at");
    assert_eq!(
        signed_in.tokens.expires_at,
        now() + TimeDelta::seconds(4200)
    );
    assert_eq!(signed_in.tokens.scopes, ["openid", "Mail.Send"]);
    assert_eq!(
        signed_in.identity.display_name.as_deref(),
        Some("Ann Agent")
    );
    let shown = format!("{signed_in:?}");
    assert!(
        !shown.contains("\"at\"") && !shown.contains("\"rt\""),
        "{shown}"
    );
}

#[tokio::test]
async fn without_a_refresh_token_or_an_id_token_there_is_no_sign_in() {
    for (field, needs_sign_in) in [("refresh_token", true), ("id_token", false)] {
        let server = MockServer::start().await;
        let mut body = answer(&server);
        body.as_object_mut().unwrap().remove(field);
        let ok = ResponseTemplate::new(200).set_body_json(body);
        Mock::given(path(TOKEN))
            .respond_with(ok)
            .mount(&server)
            .await;
        let error = redeem(&server).await.unwrap_err();
        assert_eq!(
            error.diagnosis().needs_sign_in,
            needs_sign_in,
            "{field}: {error:?}"
        );
    }
}

#[test]
fn a_code_is_redeemed_for_one_resource() {
    let both = ["openid", "Mail.Send", "EWS.AccessAsUser.All"];
    assert_eq!(of_one_resource(&both), ["openid", "Mail.Send"]);
    let ews = ["openid", "EWS.AccessAsUser.All"];
    assert_eq!(of_one_resource(&ews), ews);
}
