//! Entra ID and Graph, as far as a sign-in and a ping need them.

use jsonwebtoken::EncodingKey;
use jsonwebtoken::{
    Algorithm,
    jwk::{Jwk, JwkSet},
};
use serde_json::{Value, json};
use wiremock::{
    Mock, MockServer, ResponseTemplate,
    matchers::{method, path, path_regex},
};

use super::{noon, tokens};

pub(crate) const TID: &str = "7b9103a5-4610-446b-9670-80643382c1fa";
pub(crate) const OID: &str = "024d486e-b451-40bb-833d-3e66d98c5c73";
pub(crate) const ALL_SCOPES: &str = "openid profile User.Read Mail.ReadWrite Mail.Send";

async fn on_get(server: &MockServer, at: &str, body: Value) {
    Mock::given(method("GET"))
        .and(path(at))
        .respond_with(ResponseTemplate::new(200).set_body_json(body))
        .mount(server)
        .await;
}

/// Graph knows Ann and her inbox.
pub(crate) async fn serve_mailbox(server: &MockServer) {
    let me = json!({
        "id": OID, "displayName": "Ann Agent", "mail": "ann@contoso.example",
        "userPrincipalName": "ann@contoso.example",
    });
    on_get(server, "/v1.0/me", me).await;
    let inbox = json!({
        "id": "inbox-id", "displayName": "Inbox", "totalItemCount": 3, "unreadItemCount": 1,
    });
    for name in ["inbox", "inbox-id", "sentitems"] {
        on_get(
            server,
            &format!("/v1.0/me/mailFolders/{name}"),
            inbox.clone(),
        )
        .await;
    }
    let none = json!({ "value": [] });
    on_get(server, "/v1.0/me/mailFolders/inbox-id/messages", none).await;
    Mock::given(method("POST"))
        .and(path("/v1.0/me/messages"))
        .respond_with(ResponseTemplate::new(201).set_body_json(json!({ "id": "draft" })))
        .mount(server)
        .await;
    Mock::given(method("DELETE"))
        .and(path_regex("^/v1.0/me/messages/draft"))
        .respond_with(ResponseTemplate::new(204))
        .mount(server)
        .await;
}

/// The keys that Entra ID signs id tokens with.
pub(crate) fn keys() -> Value {
    let key = EncodingKey::from_rsa_pem(tokens::rsa().serialize_pem().as_bytes()).unwrap();
    let mut jwk = Jwk::from_encoding_key(&key, Algorithm::RS256).unwrap();
    jwk.common.key_id = Some("entra".to_owned());
    serde_json::to_value(JwkSet { keys: vec![jwk] }).unwrap()
}

/// Entra ID gives Ann's tokens for any code; `scope` is what it grants.
pub(crate) async fn serve_tokens(server: &MockServer, nonce: &str, scope: &str) {
    on_get(server, "/organizations/discovery/v2.0/keys", keys()).await;
    let at = noon().timestamp();
    let claims = json!({
        "aud": "client", "iss": format!("{}/{TID}/v2.0", server.uri()), "tid": TID, "oid": OID,
        "nonce": nonce, "iat": at, "nbf": at, "exp": at + 7200, "ver": "2.0",
        "preferred_username": "ann@contoso.example", "name": "Ann Agent",
    });
    let answer = json!({
        "token_type": "Bearer", "expires_in": 4200, "scope": scope, "access_token": "access",
        "refresh_token": "refresh", "id_token": tokens::rs256("entra", tokens::rsa(), &claims),
    });
    Mock::given(method("POST"))
        .and(path("/organizations/oauth2/v2.0/token"))
        .respond_with(ResponseTemplate::new(200).set_body_json(answer))
        .mount(server)
        .await;
}

/// Entra ID gives a token to whoever asks.
pub(crate) async fn accept_everything(server: &MockServer) {
    let token = json!({ "token_type": "Bearer", "expires_in": 3600, "access_token": "a" });
    Mock::given(method("POST"))
        .and(path_regex("/oauth2/v2.0/token$"))
        .respond_with(ResponseTemplate::new(200).set_body_json(token))
        .with_priority(200)
        .mount(server)
        .await;
}
