//! The link that the owner of a mailbox gets: what it says, whose it is, and what it cannot be turned into.

use actix_web::http::Method;
use chrono::TimeDelta;
use postroom_registry::SourceId;
use serde_json::{Value, json};
use wiremock::{Mock, ResponseTemplate, matchers::path};

use crate::{
    sign_ins::people::{ANN, ANN_ANEW, BOB, IMPOSTOR, Person, form, left, serve_tokens},
    support::{
        Stage,
        book::Tenant,
        entra::ALL_SCOPES,
        get, jira, request,
        window::{Window, local},
    },
};

const READING: &str = "openid profile User.Read Mail.ReadWrite";

fn owner(source: SourceId) -> Value {
    json!({ "purpose": "source", "source_id": source.to_string(), "asked": "owner" })
}

fn new_by_owner() -> Value {
    json!({ "purpose": "both", "mailbox": "ann@contoso.example", "asked": "owner" })
}

async fn confirm(stage: &Stage, window: &Window, scope: &str, who: Person) -> String {
    let page = stage.sign_in_as(window, scope, who).await.expect(200);
    stage.press(window, &page).await.expect(200).text
}

async fn grant_of(stage: &Stage, of: &Tenant, source: SourceId) -> postroom_registry::GrantId {
    let tx = stage.registry.begin(of.id).await.unwrap();
    postroom_registry::source::find(&tx, source)
        .await
        .unwrap()
        .grant_id
}

#[actix_web::test]
async fn the_link_says_who_asks_for_what_and_opening_it_does_nothing() {
    let stage = Stage::new().await;
    let acme = stage.tenant("acme").await;
    let begun = stage.begin(&acme, new_by_owner()).await;
    assert_eq!(begun["asked"], "owner");
    let link = begun["url"].as_str().unwrap();
    assert!(link.contains("/microsoft/owner/"), "{link}");
    for _ in 0..2 {
        let page = stage.send(get(local(link))).await.expect(200);
        for words in [
            "ann@contoso.example",
            "jira.acme.example",
            "send mail from this mailbox",
            "<h1>",
        ] {
            assert!(page.text.contains(words), "{words} is not in {}", page.text);
        }
        assert_eq!(page.header("set-cookie"), "");
        assert!(
            page.header("content-security-policy")
                .contains("frame-ancestors 'none'")
        );
        assert_eq!(page.header("referrer-policy"), "no-referrer");
    }
    // The ticket opens the owner's page and no other.
    let window = link.replace("/owner/", "/sign-in/");
    stage.send(get(local(&window))).await.expect(400);
}

#[actix_web::test]
async fn the_first_browser_that_begins_has_the_link() {
    let stage = Stage::new().await;
    let acme = stage.tenant("acme").await;
    let begun = stage.begin(&acme, new_by_owner()).await;
    let link = local(begun["url"].as_str().unwrap()).to_owned();
    let before = stage.send(get(&link)).await.expect(200);
    let window = stage.owner_begins(begun).await;
    let taken = stage.send(get(&link)).await.expect(400);
    assert!(taken.text.contains("another browser"), "{}", taken.text);
    let late = stage.submit(&before, "owner", None).await.expect(400);
    assert!(late.text.contains("another browser"), "{}", late.text);
    // The first may begin anew.
    let again = stage
        .send(get(&link).cookie(window.cookie.clone()))
        .await
        .expect(200);
    let gone = stage
        .submit(&again, "owner", Some(window.cookie.clone()))
        .await
        .expect(200);
    let anew = left(&gone, window.sign_in.clone());
    assert_eq!(anew.cookie.value(), window.cookie.value());
    assert_ne!(anew.state(), window.state());
    stage
        .come_back(&window, &[("code", "c"), ("state", window.state())])
        .await
        .expect(400);
    confirm(&stage, &anew, ALL_SCOPES, ANN).await;
    let used = stage
        .send(get(&link).cookie(window.cookie.clone()))
        .await
        .expect(200);
    assert!(
        used.text.contains("Done") && !used.text.contains("<form"),
        "{}",
        used.text
    );
}

#[actix_web::test]
async fn a_new_mailbox_waits_for_the_account_that_made_the_link() {
    let stage = Stage::new().await;
    let acme = stage.tenant("acme").await;
    let begun = stage.begin(&acme, new_by_owner()).await;
    let window = stage.owner_begins(begun).await;
    let done = confirm(&stage, &window, ALL_SCOPES, ANN).await;
    assert!(done.contains("Whoever sent you the link"), "{done}");
    assert_eq!(stage.look(&acme, &window).await["state"], "confirmed");
    assert_eq!(stage.connected(&acme).await, (0, 0));
    let take = format!("/sign-ins/{}/take", window.id());
    let other = acme.context_token("other-admin");
    stage
        .panel(&other, Method::POST, &take, None)
        .await
        .expect(404);
    stage.take(&acme, &window).await.expect(200);
    assert_eq!(stage.connected(&acme).await, (1, 1));
}

#[actix_web::test]
async fn the_very_owner_is_taken_at_once_and_keeps_everything() {
    for who in [ANN, ANN_ANEW] {
        let stage = Stage::new().await;
        let acme = stage.tenant("acme").await;
        let source = stage.source(&acme).await;
        stage.mail(&acme, source, "printer").await;
        let before = grant_of(&stage, &acme, source).await;
        let begun = stage.begin(&acme, owner(source)).await;
        let window = stage.owner_begins(begun).await;
        let done = confirm(&stage, &window, READING, who).await;
        assert!(done.contains("goes to jira.acme.example again"), "{done}");
        assert_eq!(stage.look(&acme, &window).await["state"], "connected");
        assert_ne!(grant_of(&stage, &acme, source).await, before);
        let seen = stage
            .admin(&acme, Method::GET, &format!("/sources/{source}"), None)
            .await
            .json();
        assert_eq!(seen["total"], 1);
        assert_eq!(stage.connected(&acme).await, (1, 0));
    }
}

#[actix_web::test]
async fn a_colleague_waits_for_the_panel() {
    let stage = Stage::new().await;
    let acme = stage.tenant("acme").await;
    let source = stage.source(&acme).await;
    let before = grant_of(&stage, &acme, source).await;
    let begun = stage.begin(&acme, owner(source)).await;
    let window = stage.owner_begins(begun).await;
    let page = stage.sign_in_as(&window, READING, BOB).await.expect(200);
    assert!(
        page.text
            .contains("You signed in as bob@contoso.example; the mailbox is ann@contoso.example"),
        "{}",
        page.text
    );
    let first = page.text.find("Sign in as somebody else").unwrap();
    assert!(first < page.text.find("Connect this mailbox").unwrap());
    // Going on as Bob asks Microsoft for what a delegate needs.
    let gone = stage.press(&window, &page).await.expect(200);
    let more = left(&gone, window.sign_in.clone());
    assert!(
        more.query["scope"].contains("Mail.ReadWrite.Shared"),
        "{:?}",
        more.query
    );
    assert_eq!(more.query["login_hint"], "bob@contoso.example");
    let scope = "openid profile User.Read Mail.ReadWrite.Shared";
    let done = confirm(&stage, &more, scope, BOB).await;
    assert!(done.contains("Whoever sent you the link"), "{done}");
    assert_eq!(stage.look(&acme, &window).await["state"], "confirmed");
    assert_eq!(grant_of(&stage, &acme, source).await, before);
}

#[actix_web::test]
async fn who_graph_does_not_know_is_no_owner() {
    let stage = Stage::new().await;
    let acme = stage.tenant("acme").await;
    let source = stage.source(&acme).await;
    let before = grant_of(&stage, &acme, source).await;
    let begun = stage.begin(&acme, owner(source)).await;
    let window = stage.owner_begins(begun).await;
    stage.microsoft.reset().await;
    Mock::given(path("/v1.0/me"))
        .respond_with(ResponseTemplate::new(403))
        .mount(&stage.microsoft)
        .await;
    serve_tokens(&stage.microsoft, &window, READING, ANN_ANEW).await;
    let query = [("code", "code"), ("state", window.state())];
    let page = stage.come_back(&window, &query).await.expect(200);
    assert!(page.text.contains("whose mailbox this is"), "{}", page.text);
    assert_eq!(stage.look(&acme, &window).await["state"], "failed");
    assert_eq!(grant_of(&stage, &acme, source).await, before);
    // The owner goes on by themselves.
    let gone = stage.submit(&page, "again", Some(window.cookie.clone()));
    let anew = left(&gone.await.expect(200), window.sign_in.clone());
    confirm(&stage, &anew, READING, ANN_ANEW).await;
    assert_eq!(stage.look(&acme, &window).await["state"], "connected");
}

#[actix_web::test]
async fn an_address_of_another_organisation_is_worth_nothing() {
    let stage = Stage::new().await;
    let acme = stage.tenant("acme").await;
    let source = stage.source(&acme).await;
    let before = grant_of(&stage, &acme, source).await;
    let begun = stage.begin(&acme, owner(source)).await;
    let window = stage.owner_begins(begun).await;
    let page = stage
        .sign_in_as(&window, READING, IMPOSTOR)
        .await
        .expect(200);
    assert!(!page.text.contains("<script>alert"), "{}", page.text);
    stage.press(&window, &page).await.expect(200);
    assert_eq!(stage.look(&acme, &window).await["state"], "confirmed");
    let taken = stage.take(&acme, &window).await.expect(200).json();
    assert_eq!(taken["state"], "failed");
    assert_eq!(taken["failure"]["code"], "other_organisation");
    assert_eq!(grant_of(&stage, &acme, source).await, before);
}

#[actix_web::test]
async fn a_link_ends_after_a_week() {
    let stage = Stage::new().await;
    let acme = stage.tenant("acme").await;
    let begun = stage.begin(&acme, new_by_owner()).await;
    let link = local(begun["url"].as_str().unwrap()).to_owned();
    let page = stage.send(get(&link)).await.expect(200);
    stage.clock.advance(TimeDelta::days(7));
    stage.send(get(&link)).await.expect(410);
    stage.submit(&page, "owner", None).await.expect(410);
}

#[actix_web::test]
async fn a_link_that_was_taken_back_is_dead_at_every_step() {
    let stage = Stage::new().await;
    let acme = stage.tenant("acme").await;
    let begun = stage.begin(&acme, new_by_owner()).await;
    let link = local(begun["url"].as_str().unwrap()).to_owned();
    let window = stage.owner_begins(begun).await;
    let page = stage.sign_in_as(&window, ALL_SCOPES, ANN).await.expect(200);
    let path = format!("/sign-ins/{}", window.id());
    let other = acme.context_token("other-admin");
    stage
        .panel(&other, Method::DELETE, &path, None)
        .await
        .expect(404);
    for _ in 0..2 {
        stage
            .admin(&acme, Method::DELETE, &path, None)
            .await
            .expect(204);
    }
    stage.press(&window, &page).await.expect(410);
    stage
        .send(get(&link).cookie(window.cookie.clone()))
        .await
        .expect(410);
    stage.take(&acme, &window).await.expect(409);
    let open = stage
        .admin(&acme, Method::GET, "/sign-ins?open=true", None)
        .await
        .expect(200)
        .json();
    assert_eq!(open["items"], json!([]));
    assert_eq!(stage.connected(&acme).await, (0, 0));
}

#[actix_web::test]
async fn another_site_cannot_begin_or_confirm_it() {
    let stage = Stage::new().await;
    let acme = stage.tenant("acme").await;
    let begun = stage.begin(&acme, new_by_owner()).await;
    let page = stage
        .send(get(local(begun["url"].as_str().unwrap())))
        .await
        .expect(200);
    let (action, fields) = form(&page, "owner");
    for site in ["cross-site", "same-site", "none"] {
        let led = request(Method::POST, &action)
            .set_form(&fields)
            .insert_header(("sec-fetch-site", site));
        let refused = stage.send(led).await.expect(400);
        assert_eq!(refused.header("set-cookie"), "");
    }
    let ours = request(Method::POST, &action)
        .set_form(&fields)
        .insert_header(("sec-fetch-site", "same-origin"));
    stage.send(ours).await.expect(200);
}

#[actix_web::test]
async fn an_owner_who_failed_can_begin_anew_in_the_same_browser() {
    let stage = Stage::new().await;
    let acme = stage.tenant("acme").await;
    let begun = stage.begin(&acme, new_by_owner()).await;
    let window = stage.owner_begins(begun).await;
    let query = [
        ("error", "access_denied"),
        (
            "error_description",
            "AADSTS65004: User declined to consent.",
        ),
        ("state", window.state()),
    ];
    let failed = stage.come_back(&window, &query).await.expect(200);
    assert!(failed.text.contains("AADSTS65004"), "{}", failed.text);
    stage.submit(&failed, "again", None).await.expect(400);
    let gone = stage
        .submit(&failed, "again", Some(window.cookie.clone()))
        .await
        .expect(200);
    let anew = left(&gone, window.sign_in.clone());
    confirm(&stage, &anew, ALL_SCOPES, ANN).await;
    assert_eq!(stage.look(&acme, &anew).await["state"], "confirmed");
}

#[actix_web::test]
async fn a_strangers_site_has_no_such_link() {
    let stage = Stage::new().await;
    let (acme, globex) = (stage.tenant("acme").await, stage.tenant("globex").await);
    let begun = stage.begin(&acme, new_by_owner()).await;
    let path = format!("/sign-ins/{}", begun["id"].as_str().unwrap());
    let stranger = globex.context_token(jira::ADMIN);
    for (method, path) in [
        (Method::GET, path.clone()),
        (Method::DELETE, path.clone()),
        (Method::POST, format!("{path}/take")),
        (Method::POST, format!("{path}/ask-approval")),
    ] {
        stage
            .panel(&stranger, method, &path, None)
            .await
            .expect(404);
    }
    let open = stage
        .panel(&stranger, Method::GET, "/sign-ins", None)
        .await
        .expect(200)
        .json();
    assert_eq!(open["items"], json!([]));
}
