use std::time::Duration;

use wiremock::{
    Mock, MockServer, ResponseTemplate,
    matchers::{method, path},
};

use super::*;
use crate::testing::rsa;

async fn server(answer: ResponseTemplate) -> (MockServer, InstallKeys) {
    let server = MockServer::start().await;
    Mock::given(method("GET"))
        .and(path("/keys/kid-1"))
        .respond_with(answer)
        .mount(&server)
        .await;
    let http = HttpClient::new("connect_keys", Duration::from_secs(5)).unwrap();
    let base = Url::parse(&format!("{}/keys", server.uri())).unwrap();
    (server, InstallKeys::new(http, base))
}

async fn asked(server: &MockServer) -> usize {
    server.received_requests().await.unwrap().len()
}

#[tokio::test]
async fn a_key_is_fetched_once() {
    let pem = rsa().public_key_pem();
    let (server, keys) = server(ResponseTemplate::new(200).set_body_string(pem)).await;
    keys.key("kid-1").await.unwrap();
    keys.clone().key("kid-1").await.unwrap();
    assert_eq!(asked(&server).await, 1);
}

#[tokio::test]
async fn an_unknown_key_is_remembered_as_unknown() {
    let (server, keys) = server(ResponseTemplate::new(200)).await;
    for _ in 0..3 {
        let error = keys.key("fake-kid").await.unwrap_err();
        assert!(matches!(*error, KeyError::Unknown), "{error:?}");
    }
    assert_eq!(asked(&server).await, 1);
}

#[tokio::test]
async fn a_key_id_that_could_lead_astray_is_refused_before_any_request() {
    let (server, keys) = server(ResponseTemplate::new(200)).await;
    let long = "k".repeat(129);
    for kid in [
        "",
        ".",
        "..",
        "../secrets",
        "a/b",
        "a%2fb",
        "a?b",
        "a#b",
        "a\\b",
        "ä",
        "a b",
        "a\n",
        &long,
    ] {
        let error = keys.key(kid).await.unwrap_err();
        assert!(matches!(*error, KeyError::BadKeyId), "{kid}: {error:?}");
    }
    assert_eq!(asked(&server).await, 0);
}

#[tokio::test]
async fn an_outage_is_not_remembered() {
    let (server, keys) = server(ResponseTemplate::new(503)).await;
    for _ in 0..2 {
        let error = keys.key("kid-1").await.unwrap_err();
        assert!(
            matches!(*error, KeyError::Unavailable { status: 503 }),
            "{error:?}"
        );
    }
    assert_eq!(asked(&server).await, 2);
}

#[tokio::test]
async fn what_is_no_key_or_has_no_end_is_refused() {
    for body in ["<html>".to_owned(), "x".repeat(LONGEST_PEM + 1)] {
        let (_server, keys) = server(ResponseTemplate::new(200).set_body_string(body)).await;
        let error = keys.key("kid-1").await.unwrap_err();
        assert!(matches!(*error, KeyError::NotAKey), "{error:?}");
    }
}

#[tokio::test]
async fn few_requests_are_under_way_at_once_and_known_keys_wait_for_none() {
    let pem = rsa().public_key_pem();
    let (server, mut keys) = server(ResponseTemplate::new(200).set_body_string(pem)).await;
    keys.key("kid-1").await.unwrap();
    keys.patience = Duration::ZERO;
    let places = Arc::clone(&keys.places);
    let all = u32::try_from(AT_ONCE).unwrap();
    let flood = places.acquire_many(all).await.unwrap();
    let error = keys.key("fake-kid").await.unwrap_err();
    assert!(matches!(*error, KeyError::Busy), "{error:?}");
    assert!(error.is_transient());
    keys.key("kid-1").await.unwrap();
    assert_eq!(asked(&server).await, 1);
    drop(flood);
    let error = keys.key("fake-kid").await.unwrap_err();
    assert!(matches!(*error, KeyError::Unknown), "{error:?}");
    assert!(!error.is_transient());
}

#[tokio::test]
async fn who_makes_keys_up_waits_behind_themselves_and_keeps_nobody_else_waiting() {
    let pem = rsa().public_key_pem();
    let (server, keys) = server(ResponseTemplate::new(200).set_body_string(pem)).await;
    Mock::given(method("GET"))
        .and(wiremock::matchers::path_regex("/keys/fake"))
        .respond_with(ResponseTemplate::new(404).set_delay(Duration::from_secs(30)))
        .mount(&server)
        .await;
    let flooder = keys.asked_by(IpAddr::from([192, 0, 2, 1]));
    let flood: Vec<_> = (0..50)
        .map(|n| {
            let flooder = flooder.clone();
            tokio::spawn(async move { flooder.key(&format!("fake-{n}")).await.map(drop) })
        })
        .collect();
    while asked(&server).await < FOR_A_SENDER {
        tokio::task::yield_now().await;
    }
    let honest = keys.asked_by(IpAddr::from([198, 51, 100, 1]));
    honest.key("kid-1").await.unwrap();
    assert_eq!(asked(&server).await, FOR_A_SENDER + 1);
    flood.iter().for_each(tokio::task::JoinHandle::abort);
}

#[tokio::test]
async fn a_gateway_that_turns_us_away_says_nothing_of_the_key() {
    let (server, keys) = server(ResponseTemplate::new(403)).await;
    let error = keys.key("kid-1").await.unwrap_err();
    assert!(error.is_transient(), "{error:?}");
    server.reset().await;
    let pem = ResponseTemplate::new(200).set_body_string(rsa().public_key_pem());
    Mock::given(method("GET"))
        .respond_with(pem)
        .mount(&server)
        .await;
    keys.key("kid-1").await.unwrap();
}
