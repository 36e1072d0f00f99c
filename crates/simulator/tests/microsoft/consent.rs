use reqwest::Method;
use serde_json::{Value, json};

use crate::{
    browser::{Browser, Next, Page, authorize_url, sign_in},
    world::{ANN, SUPPORT, World},
};

async fn policy(world: &World, policy: &str) {
    let body = json!({ "name": "contoso", "consent_policy": policy });
    world
        .control(Method::POST, "/microsoft/directories", &body)
        .await;
}

async fn picked(world: &World, browser: &Browser, user: &str, more: &[(&str, &str)]) -> Next {
    let page = browser
        .open(&authorize_url(world, "common", more))
        .await
        .page();
    browser.press(&page, "pick", "user", user).await
}

fn needs_admin(page: &Page) -> bool {
    page.texts("h1")[0] == "Need admin approval" && page.html.contains("AADSTS90094")
}

#[tokio::test]
async fn the_page_says_in_words_what_is_asked() {
    let world = World::start().await;
    let page = picked(&world, &Browser::new(), SUPPORT, &[]).await.page();
    let words = page.texts("li");
    assert!(
        words.contains(&"Read and write access to your mail".to_owned()),
        "{words:?}"
    );
    assert!(words.contains(&"Send mail as you".to_owned()));
}

#[tokio::test]
async fn what_was_granted_is_not_asked_again_unless_wanted() {
    let world = World::start().await;
    sign_in(&world, SUPPORT, &[]).await;
    picked(&world, &Browser::new(), SUPPORT, &[]).await.back();
    picked(&world, &Browser::new(), SUPPORT, &[("prompt", "consent")])
        .await
        .page();
    let more = [("scope", "openid Mail.ReadWrite Mail.Read.Shared")];
    let page = picked(&world, &Browser::new(), SUPPORT, &more).await.page();
    assert_eq!(page.texts("li"), ["Read mail that you can access"]);
    picked(&world, &Browser::new(), ANN, &[]).await.page();
}

#[tokio::test]
async fn declining_is_told_to_the_application() {
    let world = World::start().await;
    let browser = Browser::new();
    let page = picked(&world, &browser, SUPPORT, &[]).await.page();
    let back = browser
        .press(&page, "consent", "decision", "cancel")
        .await
        .back();
    assert_eq!(back["error"], "access_denied");
    assert!(back["error_description"].starts_with("AADSTS65004"));
    let again = browser
        .press(&page, "consent", "decision", "accept")
        .await
        .page();
    assert!(again.html.contains("AADSTS50089"), "a decided flow is over");
}

#[tokio::test]
async fn where_only_admins_consent_a_user_needs_one() {
    let world = World::start().await;
    policy(&world, "admin_only").await;
    let browser = Browser::new();
    let page = picked(&world, &browser, SUPPORT, &[]).await.page();
    assert!(needs_admin(&page));
    let forged = browser
        .press(&page, "consent", "decision", "accept")
        .await
        .back();
    assert_eq!(
        forged["error"], "access_denied",
        "the policy holds against a forged form"
    );
    let page = picked(&world, &browser, SUPPORT, &[]).await.page();
    let back = browser
        .press(&page, "consent", "decision", "cancel")
        .await
        .back();
    assert!(back["error_description"].starts_with("AADSTS90094"));
}

#[tokio::test]
async fn the_managed_policy_lets_a_user_allow_sending_but_not_reading() {
    let world = World::start().await;
    policy(&world, "microsoft_managed").await;
    let reading = picked(
        &world,
        &Browser::new(),
        SUPPORT,
        &[("scope", "openid Mail.Read")],
    )
    .await
    .page();
    assert!(needs_admin(&reading));
    let sending = picked(
        &world,
        &Browser::new(),
        SUPPORT,
        &[("scope", "openid Mail.Send")],
    )
    .await
    .page();
    assert!(!needs_admin(&sending));
}

#[tokio::test]
async fn an_admin_can_consent_for_everybody_while_signing_in() {
    let world = World::start().await;
    policy(&world, "admin_only").await;
    let browser = Browser::new();
    let page = picked(&world, &browser, ANN, &[]).await.page();
    let (action, mut fields) = page.form("consent").unwrap();
    fields.extend([
        ("decision".into(), "accept".into()),
        ("organization".into(), "1".into()),
    ]);
    let answer = world.http.post(action).form(&fields).send().await.unwrap();
    assert_eq!(answer.status(), 302);
    picked(&world, &Browser::new(), SUPPORT, &[]).await.back();
    world
        .control(
            Method::DELETE,
            "/microsoft/directories/contoso/consents",
            &Value::Null,
        )
        .await;
    assert!(needs_admin(
        &picked(&world, &Browser::new(), SUPPORT, &[]).await.page()
    ));
}
