//! Microsoft's promise to tell of new mail: asked for, kept alive, made anew, and never needed.

use chrono::TimeDelta;
use postroom_registry::{
    SourceId,
    connection::Protocol,
    source,
    subscription::{self, Lifecycle, SubscriptionState},
};
use postroom_worker::Push;
use serde_json::json;
use url::Url;
use wiremock::{Mock, MockServer, Request, Respond, ResponseTemplate, matchers::method};

use crate::{
    scene::Scene,
    support::{Stage, requests},
};

/// Our own address, as Microsoft sees it: it says the token back.
struct Proves;

impl Respond for Proves {
    fn respond(&self, request: &Request) -> ResponseTemplate {
        let pairs = request.url.query_pairs();
        let mut tokens = pairs.filter(|(name, _)| name == "validationToken");
        match tokens.next() {
            Some((_, token)) => ResponseTemplate::new(200)
                .insert_header("content-type", "text/plain")
                .set_body_string(token),
            None => ResponseTemplate::new(202),
        }
    }
}

async fn set(push: Push) -> (Scene, SourceId, MockServer) {
    let mut scene = Scene::set().await;
    let us = MockServer::start().await;
    Mock::given(method("POST"))
        .respond_with(Proves)
        .mount(&us)
        .await;
    scene.stage.environment.base_url = Url::parse(&us.uri()).unwrap();
    scene.stage.environment.push = push;
    let id = scene.source(Protocol::Graph).await;
    (scene, id, us)
}

async fn row(scene: &Scene, id: SourceId) -> subscription::Model {
    let tx = scene
        .stage
        .environment
        .registry
        .begin(scene.tenant)
        .await
        .unwrap();
    subscription::of_source(&tx, id).await.unwrap().unwrap()
}

#[tokio::test]
async fn a_subscription_is_made_and_prolonged_before_it_ends() {
    let (scene, id, us) = Box::pin(set(Push::Insecure)).await;
    scene.work().await;
    let made = row(&scene, id).await;
    assert_eq!(made.state, SubscriptionState::Live, "{:?}", made.detail);
    let first = made.graph_id.clone().unwrap();
    let asked = us.received_requests().await.unwrap();
    let called = |word: &str| {
        let at = format!("/microsoft/{word}/{}", made.key);
        asked.iter().any(|request| request.url.path() == at)
    };
    assert!(called("notifications") && called("lifecycle"));
    let ends = made.expires_at.unwrap();
    let life = ends - scene.now();
    assert_eq!(made.renew_at, Some(scene.now() + life * 2 / 3));
    scene.pass(life * 2 / 3).await;
    let kept = row(&scene, id).await;
    assert_eq!(
        (kept.state, kept.graph_id),
        (SubscriptionState::Live, Some(first))
    );
    assert!(kept.expires_at.unwrap() > ends);
}

#[tokio::test]
async fn what_microsoft_removed_is_made_anew() {
    let (scene, id, _us) = Box::pin(set(Push::Insecure)).await;
    scene.work().await;
    let first = row(&scene, id).await;
    let tx = scene
        .stage
        .environment
        .registry
        .begin(scene.tenant)
        .await
        .unwrap();
    subscription::look_after(&tx, first.id, Lifecycle::Removed)
        .await
        .unwrap();
    tx.commit().await.unwrap();
    scene.pass(TimeDelta::seconds(1)).await;
    let second = row(&scene, id).await;
    assert_eq!(second.state, SubscriptionState::Live);
    assert_ne!(second.graph_id, first.graph_id);
    assert_eq!(second.key, first.key);
}

#[tokio::test]
async fn push_is_off_where_microsoft_may_not_call_and_polls_go_on() {
    for push in [Push::Off, Push::On] {
        let (scene, id, us) = Box::pin(set(push)).await;
        scene.drop_mail(1, 0).await;
        scene.work().await;
        let kept = row(&scene, id).await;
        assert_eq!((kept.state, kept.graph_id), (SubscriptionState::Off, None));
        assert!(kept.detail.is_some());
        assert_eq!(kept.renew_at, Some(scene.now() + TimeDelta::days(1)));
        assert!(us.received_requests().await.unwrap().is_empty());
        assert_eq!(scene.issues().await.len(), 1);
    }
}

#[tokio::test]
async fn a_subscription_that_cannot_be_made_is_down_and_tried_again() {
    let (scene, id, us) = Box::pin(set(Push::Insecure)).await;
    us.reset().await;
    scene.drop_mail(1, 0).await;
    scene.work().await;
    let down = row(&scene, id).await;
    assert_eq!(down.state, SubscriptionState::Down);
    assert!(down.detail.is_some());
    let again = down.renew_at.unwrap() - scene.now();
    assert!(again <= TimeDelta::hours(1), "{again}");
    assert_eq!(scene.issues().await.len(), 1, "polls go on");
    Mock::given(method("POST"))
        .respond_with(Proves)
        .mount(&us)
        .await;
    scene.pass(again).await;
    assert_eq!(row(&scene, id).await.state, SubscriptionState::Live);
}

#[tokio::test]
async fn a_deleted_source_takes_its_subscription_back() {
    let (scene, id, _us) = Box::pin(set(Push::Insecure)).await;
    scene.work().await;
    let tx = scene
        .stage
        .environment
        .registry
        .begin(scene.tenant)
        .await
        .unwrap();
    let source = source::find(&tx, id).await.unwrap();
    source::delete(&tx, source).await.unwrap();
    tx.commit().await.unwrap();
    scene.work().await;
    let gone = row(&scene, id).await;
    assert_eq!((gone.state, gone.graph_id), (SubscriptionState::Off, None));
    let left = scene.ask("/microsoft/subscriptions").await;
    assert_eq!(left.as_array().map_or(0, Vec::len), 0, "{}", json!(left));
}

#[tokio::test]
async fn a_mailbox_that_microsoft_does_not_tell_of_is_polled() {
    let mut stage = Stage::set().await;
    stage.environment.push = Push::Insecure;
    let tenant = stage.connect_tenant().await;
    stage.mail(tenant).await;
    let denied = json!({"error": {"code": "ErrorAccessDenied", "message": "Access is denied."}});
    let at = "/v1.0/subscriptions";
    stage.microsoft_answers("POST", at, 403, denied).await;
    for _ in 0..3 {
        stage.work_and_wait(60).await;
    }
    let tx = stage.environment.registry.begin(tenant).await.unwrap();
    let id = source::list(&tx).await.unwrap()[0].id;
    let row = subscription::of_source(&tx, id).await.unwrap().unwrap();
    assert_eq!(
        row.state,
        SubscriptionState::NotAvailable,
        "{:?}",
        row.detail
    );
    assert_eq!(
        requests(&stage.microsoft, at).await.len(),
        1,
        "not again and again"
    );
}
