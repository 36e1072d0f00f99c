//! A source whose sign-in ended says so, is left alone, and after a new sign-in everything that came meanwhile is
//! there, in order and once.

use chrono::TimeDelta;
use postroom_registry::{
    SourceId,
    connection::{ConnectionState, Protocol, WhoActs},
    grant::Resource,
    source,
};
use rstest::rstest;
use serde_json::json;

use crate::{
    scene::{Scene, summaries},
    support::MAILBOX,
};

const MAILS: usize = 212;

async fn sign_in_again(scene: &Scene, id: SourceId, resource: Resource) {
    let grant = scene.grant(resource).await;
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
}

#[rstest]
#[case(Protocol::Graph, Resource::Graph)]
#[case(Protocol::Ews, Resource::Outlook)]
#[tokio::test]
async fn four_days_offline_are_imported_in_order_and_none_twice(
    #[case] protocol: Protocol,
    #[case] resource: Resource,
) {
    let scene = Scene::set().await;
    scene.drop_mail(0, 1).await;
    let id = scene.source(protocol).await;
    scene.work().await;
    assert_eq!(scene.issues().await, summaries(0..1));

    scene.stage.clock.advance(TimeDelta::hours(3));
    let revoke = format!("/microsoft/users/{MAILBOX}/revoke");
    scene.tell(&revoke, &json!({})).await;
    scene.work().await;
    let row = scene.row(id).await;
    assert_eq!(
        row.state,
        ConnectionState::NeedsSignIn,
        "{:?}",
        row.state_detail
    );
    assert_eq!(row.state_detail.error_code.as_deref(), Some("AADSTS50173"));
    assert_eq!(row.state_detail.who_acts, Some(WhoActs::MailboxOwner));
    let asked = scene.asked("login", "token").await;
    scene.pass(TimeDelta::days(4)).await;
    assert_eq!(
        scene.asked("login", "token").await,
        asked,
        "nobody knocks at a shut door"
    );

    for step in 0..MAILS {
        // 212 is 4 times 53: 31 divides neither.
        let number = 1 + step * 31 % MAILS;
        let minutes_ago = i64::try_from(20 * (MAILS - number) + 1).unwrap();
        scene.drop_mail(number, minutes_ago).await;
    }
    sign_in_again(&scene, id, resource).await;
    scene.work().await;
    assert_eq!(scene.row(id).await.state, ConnectionState::Active);
    assert_eq!(scene.issues().await, summaries(0..=MAILS));
    scene.pass(TimeDelta::hours(26)).await;
    assert_eq!(scene.issues().await.len(), MAILS + 1);
    let row = scene.row(id).await;
    assert_eq!(row.reconciled_in_folder, row.reconciled_in_ledger);
}
