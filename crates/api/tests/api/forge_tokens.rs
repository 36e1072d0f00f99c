//! The system token: the only way to speak to a Forge site's Jira, and only Forge's calls bring it.

use actix_web::http::Method;
use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD};
use chrono::{DateTime, TimeDelta, Utc};
use postroom_atlassian::forge::routes;
use postroom_registry::{
    mail, notification,
    tenant::{self, JiraAccess},
};
use secrecy::ExposeSecret as _;
use serde_json::json;
use wiremock::{Mock, ResponseTemplate, matchers::path_regex};

use crate::support::{Stage, house::Front, installation::system_token, jira, request};

/// Sends the hourly call with a token that ends so many minutes from now.
async fn tick(stage: &Stage, minutes: i64) {
    let until = stage.clock.now().timestamp() + minutes * 60;
    let call = stage
        .event_of("acme")
        .with_system_token(&system_token(until));
    let body = Some(json!({}));
    stage
        .invoke(&call, Method::POST, routes::TICK, body)
        .await
        .expect(204);
}

async fn kept(stage: &Stage) -> Option<TimeDelta> {
    let tenant = stage.installed("acme").await.unwrap();
    let until: Option<DateTime<Utc>> = stage.row(tenant).await.system_token_until;
    Some(until? - stage.clock.now())
}

#[actix_web::test]
async fn the_token_that_lives_longest_is_kept_sealed() {
    let stage = Stage::new().await;
    let tenant = stage.forge_tenant("acme").await;
    assert_eq!(kept(&stage).await, Some(TimeDelta::hours(4)));
    stage.clock.advance(TimeDelta::hours(2));
    tick(&stage, 90).await;
    assert_eq!(kept(&stage).await, Some(TimeDelta::hours(2)), "ends sooner");
    tick(&stage, 180).await;
    assert_eq!(kept(&stage).await, Some(TimeDelta::hours(3)));
    let tx = stage.registry.begin(tenant).await.unwrap();
    let JiraAccess::Forge {
        system_token: token,
        ..
    } = tenant::jira_access(&tx).await.unwrap()
    else {
        panic!("no token");
    };
    let until = (stage.clock.now() + TimeDelta::hours(3)).timestamp();
    assert_eq!(token.expose_secret(), system_token(until));
}

#[actix_web::test]
async fn a_token_that_says_it_lives_for_ever_does_not_keep_others_out() {
    let stage = Stage::new().await;
    stage.forge_tenant("acme").await;
    stage.clock.advance(TimeDelta::minutes(10));
    tick(&stage, 60 * 24 * 365).await;
    assert_eq!(kept(&stage).await, Some(TimeDelta::hours(4)));
    stage.clock.advance(TimeDelta::hours(1));
    tick(&stage, 240).await;
    assert_eq!(kept(&stage).await, Some(TimeDelta::hours(4)));
}

#[actix_web::test]
async fn what_is_no_token_or_a_dead_one_or_two_is_not_kept() {
    let stage = Stage::new().await;
    stage.forge_tenant("acme").await;
    stage.clock.advance(TimeDelta::hours(1));
    tick(&stage, -1).await;
    let fresh = || system_token(stage.clock.now().timestamp() + 4 * 3600);
    let bare = || {
        let call = stage.event_of("acme");
        request(Method::POST, routes::TICK)
            .insert_header(("authorization", format!("Bearer {}", call.token())))
            .set_json(json!({}))
    };
    for call in [
        bare(),
        bare().insert_header(("x-forge-oauth-system", "opaque")),
        bare().insert_header(("x-forge-oauth-system", "")),
        bare()
            .append_header(("x-forge-oauth-system", fresh()))
            .append_header(("x-forge-oauth-system", fresh())),
    ] {
        stage.send(call).await.expect(204);
        assert_eq!(kept(&stage).await, Some(TimeDelta::hours(3)));
    }
    let good = bare().insert_header(("x-forge-oauth-system", fresh()));
    stage.send(good).await.expect(204);
    assert_eq!(kept(&stage).await, Some(TimeDelta::hours(4)));
}

#[actix_web::test]
async fn a_forged_call_brings_no_token() {
    let stage = Stage::new().await;
    let tenant = stage.forge_tenant("acme").await;
    stage.clock.advance(TimeDelta::hours(1));
    let fresh = system_token(stage.clock.now().timestamp() + 4 * 3600);
    let good = stage.person_of("acme", jira::ADMIN).token();
    let (rest, _) = good.rsplit_once('.').unwrap();
    let forged = format!("{rest}.AAAA");
    let site = stage.tenant("acme").await;
    for token in [forged, site.context_token(jira::ADMIN), String::new()] {
        let path = "/api/v1/me";
        let answer = stage
            .bearer(&token, Some(&fresh), Method::GET, path, None)
            .await;
        answer.expect(401);
    }
    let by_connect = request(Method::GET, "/api/v1/me")
        .insert_header((
            "authorization",
            format!("JWT {}", site.context_token(jira::ADMIN)),
        ))
        .insert_header(("x-forge-oauth-system", fresh));
    stage.send(by_connect).await;
    let until = stage.row(tenant).await.system_token_until.unwrap();
    assert_eq!(until - stage.clock.now(), TimeDelta::hours(3));
}

#[actix_web::test]
async fn without_a_living_token_the_panel_says_that_jira_cannot_be_asked() {
    let stage = Stage::new().await;
    stage.forge_tenant("acme").await;
    stage.clock.advance(TimeDelta::hours(5));
    let person = stage.person_of("acme", jira::ADMIN);
    let answer = stage
        .invoke(&person, Method::GET, "/api/v1/sources", None)
        .await;
    assert_eq!(answer.expect(503).code(), "waiting_for_jira");
    // The answer is nobody's for a minute: once there is a token, the page works.
    tick(&stage, 240).await;
    let person = stage.person_of("acme", jira::ADMIN);
    stage
        .invoke(&person, Method::GET, "/api/v1/sources", None)
        .await
        .expect(200);
}

/// Atlassian's `requestRemote` has the browser call us, with an invocation token and whatever headers a page likes.
#[actix_web::test]
async fn a_persons_call_brings_no_token_whoever_they_are() {
    let stage = Stage::new().await;
    let tenant = stage.forge_tenant("acme").await;
    stage.clock.advance(TimeDelta::hours(2));
    let until = (stage.clock.now() + TimeDelta::hours(4)).timestamp();
    let claims = URL_SAFE_NO_PAD.encode(json!({ "exp": until }).to_string());
    let evil = format!("x.{claims}.EVIL");
    for account in [jira::AGENT, jira::ADMIN] {
        for (method, path) in [
            (Method::GET, "/api/v1/me"),
            (Method::GET, "/api/v1/sources"),
            (Method::POST, "/api/v1/move"),
        ] {
            let person = stage.person_of("acme", account).with_system_token(&evil);
            stage.invoke(&person, method, path, None).await;
        }
    }
    // Nor to a site of which we know nothing yet.
    let first = stage
        .person_of("globex", jira::ADMIN)
        .with_system_token(&evil);
    stage.invoke(&first, Method::GET, "/api/v1/me", None).await;
    let globex = stage.installed("globex").await.unwrap();
    assert_eq!(stage.row(globex).await.system_token_until, None);
    let until = stage.row(tenant).await.system_token_until.unwrap();
    assert_eq!(until - stage.clock.now(), TimeDelta::hours(2));
}

#[actix_web::test]
async fn a_token_that_jira_refuses_makes_room_for_what_forge_brings_next() {
    let stage = Stage::new().await;
    stage.forge_tenant("acme").await;
    tick(&stage, 60).await;
    assert_eq!(kept(&stage).await, Some(TimeDelta::hours(4)));
    Mock::given(path_regex("^/ex/jira/"))
        .respond_with(ResponseTemplate::new(401))
        .up_to_n_times(1)
        .with_priority(1)
        .mount(&stage.jira)
        .await;
    let sources = async || {
        let person = stage.person_of("acme", jira::ADMIN);
        stage
            .invoke(&person, Method::GET, "/api/v1/sources", None)
            .await
    };
    assert_eq!(sources().await.expect(502).code(), "jira_unavailable");
    assert_eq!(kept(&stage).await, Some(TimeDelta::minutes(15)));
    sources().await.expect(200);
    tick(&stage, 60).await;
    assert_eq!(kept(&stage).await, Some(TimeDelta::hours(1)));
    sources().await.expect(200);
}

#[actix_web::test]
async fn what_waits_for_a_token_goes_on_at_once_when_one_comes() {
    let stage = Stage::new().await;
    let house = stage.house(Front::Forge, "acme").await;
    let acme = house.tenant;
    let source = stage.source(&acme).await;
    let older = stage.mail(&acme, source, "older").await;
    stage.clock.advance(TimeDelta::seconds(1));
    let later = stage.mail(&acme, source, "later").await;
    stage.clock.advance(TimeDelta::hours(5));
    let tx = stage.registry.begin(acme.id).await.unwrap();
    mail::release_fresh(&tx, source).await.unwrap();
    let hold = TimeDelta::minutes(1);
    let at = stage.clock.now() + hold;
    let claim = mail::claim(&tx, older, hold).await.unwrap();
    let row = claim.taken().unwrap();
    mail::hand_back(&tx, &row, at, "no token").await.unwrap();
    mail::waits_for_token(&tx, source, "no token")
        .await
        .unwrap();
    let letter = notification::insert(&tx, "1", "SUP-1", "2").await.unwrap();
    let row = notification::claim(&tx, letter.unwrap(), hold)
        .await
        .unwrap();
    notification::retry_at(&tx, &row.unwrap(), at, "no token", true)
        .await
        .unwrap();
    tx.commit().await.unwrap();
    let due = async || {
        let tx = stage.registry.begin(acme.id).await.unwrap();
        let mut due = Vec::new();
        for id in [older, later] {
            due.push(mail::find(&tx, id).await.unwrap().next_attempt_at);
        }
        let letter = notification::find(&tx, letter.unwrap()).await.unwrap();
        due.push(letter.next_attempt_at);
        let now = Some(stage.clock.now());
        due.iter().all(|at| at.is_some() && *at <= now)
    };
    assert!(!due().await);

    let before = stage.doorbell.pending().await.unwrap();
    tick(&stage, 240).await;
    assert!(due().await);
    let rung = stage.doorbell.pending().await.unwrap() - before;
    assert_eq!(rung, 2, "the oldest mail and the notification");
    // There is one: the next wakes nobody.
    stage.clock.advance(TimeDelta::hours(1));
    tick(&stage, 240).await;
    assert_eq!(stage.doorbell.pending().await.unwrap() - before, 2);
}
