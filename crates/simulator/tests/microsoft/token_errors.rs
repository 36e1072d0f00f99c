use chrono::TimeDelta;
use rstest::rstest;
use serde_json::{Value, json};

use crate::{
    browser::{VERIFIER, redeem, redemption, sign_in},
    world::{CLIENT_ID, REDIRECT, SECRET, SUPPORT, World},
};

/// Status, `error` and number.
type Told = (u16, String, i64);

async fn told(answer: reqwest::Response) -> Told {
    let status = answer.status().as_u16();
    let body: Value = answer.json().await.unwrap();
    let code = body["error_codes"][0].as_i64().unwrap();
    assert!(
        body["error_description"]
            .as_str()
            .unwrap()
            .starts_with(&format!("AADSTS{code}: "))
    );
    assert!(
        body["error_uri"]
            .as_str()
            .unwrap()
            .ends_with(&format!("/error?code={code}"))
    );
    for name in ["timestamp", "trace_id", "correlation_id"] {
        assert!(body[name].is_string(), "{name} is missing");
    }
    (status, body["error"].as_str().unwrap().to_owned(), code)
}

#[rstest]
#[case::unknown_app("client_id", "nobody", 400, "unauthorized_client", 700016)]
#[case::wrong_secret("client_secret", "wrong", 401, "invalid_client", 7000215)]
#[case::no_secret("client_secret", "", 401, "invalid_client", 7000218)]
#[case::verifier(
    "code_verifier",
    "another-verifier-of-more-than-forty-three-characters",
    400,
    "invalid_grant",
    501481
)]
#[case::no_verifier("code_verifier", "", 400, "invalid_request", 900144)]
#[case::redirect(
    "redirect_uri",
    "http://localhost:9/other",
    400,
    "invalid_request",
    50011
)]
#[case::no_code("code", "", 400, "invalid_request", 900144)]
#[case::wrong_code("code", "1.AXQAnonsense", 400, "invalid_grant", 70000)]
#[case::grant_type("grant_type", "password", 400, "unsupported_grant_type", 70003)]
#[case::two_resources(
    "scope",
    "Mail.Read https://outlook.office365.com/EWS.AccessAsUser.All",
    400,
    "invalid_scope",
    700022
)]
#[case::not_consented("scope", "Mail.Read.Shared", 400, "invalid_grant", 65001)]
#[tokio::test]
async fn each_wrong_parameter_has_its_number(
    #[case] name: &str,
    #[case] value: &str,
    #[case] status: u16,
    #[case] error: &str,
    #[case] code: i64,
) {
    let world = World::start().await;
    let back = sign_in(&world, SUPPORT, &[]).await;
    let mut form = redemption(&back["code"]).to_vec();
    form.retain(|(other, _)| *other != name);
    if !value.is_empty() {
        form.push((name, value));
    }
    assert_eq!(
        told(world.token(&form).await).await,
        (status, error.to_owned(), code)
    );
    redeem(&world, &back["code"]).await;
}

#[tokio::test]
async fn a_code_is_good_once() {
    let world = World::start().await;
    let back = sign_in(&world, SUPPORT, &[]).await;
    redeem(&world, &back["code"]).await;
    let again = world.token(&redemption(&back["code"])).await;
    assert_eq!(told(again).await, (400, "invalid_grant".into(), 54005));
}

#[tokio::test]
async fn a_code_is_good_for_ten_minutes() {
    let world = World::start().await;
    let back = sign_in(&world, SUPPORT, &[]).await;
    world.clock.advance(TimeDelta::seconds(601));
    assert_eq!(
        told(world.token(&redemption(&back["code"])).await).await.2,
        70008
    );
}

#[tokio::test]
async fn a_code_belongs_to_its_authority() {
    let world = World::start().await;
    let back = sign_in(&world, SUPPORT, &[]).await;
    let url = world.url("/customer.example/oauth2/v2.0/token");
    let answer = world
        .http
        .post(url)
        .form(&redemption(&back["code"]))
        .send()
        .await
        .unwrap();
    assert_eq!(told(answer).await.2, 700005);
}

#[tokio::test]
async fn a_verifier_without_a_challenge_is_refused() {
    let world = World::start().await;
    let more = [("code_challenge", ""), ("code_challenge_method", "")];
    let back = sign_in(&world, SUPPORT, &more).await;
    assert_eq!(
        told(world.token(&redemption(&back["code"])).await).await.2,
        501481
    );
}

#[tokio::test]
async fn an_expired_secret_is_not_a_wrong_one() {
    let world = World::start().await;
    let registration = json!({
        "client_id": CLIENT_ID, "client_secret": SECRET, "redirect_uris": [REDIRECT], "secret_expired": true,
    });
    world
        .control(
            reqwest::Method::POST,
            "/microsoft/registrations",
            &registration,
        )
        .await;
    let back = sign_in(&world, SUPPORT, &[]).await;
    assert_eq!(
        told(world.token(&redemption(&back["code"])).await).await,
        (401, "invalid_client".into(), 7_000_222)
    );
}

#[tokio::test]
async fn the_application_may_prove_itself_by_basic_or_by_both() {
    let world = World::start().await;
    let url = world.url("/common/oauth2/v2.0/token");
    for in_body in [false, true] {
        let back = sign_in(&world, SUPPORT, &[]).await;
        let mut form = redemption(&back["code"]).to_vec();
        form.retain(|(name, _)| in_body || !name.starts_with("client_"));
        let answer = world
            .http
            .post(&url)
            .basic_auth(CLIENT_ID, Some(SECRET))
            .form(&form)
            .send()
            .await
            .unwrap();
        assert_eq!(answer.status(), 200);
    }
    let wrong = world
        .http
        .post(&url)
        .basic_auth(CLIENT_ID, Some("wrong"))
        .form(&[("grant_type", "refresh_token")]);
    assert_eq!(told(wrong.send().await.unwrap()).await.2, 7_000_215);
}

#[tokio::test]
async fn a_confidential_client_is_no_web_page() {
    let world = World::start().await;
    let back = sign_in(&world, SUPPORT, &[]).await;
    let request = world
        .http
        .post(world.url("/common/oauth2/v2.0/token"))
        .form(&redemption(&back["code"]));
    let answer = request
        .header("origin", "http://localhost:9")
        .send()
        .await
        .unwrap();
    assert_eq!(told(answer).await.2, 9_002_326);
    assert!(VERIFIER.len() > 43);
}
