//! A source of EWS moves to Graph and keeps its place.

use chrono::TimeDelta;
use postroom_registry::{
    audit::{self, Action, Filter},
    connection::{ConnectionState, Protocol},
    grant::Resource,
    source,
};
use serde_json::json;

use crate::scene::{Scene, summaries};

async fn begin(scene: &Scene, id: postroom_registry::SourceId) {
    let tx = scene
        .stage
        .environment
        .registry
        .begin(scene.tenant)
        .await
        .unwrap();
    let row = source::find(&tx, id).await.unwrap();
    source::begin_move(&tx, row).await.unwrap();
    tx.commit().await.unwrap();
}

#[tokio::test]
async fn a_moved_source_goes_on_where_it_stood_and_reads_nothing_twice() {
    let scene = Scene::set().await;
    for number in 0..5 {
        scene
            .drop_mail(number, 10 - i64::try_from(number).unwrap())
            .await;
    }
    let id = scene.source(Protocol::Ews).await;
    scene.work().await;
    let before = scene.ledger().await;
    assert_eq!(scene.issues().await, summaries(0..5));
    assert!(scene.row(id).await.cursor.is_some());

    // What came since the last poll by EWS is Graph's to find.
    scene.drop_mail(5, 0).await;
    begin(&scene, id).await;
    scene.work().await;
    let row = scene.row(id).await;
    assert_eq!(row.protocol, Protocol::Graph);
    assert_eq!(row.state, ConnectionState::Active);
    assert_eq!((row.moving_done, row.moving_total), (None, None));
    assert_eq!(scene.issues().await, summaries(0..6));
    let after = scene.ledger().await;
    assert_eq!(after.len(), 6);
    for mail in &before {
        let now = after.iter().find(|now| now.id == mail.id).unwrap();
        assert_ne!(now.immutable_id, mail.immutable_id, "the id is Graph's");
    }
    // Known by their ids: their bodies were not even asked for.
    assert_eq!(scene.asked("graph", "$value").await, 1);

    scene.drop_mail(6, 0).await;
    scene.pass(TimeDelta::hours(1)).await;
    assert_eq!(scene.issues().await, summaries(0..7));
    let tx = scene
        .stage
        .environment
        .registry
        .begin(scene.tenant)
        .await
        .unwrap();
    let filter = Filter {
        action: Some(Action::SourceMovedToGraph),
        limit: 10,
        ..Filter::default()
    };
    assert_eq!(audit::list(&tx, &filter).await.unwrap().len(), 1);
}

#[tokio::test]
async fn while_graph_does_not_answer_ews_goes_on_and_the_move_comes_later() {
    let scene = Scene::set().await;
    scene.drop_mail(0, 10).await;
    let id = scene.source(Protocol::Ews).await;
    scene.work().await;
    let fault = json!({"host": "graph", "status": 503, "for_seconds": 60});
    scene.tell("/microsoft/faults", &fault).await;
    scene.drop_mail(1, 0).await;
    begin(&scene, id).await;
    scene.work().await;
    let row = scene.row(id).await;
    assert_eq!(row.protocol, Protocol::Ews);
    assert!(row.moving_total.is_some());
    assert_eq!(scene.issues().await, summaries(0..2));

    scene.pass(TimeDelta::hours(1)).await;
    assert_eq!(scene.row(id).await.protocol, Protocol::Graph);
    assert_eq!(scene.issues().await, summaries(0..2));
}

#[tokio::test]
async fn a_move_that_graph_refuses_is_given_up_and_ews_goes_on() {
    let scene = Scene::set().await;
    let id = scene.source(Protocol::Ews).await;
    scene.work().await;
    let fault = json!({
        "host": "graph", "match": "mailFolders", "response_code": "ErrorAccessDenied", "for_seconds": 60,
    });
    scene.tell("/microsoft/faults", &fault).await;
    begin(&scene, id).await;
    scene.work().await;
    let row = scene.row(id).await;
    assert_eq!((row.protocol, row.moving_total), (Protocol::Ews, None));
    assert_eq!(row.state, ConnectionState::Refused);

    scene.drop_mail(0, 0).await;
    scene.pass(TimeDelta::hours(1)).await;
    assert_eq!(scene.issues().await, summaries(0..1));
    assert_eq!(scene.row(id).await.state, ConnectionState::Active);
}

#[tokio::test]
async fn a_move_that_lacks_a_permission_asks_for_a_sign_in_and_goes_on_after_it() {
    let scene = Scene::set().await;
    scene.drop_mail(0, 10).await;
    let id = scene.source(Protocol::Ews).await;
    scene.work().await;
    let fault = json!({"host": "login", "match": "token", "code": 65001, "times": 5});
    scene.tell("/microsoft/faults", &fault).await;
    begin(&scene, id).await;
    scene.work().await;
    let row = scene.row(id).await;
    assert_eq!(
        row.state,
        ConnectionState::NeedsSignIn,
        "{:?}",
        row.state_detail
    );
    assert_eq!(row.state_detail.error_code.as_deref(), Some("AADSTS65001"));
    assert!(row.moving_total.is_some(), "the move waits for the sign-in");

    scene.drop_mail(1, 0).await;
    scene.forget_faults().await;
    let grant = scene.grant(Resource::Outlook).await;
    let tx = scene
        .stage
        .environment
        .registry
        .begin(scene.tenant)
        .await
        .unwrap();
    let row = source::find(&tx, id).await.unwrap();
    source::sign_in(&tx, row, grant).await.unwrap();
    tx.commit().await.unwrap();
    scene.work().await;
    let row = scene.row(id).await;
    assert_eq!(
        (row.protocol, row.state),
        (Protocol::Graph, ConnectionState::Active)
    );
    assert_eq!(scene.issues().await, summaries(0..2));
}
