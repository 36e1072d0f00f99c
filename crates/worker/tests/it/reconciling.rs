//! The folder is counted against the ledger, and what the changes lost is found.

use chrono::TimeDelta;
use postroom_registry::{
    audit::{self, Action, Filter},
    connection::Protocol,
    source,
};
use rstest::rstest;

use crate::scene::{Scene, summaries};

impl Scene {
    /// A mail that the changes never told of: it is in the folder, and the ledger forgets it.
    async fn lose(&self, subject: &str) {
        let mail = self.mail_named(subject).await;
        self.stage.forget_mail(mail.id).await;
    }
}

#[rstest]
#[case(Protocol::Graph)]
#[case(Protocol::Ews)]
#[tokio::test]
async fn the_daily_count_finds_a_mail_that_the_changes_lost(#[case] protocol: Protocol) {
    let scene = Scene::set().await;
    for number in 0..3 {
        scene
            .drop_mail(number, 10 - i64::try_from(number).unwrap())
            .await;
    }
    let id = scene.source(protocol).await;
    scene.work().await;
    scene.lose("Mail 1").await;
    scene.pass(TimeDelta::hours(23)).await;
    assert_eq!(scene.row(id).await.reconciled_at, None);
    assert_eq!(scene.ledger().await.len(), 2);

    scene.pass(TimeDelta::hours(2)).await;
    let row = scene.row(id).await;
    assert_eq!(row.reconciled_at, Some(scene.now()));
    let figures = [
        row.reconciled_in_folder,
        row.reconciled_in_ledger,
        row.reconciled_imported,
    ];
    assert_eq!(figures, [Some(3), Some(2), Some(1)]);
    let mut issues = scene.issues().await;
    assert_eq!(issues.pop().as_deref(), Some("Mail 1"));
    assert_eq!(issues, summaries(0..3));
    let tx = scene
        .stage
        .environment
        .registry
        .begin(scene.tenant)
        .await
        .unwrap();
    let filter = Filter {
        action: Some(Action::SourceReconciled),
        limit: 10,
        ..Filter::default()
    };
    assert_eq!(audit::list(&tx, &filter).await.unwrap().len(), 1);

    scene.pass(TimeDelta::hours(25)).await;
    assert_eq!(scene.row(id).await.reconciled_imported, Some(0));
}

#[tokio::test]
async fn a_persons_click_counts_the_whole_folder_and_nothing_before_the_start() {
    let scene = Scene::set().await;
    let days = |days: i64| days * 24 * 60;
    scene.drop_mail(0, days(9)).await;
    scene.drop_mail(1, days(3)).await;
    scene.drop_mail(2, 5).await;
    let id = scene.source(Protocol::Graph).await;
    scene.work().await;
    assert_eq!(
        scene.issues().await,
        summaries(1..3),
        "the start is four days ago"
    );
    scene.lose("Mail 1").await;
    scene.pass(TimeDelta::hours(25)).await;
    assert_eq!(
        scene.row(id).await.reconciled_in_folder,
        Some(1),
        "two days of it"
    );

    let tx = scene
        .stage
        .environment
        .registry
        .begin(scene.tenant)
        .await
        .unwrap();
    let row = source::find(&tx, id).await.unwrap();
    source::reconcile_now(&tx, row).await.unwrap();
    tx.commit().await.unwrap();
    scene.work().await;
    let row = scene.row(id).await;
    assert_eq!(row.reconciled_in_folder, Some(2));
    assert_eq!(row.reconciled_imported, Some(1));
    assert!(!row.reconcile_whole);
}
