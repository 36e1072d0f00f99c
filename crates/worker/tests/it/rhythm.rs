//! Where Microsoft tells of new mail, polls are rare; where it does not, they find their own pace.

use chrono::TimeDelta;
use postroom_registry::{
    SourceId,
    connection::Protocol,
    subscription::{self, Outcome, SubscriptionState},
};

use crate::scene::Scene;

async fn push(scene: &Scene, source: SourceId, state: SubscriptionState) {
    let tx = scene
        .stage
        .environment
        .registry
        .begin(scene.tenant)
        .await
        .unwrap();
    let row = subscription::of_source(&tx, source).await.unwrap().unwrap();
    let row = match subscription::claim(&tx, row.id, TimeDelta::minutes(1))
        .await
        .unwrap()
    {
        Some(row) => row,
        None => row,
    };
    let outcome = Outcome {
        state,
        detail: None,
        graph_id: None,
        expires_at: None,
        renew_at: None,
    };
    subscription::end(&tx, &row, outcome).await.unwrap();
    tx.commit().await.unwrap();
}

async fn next(scene: &Scene, source: SourceId) -> TimeDelta {
    scene.row(source).await.next_poll_at - scene.now()
}

#[tokio::test]
async fn push_makes_polls_rare_and_without_it_mail_brings_them_near() {
    let mut scene = Scene::set().await;
    scene.stage.environment.pace.min_seconds = 15;
    scene.drop_mail(1, 1).await;
    let id = scene.source(Protocol::Graph).await;
    push(&scene, id, SubscriptionState::Down).await;
    scene.work().await;
    assert_eq!(next(&scene, id).await, TimeDelta::seconds(15));

    push(&scene, id, SubscriptionState::Live).await;
    scene.drop_mail(2, 0).await;
    scene.pass(TimeDelta::seconds(15)).await;
    assert_eq!(scene.issues().await.len(), 2);
    assert_eq!(next(&scene, id).await, TimeDelta::seconds(900));

    push(&scene, id, SubscriptionState::Down).await;
    scene.drop_mail(3, 0).await;
    scene.pass(TimeDelta::seconds(900)).await;
    assert_eq!(next(&scene, id).await, TimeDelta::seconds(15));
}
