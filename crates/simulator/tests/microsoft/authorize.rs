use rstest::rstest;

use crate::{
    browser::{Browser, Next, authorize_url},
    world::World,
};

#[rstest]
#[case::unknown_client(&[("client_id", "nobody")], 700016)]
#[case::no_client(&[("client_id", "")], 900144)]
#[case::other_redirect(&[("redirect_uri", "http://localhost:9/microsoft/callback/")], 50011)]
#[tokio::test]
async fn an_unproven_application_hears_nothing(#[case] more: &[(&str, &str)], #[case] code: u32) {
    let world = World::start().await;
    let page = Browser::new()
        .open(&authorize_url(&world, "common", more))
        .await
        .page();
    assert_eq!(page.status, 400);
    assert!(
        page.texts("#error")[0].contains(&format!("AADSTS{code}")),
        "{}",
        page.html
    );
}

#[rstest]
#[case::type_missing(&[("response_type", "")], "invalid_request", 900144)]
#[case::type_token(&[("response_type", "token")], "unsupported_response_type", 700054)]
#[case::scope_missing(&[("scope", "")], "invalid_request", 900144)]
#[case::scope_unknown(&[("scope", "openid Mail.Everything")], "invalid_client", 650053)]
#[case::resource_unknown(&[("scope", "https://example.com/Mail.Read")], "invalid_resource", 500011)]
#[case::default_mixed(&[("scope", "https://graph.microsoft.com/.default Mail.Read")], "invalid_scope", 70011)]
#[case::challenge_short(&[("code_challenge", "short")], "invalid_request", 501491)]
#[case::prompt_unknown(&[("prompt", "please")], "invalid_request", 90023)]
#[case::hint_and_picker(&[("login_hint", "ann@contoso.example")], "invalid_request", 90023)]
#[case::nobody_signed_in(&[("prompt", "none")], "login_required", 50058)]
#[tokio::test]
async fn a_proven_application_hears_why(
    #[case] more: &[(&str, &str)],
    #[case] error: &str,
    #[case] code: u32,
) {
    let world = World::start().await;
    let back = Browser::new()
        .open(&authorize_url(&world, "common", more))
        .await
        .back();
    assert_eq!(
        (back["error"].as_str(), back["state"].as_str()),
        (error, "a state")
    );
    assert!(
        back["error_description"].starts_with(&format!("AADSTS{code}: ")),
        "{}",
        back["error_description"]
    );
}

#[tokio::test]
async fn an_unknown_directory_is_said() {
    let world = World::start().await;
    let page = Browser::new()
        .open(&authorize_url(&world, "nowhere.example", &[]))
        .await
        .page();
    assert!(page.texts("#error")[0].contains("AADSTS90002"));
}

#[tokio::test]
async fn a_form_that_lay_too_long_is_over() {
    let world = World::start().await;
    let browser = Browser::new();
    let page = browser
        .open(&authorize_url(&world, "common", &[]))
        .await
        .page();
    world.clock.advance(chrono::TimeDelta::minutes(16));
    let Next::Page(page) = browser
        .press(&page, "pick", "user", crate::world::SUPPORT)
        .await
    else {
        panic!("the form was still good");
    };
    assert!(page.texts("#error")[0].contains("AADSTS50089"));
}
