use jsonwebtoken::{Algorithm, DecodingKey, Validation, jwk::JwkSet};
use serde_json::{Value, json};

use crate::{
    browser::{Browser, Next, authorize_url, graph, redeem, sign_in, tokens},
    world::{ANN, CLIENT_ID, SCOPE, SUPPORT, World},
};

#[tokio::test]
async fn the_whole_flow_ends_with_tokens_that_open_the_mailbox() {
    let world = World::start().await;
    let back = sign_in(&world, SUPPORT, &[]).await;
    assert_eq!(back["state"], "a state");
    assert!(back.contains_key("session_state"));
    let tokens = redeem(&world, &back["code"]).await;
    assert_eq!(tokens["token_type"], "Bearer");
    assert!((3600..5400).contains(&tokens["expires_in"].as_i64().unwrap()));
    let scope = tokens["scope"].as_str().unwrap();
    assert!(
        scope.split(' ').any(|name| name == "Mail.ReadWrite") && !scope.contains("offline_access"),
        "{scope}"
    );
    let me = world
        .http
        .get(world.url("/v1.0/me"))
        .bearer_auth(tokens["access_token"].as_str().unwrap());
    let me: Value = me.send().await.unwrap().json().await.unwrap();
    assert_eq!(me["userPrincipalName"], SUPPORT);
}

async fn claims(world: &World, id_token: &str) -> Value {
    let keys: JwkSet = world
        .http
        .get(world.url("/common/discovery/v2.0/keys"))
        .send()
        .await
        .unwrap()
        .json()
        .await
        .unwrap();
    let kid = jsonwebtoken::decode_header(id_token).unwrap().kid.unwrap();
    let mut validation = Validation::new(Algorithm::RS256);
    validation.set_audience(&[CLIENT_ID]);
    validation.validate_exp = false;
    let key = DecodingKey::from_jwk(keys.find(&kid).unwrap()).unwrap();
    jsonwebtoken::decode(id_token, &key, &validation)
        .unwrap()
        .claims
}

#[tokio::test]
async fn the_id_token_says_who_signed_in_and_is_signed() {
    let world = World::start().await;
    let tokens = tokens(&world, SUPPORT, SCOPE).await;
    let claims = claims(&world, tokens["id_token"].as_str().unwrap()).await;
    let issuer = format!(
        "{}/{}/v2.0",
        world.simulator.microsoft_url(),
        claims["tid"].as_str().unwrap()
    );
    assert_eq!(claims["iss"], issuer);
    assert_eq!(
        (&claims["preferred_username"], &claims["ver"]),
        (&json!(SUPPORT), &json!("2.0"))
    );
    assert_eq!(claims["nonce"], "a-nonce");
    assert_eq!(
        claims["exp"].as_i64().unwrap() - claims["iat"].as_i64().unwrap(),
        3600
    );
    assert!(claims["oid"].is_string() && claims.get("email").is_none());
}

#[tokio::test]
async fn what_was_not_asked_for_is_not_given() {
    let world = World::start().await;
    let bare = tokens(&world, SUPPORT, "Mail.Read").await;
    assert!(bare.get("id_token").is_none() && bare.get("refresh_token").is_none());
    let without_profile = tokens(&world, SUPPORT, "openid Mail.Read").await;
    let claims = claims(&world, without_profile["id_token"].as_str().unwrap()).await;
    assert!(claims.get("oid").is_none() && claims["sub"].is_string());
}

#[tokio::test]
async fn scopes_come_back_as_they_were_spelled() {
    let world = World::start().await;
    let tokens = tokens(&world, SUPPORT, "https://graph.microsoft.com/Mail.Read").await;
    assert_eq!(tokens["scope"], "https://graph.microsoft.com/Mail.Read");
}

#[tokio::test]
async fn a_session_signs_in_without_a_page_unless_one_is_wanted() {
    let world = World::start().await;
    let browser = Browser::new();
    let page = browser
        .open(&authorize_url(&world, "common", &[]))
        .await
        .page();
    let page = browser.press(&page, "pick", "user", SUPPORT).await.page();
    browser
        .press(&page, "consent", "decision", "accept")
        .await
        .back();
    let silent = browser
        .open(&authorize_url(&world, "common", &[("prompt", "none")]))
        .await
        .back();
    assert!(silent.contains_key("code"));
    assert!(matches!(
        browser.open(&authorize_url(&world, "common", &[])).await,
        Next::Page(_)
    ));
    let other = [("prompt", ""), ("login_hint", ANN)];
    assert!(matches!(
        browser.open(&authorize_url(&world, "common", &other)).await,
        Next::Page(_)
    ));
}

#[tokio::test]
async fn a_form_post_carries_the_same_answer() {
    let world = World::start().await;
    sign_in(&world, SUPPORT, &[]).await;
    let browser = Browser::new();
    let page = browser
        .open(&authorize_url(
            &world,
            "common",
            &[("response_mode", "form_post")],
        ))
        .await
        .page();
    let page = browser.press(&page, "pick", "user", SUPPORT).await.page();
    let (action, fields) = page.form("response").unwrap();
    assert_eq!(action.as_str(), crate::world::REDIRECT);
    let names: Vec<_> = fields.iter().map(|(name, _)| name.as_str()).collect();
    assert_eq!(names, ["code", "session_state", "state"]);
}

#[tokio::test]
async fn client_info_names_the_account() {
    let world = World::start().await;
    let back = sign_in(&world, SUPPORT, &[("client_info", "1")]).await;
    assert!(back.contains_key("client_info"));
}

#[tokio::test]
async fn the_page_lists_who_may_sign_in_here() {
    let world = World::start().await;
    let browser = Browser::new();
    let page = browser
        .open(&authorize_url(&world, "customer.example", &[]))
        .await
        .page();
    let buttons = page.texts("form#pick button");
    assert!(
        buttons.len() == 1 && buttons[0].contains("carl@customer.example"),
        "{buttons:?}"
    );
    let page = browser.press(&page, "pick", "user", SUPPORT).await.page();
    assert!(page.texts("#error")[0].contains("AADSTS50020"));
}

#[tokio::test]
async fn a_second_bearer_is_another_user() {
    let world = World::start().await;
    let ann = graph(&world, ANN, SCOPE).await;
    assert_eq!(ann.get("/me").await["displayName"], "Ann Agent");
}
