use std::collections::HashMap;

use url::Url;

use crate::{
    browser::{Browser, Next, Page, authorize_url},
    world::{ANN, CLIENT_ID, REDIRECT, SUPPORT, World},
};

fn url(world: &World, segment: &str) -> String {
    let base = world.url(&format!("/{segment}/v2.0/adminconsent"));
    let scope = "https://graph.microsoft.com/.default";
    let parameters = [
        ("client_id", CLIENT_ID),
        ("redirect_uri", REDIRECT),
        ("scope", scope),
        ("state", "x y"),
    ];
    Url::parse_with_params(&base, parameters).unwrap().into()
}

async fn asked(world: &World, browser: &Browser, user: &str) -> Page {
    let page = browser.open(&url(world, "organizations")).await.page();
    browser.press(&page, "pick", "user", user).await.page()
}

async fn decide(world: &World, decision: &str) -> HashMap<String, String> {
    let browser = Browser::new();
    let page = asked(world, &browser, ANN).await;
    browser
        .press(&page, "consent", "decision", decision)
        .await
        .back()
}

#[tokio::test]
async fn an_accepted_consent_is_for_the_whole_directory() {
    let world = World::start().await;
    let back = decide(&world, "accept").await;
    assert_eq!(
        (back["admin_consent"].as_str(), back["state"].as_str()),
        ("True", "x y")
    );
    assert_eq!(back["tenant"].len(), 36);
    assert!(back["scope"].contains("https://graph.microsoft.com/Mail.ReadWrite"));
    assert!(!back.contains_key("code") && !back.contains_key("error"));
    let browser = Browser::new();
    let more = [("scope", "User.Read Mail.ReadWrite")];
    let page = browser
        .open(&authorize_url(&world, "common", &more))
        .await
        .page();
    assert!(matches!(
        browser.press(&page, "pick", "user", SUPPORT).await,
        Next::Back(_)
    ));
}

#[tokio::test]
async fn a_refused_one_says_admin_consent_and_an_error() {
    let world = World::start().await;
    let back = decide(&world, "cancel").await;
    assert_eq!(
        (back["admin_consent"].as_str(), back["error"].as_str()),
        ("True", "consent_required")
    );
    assert!(back["error_description"].starts_with("AADSTS65004"));
}

#[tokio::test]
async fn who_is_no_admin_cannot_consent() {
    let world = World::start().await;
    let browser = Browser::new();
    let page = asked(&world, &browser, SUPPORT).await;
    assert_eq!(page.texts("h1"), ["Need admin approval"]);
    let back = browser
        .press(&page, "consent", "decision", "accept")
        .await
        .back();
    assert_eq!(back["error"], "consent_required");
}

#[tokio::test]
async fn common_is_no_directory() {
    let world = World::start().await;
    let page = Browser::new().open(&url(&world, "common")).await.page();
    assert!(page.html.contains("AADSTS50059"));
}
