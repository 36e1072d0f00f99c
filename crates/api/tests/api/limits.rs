//! Who asks too often waits, and keeps nobody else waiting.

use actix_web::http::Method;
use postroom_api::Limits;
use serde_json::json;

use crate::support::{Answer, Stage, book::Tenant, get, jira, request};

/// More than any burst in here.
const MANY: usize = 200;

async fn stage(tenant_per_second: u32, address_per_second: u32) -> Stage {
    Stage::limited(Limits {
        tenant_per_second,
        address_per_second,
        trusted_proxies: vec!["10.0.0.0/8".parse().unwrap()],
        ..Limits::default()
    })
    .await
}

fn refused(answer: &Answer) -> bool {
    if answer.status != 429 {
        return false;
    }
    assert_eq!(answer.code(), "too_many_requests");
    let seconds: u64 = answer.header("retry-after").parse().unwrap();
    assert!(seconds >= 1, "{seconds}");
    true
}

/// A request as a proxy passes it on.
async fn from(stage: &Stage, peer: &str, forwarded: Option<&str>) -> Answer {
    let mut request =
        get("/atlassian-connect.json").peer_addr(format!("{peer}:4711").parse().unwrap());
    if let Some(forwarded) = forwarded {
        request = request.insert_header(("x-forwarded-for", forwarded));
    }
    stage.send(request).await
}

async fn is_refused_soon(stage: &Stage, peer: &str, forwarded: Option<&str>) -> bool {
    for _ in 0..MANY {
        if refused(&from(stage, peer, forwarded).await) {
            return true;
        }
    }
    false
}

#[actix_web::test]
async fn a_noisy_tenant_waits_and_the_others_do_not() {
    let stage = stage(1, 0).await;
    let (acme, globex) = (stage.tenant("acme").await, stage.tenant("globex").await);
    let mut answered = 0;
    let last = loop {
        let answer = stage.admin(&acme, Method::GET, "/me", None).await;
        if answer.status != 200 || answered == MANY {
            break answer;
        }
        answered += 1;
    };
    assert!(refused(&last), "{}", last.text);
    assert!(answered >= 4, "a burst passes: {answered}");
    // By whichever account, and whatever is asked.
    let agent = acme.context_token(jira::AGENT);
    let anything = stage
        .panel(&agent, Method::GET, "/no/such/route", None)
        .await;
    assert!(refused(&anything) || anything.status == 404);
    stage
        .admin(&globex, Method::GET, "/me", None)
        .await
        .expect(200);
}

#[actix_web::test]
async fn nobody_pays_for_who_is_not_proved_to_be_theirs() {
    let stage = stage(1, 0).await;
    let acme = stage.tenant("acme").await;
    let mut forged = stage.tenant("globex").await;
    forged.client_key = "acme".to_owned();
    for _ in 0..20 {
        stage
            .admin(&forged, Method::GET, "/me", None)
            .await
            .expect(401);
    }
    stage
        .admin(&acme, Method::GET, "/me", None)
        .await
        .expect(200);
}

#[actix_web::test]
async fn a_noisy_address_waits_and_the_others_do_not() {
    let stage = stage(0, 1).await;
    assert!(is_refused_soon(&stage, "203.0.113.1", None).await);
    from(&stage, "203.0.113.2", None).await.expect(200);
    // What it says of itself does not help it.
    let mut said = (0..MANY).map(|nth| format!("198.51.100.{nth}"));
    loop {
        let other = said.next().expect("another name is another sender");
        if refused(&from(&stage, "203.0.113.1", Some(&other)).await) {
            break;
        }
    }
}

#[actix_web::test]
async fn behind_our_proxy_each_sender_has_its_own() {
    let stage = stage(0, 1).await;
    assert!(is_refused_soon(&stage, "10.0.0.1", Some("203.0.113.1")).await);
    from(&stage, "10.0.0.1", Some("203.0.113.2"))
        .await
        .expect(200);
    from(&stage, "10.0.0.2", Some("203.0.113.1, 203.0.113.3"))
        .await
        .expect(200);
}

#[actix_web::test]
async fn nothing_is_read_and_nothing_verified_for_who_asks_too_often() {
    let stage = stage(0, 1).await;
    let peer = || "203.0.113.1:1".parse().unwrap();
    assert!(is_refused_soon(&stage, "203.0.113.1", None).await);
    for path in [
        "/connect/installed",
        "/forge/events",
        "/api/v1/sign-ins",
        "/no/such/route",
    ] {
        let mut tries = 0..MANY;
        loop {
            tries.next().expect("it is let through again and again");
            let call = request(Method::POST, path).peer_addr(peer());
            let answer = stage.send(call.set_payload("x")).await;
            assert!(!answer.header("x-request-id").is_empty());
            if refused(&answer) {
                break;
            }
        }
    }
}

#[actix_web::test]
async fn the_operators_own_routes_have_no_limit() {
    let stage = stage(1, 1).await;
    for _ in 0..20 {
        stage.send_inside(get("/healthz")).await.expect(200);
    }
}

/// Whether a call is refused before so many of them were let through.
async fn is_refused_within(most: usize, call: impl AsyncFn() -> Answer) -> bool {
    for _ in 0..most {
        if refused(&call().await) {
            return true;
        }
    }
    false
}

#[actix_web::test]
async fn a_site_that_tells_too_much_waits_by_whichever_way_it_tells() {
    let stage = stage(1, 0).await;
    let (acme, globex) = (stage.tenant("acme").await, stage.tenant("globex").await);
    stage.forge_tenant("initech").await;
    let hook = async |site: &Tenant| {
        let path = "/connect/webhooks/issue-deleted";
        let token = site.request_token("POST", path);
        let call = request(Method::POST, path)
            .insert_header(("authorization", format!("JWT {token}")))
            .set_payload("{}");
        stage.send(call).await
    };
    let page = async |site: &Tenant| {
        let token = site.request_token("GET", "/panel");
        stage.send(get(&format!("/panel?jwt={token}"))).await
    };
    // More than a person's burst passes: four times as much.
    for _ in 0..8 {
        assert!(!refused(&hook(&acme).await));
    }
    assert!(is_refused_within(MANY, async || hook(&acme).await).await);
    assert!(is_refused_within(MANY, async || page(&acme).await).await);
    let tick = async || stage.tell("initech", "/forge/tick", json!({})).await;
    assert!(is_refused_within(MANY, tick).await);
    // It costs neither its people nor anybody else anything.
    stage
        .admin(&acme, Method::GET, "/me", None)
        .await
        .expect(200);
    hook(&globex).await.expect(204);
}

#[actix_web::test]
async fn a_network_that_is_known_to_speak_for_many_is_not_counted() {
    let stage = Stage::limited(Limits {
        tenant_per_second: 0,
        address_per_second: 1,
        unlimited_networks: vec!["198.51.100.0/24".parse().unwrap()],
        trusted_proxies: vec!["10.0.0.0/8".parse().unwrap()],
        ..Limits::default()
    })
    .await;
    assert!(!is_refused_soon(&stage, "198.51.100.7", None).await);
    assert!(!is_refused_soon(&stage, "10.0.0.1", Some("198.51.100.7")).await);
    assert!(is_refused_soon(&stage, "198.51.101.7", None).await);
    // Who only says so is another.
    assert!(is_refused_soon(&stage, "203.0.113.1", Some("198.51.100.7")).await);
}
