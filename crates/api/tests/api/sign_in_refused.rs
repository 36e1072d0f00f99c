//! What a sign-in does not let itself be turned into.

use actix_web::{cookie::Cookie, http::Method};
use serde_json::json;

use crate::support::{
    Stage,
    book::Tenant,
    entra::ALL_SCOPES,
    get, request,
    window::{Window, both, hidden, local},
};

async fn stands_untouched(stage: &Stage, of: &Tenant, window: &Window, state: &str) {
    assert_eq!(stage.look(of, window).await["state"], state);
    assert_eq!(stage.connected(of).await, (0, 0));
}

#[actix_web::test]
async fn a_callback_without_a_state_of_ours_connects_nothing() {
    let stage = Stage::new().await;
    let acme = stage.tenant("acme").await;
    let window = stage.open_window(&acme, both()).await;
    for query in [
        vec![("code", "c")],
        vec![("code", "c"), ("state", "")],
        vec![("code", "c"), ("state", "made-up")],
        vec![("state", window.state())],
        vec![("error", "access_denied")],
        vec![],
    ] {
        let page = stage.come_back(&window, &query).await.expect(400);
        assert!(
            page.text.contains("cannot be used any more"),
            "{query:?} {}",
            page.text
        );
        assert!(page.header("content-type").starts_with("text/html"));
    }
    stands_untouched(&stage, &acme, &window, "started").await;
}

#[actix_web::test]
async fn a_state_is_good_once() {
    let stage = Stage::new().await;
    let acme = stage.tenant("acme").await;
    let window = stage.open_window(&acme, both()).await;
    stage.authorize(&window, ALL_SCOPES).await.expect(200);
    let again = stage
        .come_back(&window, &[("code", "code"), ("state", window.state())])
        .await;
    assert!(again.expect(400).text.contains("cannot be used any more"));
    stands_untouched(&stage, &acme, &window, "authorized").await;
}

#[actix_web::test]
async fn another_browser_connects_nothing_and_does_not_use_the_state_up() {
    let stage = Stage::new().await;
    let acme = stage.tenant("acme").await;
    let window = stage.open_window(&acme, both()).await;
    let back = format!("/microsoft/callback?code=c&state={}", window.state());
    let foreign = Cookie::new(window.cookie.name().to_owned(), "another-browsers-secret");
    for request in [get(&back), get(&back).cookie(foreign)] {
        let page = stage.send(request).await.expect(400);
        assert!(page.text.contains("wrong browser"), "{}", page.text);
    }
    stands_untouched(&stage, &acme, &window, "started").await;
    stage.authorize(&window, ALL_SCOPES).await.expect(200);
}

#[actix_web::test]
async fn a_victims_browser_cannot_be_led_into_an_attackers_sign_in() {
    let stage = Stage::new().await;
    let (acme, globex) = (stage.tenant("acme").await, stage.tenant("globex").await);
    let (victim, attacker) = (
        stage.open_window(&acme, both()).await,
        stage.open_window(&globex, both()).await,
    );
    let led = stage
        .come_back(&victim, &[("code", "c"), ("state", attacker.state())])
        .await;
    assert!(led.expect(400).text.contains("wrong browser"));
    stands_untouched(&stage, &globex, &attacker, "started").await;
    stands_untouched(&stage, &acme, &victim, "started").await;
}

#[actix_web::test]
async fn confirming_needs_the_browser_and_our_own_form() {
    let stage = Stage::new().await;
    let acme = stage.tenant("acme").await;
    let window = stage.open_window(&acme, both()).await;
    let page = stage.authorize(&window, ALL_SCOPES).await.expect(200);
    let (ticket, csrf) = (hidden(&page.text, "ticket"), hidden(&page.text, "csrf"));
    let post = |csrf: &str| {
        let form = [("ticket", ticket.clone()), ("csrf", csrf.to_owned())];
        request(Method::POST, "/microsoft/confirm").set_form(form)
    };
    assert!(
        stage
            .send(post(&csrf))
            .await
            .expect(400)
            .text
            .contains("wrong browser")
    );
    let forged = post("forged").cookie(window.cookie.clone());
    assert!(
        stage
            .send(forged)
            .await
            .expect(400)
            .text
            .contains("own page")
    );
    let asked = get(&format!("/microsoft/confirm?ticket={ticket}"));
    assert!(
        stage
            .send(asked)
            .await
            .expect(400)
            .text
            .contains("wrong browser")
    );
    stands_untouched(&stage, &acme, &window, "authorized").await;
}

#[actix_web::test]
async fn a_refusal_is_explained_in_the_window_and_in_the_panel() {
    let stage = Stage::new().await;
    let acme = stage.tenant("acme").await;
    let window = stage.open_window(&acme, both()).await;
    let query = [
        ("error", "access_denied"),
        (
            "error_description",
            "AADSTS65004: User declined to consent.",
        ),
        ("state", window.state()),
    ];
    let page = stage.come_back(&window, &query).await.expect(200);
    assert!(page.text.contains("AADSTS65004"), "{}", page.text);
    assert!(!page.text.contains("admin-consent"));
    let seen = stage.look(&acme, &window).await;
    assert_eq!(seen["state"], "failed");
    assert_eq!(seen["failure"]["code"], "AADSTS65004");
    stage.take(&acme, &window).await.expect(409);
}

#[actix_web::test]
async fn a_missing_permission_fails_in_words() {
    let stage = Stage::new().await;
    let acme = stage.tenant("acme").await;
    let window = stage.open_window(&acme, both()).await;
    let page = stage
        .authorize(&window, "openid profile User.Read Mail.ReadWrite")
        .await
        .expect(200);
    assert!(
        page.text.contains("send mail from this mailbox"),
        "{}",
        page.text
    );
    let seen = stage.look(&acme, &window).await;
    assert_eq!(
        (&seen["state"], &seen["failure"]["code"]),
        (&json!("failed"), &json!("missing_permissions"))
    );
}

#[actix_web::test]
async fn an_id_token_of_another_sign_in_is_not_accepted() {
    let stage = Stage::new().await;
    let acme = stage.tenant("acme").await;
    let mut window = stage.open_window(&acme, both()).await;
    window.query.insert("nonce".into(), "of another".into());
    stage.authorize(&window, ALL_SCOPES).await.expect(200);
    assert_eq!(stage.look(&acme, &window).await["state"], "failed");
}

#[actix_web::test]
async fn a_site_that_removed_the_app_has_no_sign_ins() {
    let stage = Stage::new().await;
    let acme = stage.tenant("acme").await;
    let window = stage.open_window(&acme, both()).await;
    stage
        .set_tenant_state(&acme, postroom_registry::tenant::TenantState::Uninstalled)
        .await;
    stage
        .send(get(local(window.sign_in["url"].as_str().unwrap())))
        .await
        .expect(400);
    stage
        .come_back(&window, &[("code", "c"), ("state", window.state())])
        .await
        .expect(400);
}

#[actix_web::test]
async fn an_unknown_ticket_opens_nothing() {
    let stage = Stage::new().await;
    let page = stage
        .send(get("/microsoft/sign-in/made-up"))
        .await
        .expect(400);
    assert!(page.text.contains("cannot be used any more"));
    assert_eq!(page.header("set-cookie"), "");
}

#[actix_web::test]
async fn a_mailbox_that_does_not_open_is_not_connected() {
    let stage = Stage::new().await;
    let acme = stage.tenant("acme").await;
    let window = stage.open_window(&acme, both()).await;
    let page = stage.authorize(&window, ALL_SCOPES).await.expect(200);
    stage.press(&window, &page).await.expect(200);
    stage.microsoft.reset().await;
    let denied = json!({ "error": { "code": "ErrorAccessDenied", "message": "no" } });
    wiremock::Mock::given(wiremock::matchers::path("/v1.0/me/mailFolders/inbox"))
        .respond_with(wiremock::ResponseTemplate::new(403).set_body_json(denied))
        .mount(&stage.microsoft)
        .await;
    let taken = stage.take(&acme, &window).await.expect(200).json();
    assert_eq!(taken["state"], "failed");
    assert_eq!(taken["failure"]["code"], "ErrorAccessDenied");
    assert_eq!(stage.connected(&acme).await, (0, 0));
}
