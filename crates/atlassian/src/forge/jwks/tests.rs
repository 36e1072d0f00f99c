use std::{
    sync::{
        Mutex,
        atomic::{AtomicUsize, Ordering},
    },
    time::Duration,
};

use chrono::TimeDelta;
use jsonwebtoken::{Algorithm, jwk::Jwk};
use serde_json::{Value, json};
use tokio::{task::JoinSet, time::timeout};
use wiremock::{Mock, MockServer, Request, Respond, ResponseTemplate, matchers::any};

use super::*;
use crate::testing::{now, rsa_encoding};

/// Long enough for any machine: a test that waits in vain fails and does not hang.
const LONG: Duration = Duration::from_secs(20);

/// A key set that a test changes while it is being asked.
#[derive(Clone)]
struct Set(Arc<State>);

struct State {
    names: Mutex<Vec<&'static str>>,
    status: Mutex<u16>,
    asked: AtomicUsize,
    jwk: Jwk,
}

impl Set {
    fn has(&self, names: &[&'static str]) {
        *self.0.names.lock().unwrap() = names.to_vec();
    }

    fn answers(&self, status: u16) {
        *self.0.status.lock().unwrap() = status;
    }

    fn asked(&self) -> usize {
        self.0.asked.load(Ordering::SeqCst)
    }
}

impl Respond for Set {
    fn respond(&self, _: &Request) -> ResponseTemplate {
        self.0.asked.fetch_add(1, Ordering::SeqCst);
        let key = |kid: &&'static str| {
            let mut jwk = self.0.jwk.clone();
            jwk.common.key_id = Some((*kid).to_owned());
            serde_json::to_value(jwk).unwrap()
        };
        let mut keys: Vec<Value> = self.0.names.lock().unwrap().iter().map(key).collect();
        keys.push(json!({"kty": "from the future", "kid": "odd"}));
        ResponseTemplate::new(*self.0.status.lock().unwrap())
            .set_body_json(json!({ "keys": keys }))
            .set_delay(Duration::from_millis(20))
    }
}

async fn set_of(names: &[&'static str]) -> (MockServer, Set, Jwks) {
    let set = Set(Arc::new(State {
        names: Mutex::new(names.to_vec()),
        status: Mutex::new(200),
        asked: AtomicUsize::new(0),
        jwk: Jwk::from_encoding_key(&rsa_encoding(), Algorithm::RS256).unwrap(),
    }));
    let server = MockServer::start().await;
    Mock::given(any())
        .respond_with(set.clone())
        .mount(&server)
        .await;
    let http = HttpClient::new("forge_keys", Duration::from_secs(10)).unwrap();
    let jwks = Jwks::new(http, Url::parse(&server.uri()).unwrap());
    (server, set, jwks)
}

fn after(seconds: i64) -> DateTime<Utc> {
    now() + TimeDelta::seconds(seconds)
}

/// Asks for many ids at once and gives all answers.
async fn at_once(
    jwks: &Jwks,
    kids: impl IntoIterator<Item = String>,
    at: DateTime<Utc>,
) -> Vec<Result<(), JwksError>> {
    let mut tasks = JoinSet::new();
    for kid in kids {
        let jwks = jwks.clone();
        tasks.spawn(async move { jwks.key(&kid, at).await.map(|_| ()) });
    }
    tasks.join_all().await
}

fn made_up(count: usize) -> impl Iterator<Item = String> {
    (0..count).map(|n| format!("made-up-{n}"))
}

#[tokio::test]
async fn a_rotation_refuses_nobody_and_asks_once_or_twice() {
    let (_server, set, jwks) = set_of(&["k1"]).await;
    jwks.key("k1", now()).await.unwrap();
    set.has(&["k1", "k2"]);
    let kids = (0..200).map(|n| if n % 2 == 0 { "k1" } else { "k2" }.to_owned());
    for answer in at_once(&jwks, kids, after(1)).await {
        answer.unwrap();
    }
    assert!((2..=3).contains(&set.asked()), "{}", set.asked());
}

#[tokio::test]
async fn an_answer_to_an_earlier_question_does_not_refuse_a_newer_key() {
    let (_server, set, jwks) = set_of(&["k1"]).await;
    jwks.key("k1", now()).await.unwrap();
    let asked = set.asked();
    let first = tokio::spawn({
        let jwks = jwks.clone();
        async move { jwks.key("made-up", after(1)).await.map(|_| ()) }
    });
    while set.asked() == asked {
        tokio::task::yield_now().await;
    }
    // The answer without k2 is on its way.
    set.has(&["k1", "k2"]);
    jwks.key("k2", after(1)).await.unwrap();
    first.await.unwrap().unwrap_err();
}

#[tokio::test]
async fn a_made_up_id_is_asked_for_once_a_minute() {
    let (_server, set, jwks) = set_of(&["k1"]).await;
    jwks.key("k1", now()).await.unwrap();
    for _ in 0..20 {
        let error = jwks.key("made-up", after(1)).await.map(|_| ()).unwrap_err();
        assert!(matches!(error, JwksError::Unknown), "{error:?}");
    }
    assert_eq!(set.asked(), 2);
    jwks.key("made-up", after(61))
        .await
        .map(|_| ())
        .unwrap_err();
    assert_eq!(set.asked(), 3);
}

#[tokio::test]
async fn many_made_up_ids_spend_a_budget_and_harm_no_known_key() {
    let (_server, set, jwks) = set_of(&["k1"]).await;
    jwks.key("k1", now()).await.unwrap();
    for kid in made_up(100) {
        let error = jwks.key(&kid, now()).await.map(|_| ()).unwrap_err();
        let passes = matches!(error, JwksError::Busy) && error.is_transient();
        assert!(passes || matches!(error, JwksError::Unknown), "{error:?}");
        jwks.key("k1", now()).await.unwrap();
    }
    assert_eq!(set.asked(), 1 + 10);
}

#[tokio::test]
async fn a_real_new_key_is_found_within_seconds_while_made_up_ones_pour_in() {
    let (_server, set, jwks) = set_of(&["k1"]).await;
    jwks.key("k1", now()).await.unwrap();
    for kid in made_up(100) {
        jwks.key(&kid, now()).await.map(|_| ()).unwrap_err();
    }
    set.has(&["k1", "k2"]);
    let error = jwks.key("k2", after(1)).await.map(|_| ()).unwrap_err();
    assert!(error.is_transient(), "neither good nor bad: {error:?}");
    // The next question is a made-up one's, and it brings the real key too.
    jwks.key("made-up-x", after(6))
        .await
        .map(|_| ())
        .unwrap_err();
    jwks.key("k2", after(6)).await.unwrap();
    assert_eq!(set.asked(), 1 + 10 + 1);
}

#[tokio::test]
async fn who_comes_at_once_shares_a_question() {
    let (_server, set, jwks) = set_of(&["k1"]).await;
    jwks.key("k1", now()).await.unwrap();
    for answer in at_once(&jwks, made_up(300), now()).await {
        let error = answer.unwrap_err();
        assert!(matches!(error, JwksError::Unknown), "{error:?}");
    }
    assert!(set.asked() <= 1 + 3, "{}", set.asked());
}

#[tokio::test]
async fn a_key_that_was_withdrawn_is_out_at_the_next_question() {
    let (_server, set, jwks) = set_of(&["k1", "k2"]).await;
    jwks.key("k1", now()).await.unwrap();
    set.has(&["k2"]);
    jwks.key("k1", after(299)).await.unwrap();
    jwks.key("made-up", after(299))
        .await
        .map(|_| ())
        .unwrap_err();
    let error = jwks.key("k1", after(300)).await.map(|_| ()).unwrap_err();
    assert!(matches!(error, JwksError::Unknown), "{error:?}");
}

#[tokio::test]
async fn a_key_that_was_withdrawn_is_out_within_ten_minutes() {
    let (_server, set, jwks) = set_of(&["k1"]).await;
    jwks.key("k1", now()).await.unwrap();
    set.has(&["k2"]);
    let error = jwks.key("k1", after(600)).await.map(|_| ()).unwrap_err();
    assert!(matches!(error, JwksError::Unknown), "{error:?}");
    assert_eq!(set.asked(), 2);
}

#[tokio::test]
async fn a_set_that_is_ripe_is_asked_while_nobody_waits() {
    let (_server, set, jwks) = set_of(&["k1"]).await;
    jwks.key("k1", now()).await.unwrap();
    set.has(&["k1", "k2"]);
    jwks.key("k1", after(400)).await.unwrap();
    let learned = async {
        while jwks.0.known().get("k2").is_none() {
            tokio::task::yield_now().await;
        }
    };
    timeout(LONG, learned)
        .await
        .expect("the set is asked again");
    jwks.key("k1", after(699)).await.unwrap();
    assert_eq!(set.asked(), 2);
}

#[tokio::test]
async fn an_outage_refuses_nobody_who_was_known_for_an_hour() {
    for status in [500, 404, 302] {
        let (_server, set, jwks) = set_of(&["k1"]).await;
        jwks.key("k1", now()).await.unwrap();
        set.answers(status);
        jwks.key("k1", after(3599)).await.unwrap();
        let error = jwks.key("k2", after(3599)).await.map(|_| ()).unwrap_err();
        assert!(matches!(error, JwksError::Resting), "{error:?}");
        let error = jwks.key("k1", after(3610)).await.map(|_| ()).unwrap_err();
        assert!(matches!(error, JwksError::Unreadable { .. }), "{error:?}");
        assert!(error.is_transient());
        set.answers(200);
        let error = jwks.key("k1", after(3614)).await.map(|_| ()).unwrap_err();
        assert!(matches!(error, JwksError::Resting), "{error:?}");
        assert!(error.is_transient());
        jwks.key("k1", after(3615)).await.unwrap();
    }
}

#[tokio::test]
async fn during_an_outage_nobody_waits_for_the_set() {
    let (_server, set, jwks) = set_of(&["k1"]).await;
    jwks.key("k1", now()).await.unwrap();
    set.answers(500);
    jwks.key("k1", after(1200)).await.unwrap();
    set.answers(200);
    let somebody_asks = jwks.0.asking.turn().await;
    let known = timeout(LONG, jwks.key("k1", after(1210))).await;
    known.expect("nobody waits").unwrap();
    drop(somebody_asks);
}

#[tokio::test]
async fn an_empty_set_is_an_outage() {
    let (_server, set, jwks) = set_of(&["k1"]).await;
    jwks.key("k1", now()).await.unwrap();
    set.has(&[]);
    jwks.key("k1", after(600)).await.unwrap();
    let error = jwks.key("k2", after(606)).await.map(|_| ()).unwrap_err();
    assert!(matches!(error, JwksError::Unreadable { .. }), "{error:?}");
}

#[tokio::test]
async fn ids_have_slashes_as_those_of_forge() {
    const ID: &str = "forge/invocation-token/3a39ea00-0000-4000-8000-000000000001";
    let (_server, _set, jwks) = set_of(&[ID]).await;
    jwks.key(ID, now()).await.map(|_| ()).unwrap();
}

#[tokio::test]
async fn an_id_of_no_shape_is_refused_before_any_question() {
    let (_server, set, jwks) = set_of(&["k1"]).await;
    let long = "k".repeat(129);
    for kid in ["", "..", "../k1", "a/../k1", "/k1", "a//b", "k1 ", &long] {
        let error = jwks.key(kid, now()).await.map(|_| ()).unwrap_err();
        assert!(matches!(error, JwksError::BadKeyId), "{kid}: {error:?}");
        assert!(!error.is_transient());
    }
    assert_eq!(set.asked(), 0);
}

#[test]
fn keys_for_other_uses_are_left_out() {
    let mut jwk = Jwk::from_encoding_key(&rsa_encoding(), Algorithm::RS256).unwrap();
    jwk.common.key_id = Some("k1".into());
    let plain = serde_json::to_value(&jwk).unwrap();
    let with = |field: &str, value: &str| {
        let mut jwk = plain.clone();
        jwk[field] = json!(value);
        jwk["kid"] = json!(format!("{field}-{value}"));
        jwk
    };
    let keys = [
        plain.clone(),
        with("use", "enc"),
        with("alg", "RS512"),
        with("use", "sig"),
    ];
    let known = Known::of(&keys, now(), 1).unwrap();
    assert!(known.get("k1").is_some() && known.get("use-sig").is_some());
    assert!(known.get("use-enc").is_none() && known.get("alg-RS512").is_none());
}
