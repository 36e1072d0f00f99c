use chrono::TimeDelta;
use postroom_registry::{
    RegistryError,
    delivery::{self, EffectKind, Intent},
    mail::{self, Finish, MailState},
    notification, source,
};

use crate::support::{book, new_mail, noon};

const HOLD: TimeDelta = TimeDelta::minutes(2);

#[tokio::test]
async fn the_ledger_takes_a_mail_once() {
    let book = book().await;
    let acme = book.tenant("acme").await;
    let source = book.source(acme).await;
    let mail = book.mail(acme, source, "m1").await;
    let tx = book.registry.begin(acme).await.unwrap();
    assert_eq!(
        mail::insert(&tx, &new_mail(source, "m1")).await.unwrap(),
        None
    );
    let known = mail::known(&tx, source, &["m1".into(), "m2".into()])
        .await
        .unwrap();
    assert_eq!(known.into_iter().collect::<Vec<_>>(), ["m1"]);
    let raw = mail::raw(&tx, mail).await.unwrap();
    assert_eq!(raw.as_slice(), b"Subject: Printer on fire\r\n\r\nHelp");
}

#[tokio::test]
async fn a_mail_is_in_one_workers_hand_and_an_overtaken_worker_writes_nothing() {
    let book = book().await;
    let acme = book.tenant("acme").await;
    let source = book.source(acme).await;
    let id = book.mail(acme, source, "m1").await;

    let tx = book.registry.begin(acme).await.unwrap();
    let slow = mail::claim(&tx, id, HOLD)
        .await
        .unwrap()
        .taken()
        .expect("free");
    assert!(mail::claim(&tx, id, HOLD).await.unwrap().taken().is_none());
    tx.commit().await.unwrap();

    book.clock.advance(HOLD);
    let tx = book.registry.begin(acme).await.unwrap();
    let quick = mail::claim(&tx, id, HOLD)
        .await
        .unwrap()
        .taken()
        .expect("abandoned");
    let finish = || Finish {
        reason: "created".into(),
        trace: serde_json::json!([]),
        ..Finish::default()
    };
    let late = mail::finish(&tx, &slow, MailState::Delivered, finish()).await;
    assert!(matches!(late, Err(RegistryError::Superseded)));
    mail::finish(&tx, &quick, MailState::Delivered, finish())
        .await
        .unwrap();
    mail::settled(&tx, &quick, serde_json::json!([]))
        .await
        .unwrap();
    assert!(
        mail::claim(&tx, id, HOLD).await.unwrap().taken().is_none(),
        "nothing is left to do"
    );
}

#[tokio::test]
async fn a_retry_by_a_person_leaves_a_delivered_mail_alone() {
    let book = book().await;
    let acme = book.tenant("acme").await;
    let source = book.source(acme).await;
    let id = book.mail(acme, source, "m1").await;
    let tx = book.registry.begin(acme).await.unwrap();
    let mail = mail::claim(&tx, id, HOLD).await.unwrap().taken().unwrap();
    mail::finish(
        &tx,
        &mail,
        MailState::Dead,
        Finish {
            trace: serde_json::json!([]),
            ..Finish::default()
        },
    )
    .await
    .unwrap();
    mail::settled(&tx, &mail, serde_json::json!([]))
        .await
        .unwrap();
    assert!(mail::retry_now(&tx, id).await.unwrap());
    let mail = mail::claim(&tx, id, HOLD)
        .await
        .unwrap()
        .taken()
        .expect("due again");
    mail::finish(
        &tx,
        &mail,
        MailState::Delivered,
        Finish {
            trace: serde_json::json!([]),
            ..Finish::default()
        },
    )
    .await
    .unwrap();
    assert!(!mail::retry_now(&tx, id).await.unwrap());
}

#[tokio::test]
async fn a_poll_that_lost_its_lease_moves_no_cursor() {
    let book = book().await;
    let acme = book.tenant("acme").await;
    let source = book.source(acme).await;
    let tx = book.registry.begin(acme).await.unwrap();
    let old = source::lease(&tx, source, HOLD)
        .await
        .unwrap()
        .expect("free");
    assert!(source::lease(&tx, source, HOLD).await.unwrap().is_none());
    book.clock.advance(HOLD);
    let new = source::lease(&tx, source, HOLD)
        .await
        .unwrap()
        .expect("run out");
    let late = source::advance(&tx, old, "late", None, HOLD).await;
    assert!(matches!(late, Err(RegistryError::Superseded)));
    source::advance(&tx, new, "https://graph/next", Some(noon()), HOLD)
        .await
        .unwrap();
    let row = source::find(&tx, source).await.unwrap();
    assert_eq!(
        (row.cursor.as_deref(), row.last_mail_at),
        (Some("https://graph/next"), Some(noon()))
    );
}

#[tokio::test]
async fn an_effect_is_a_first_try_only_once() {
    let book = book().await;
    let acme = book.tenant("acme").await;
    let source = book.source(acme).await;
    let mail = book.mail(acme, source, "m1").await;
    let tx = book.registry.begin(acme).await.unwrap();
    let intend = || delivery::intend(&tx, mail, EffectKind::Issue, "issue");
    assert!(matches!(intend().await.unwrap(), Intent::First(_)));
    assert!(matches!(intend().await.unwrap(), Intent::Again(_)));
    let Intent::Again(row) = intend().await.unwrap() else {
        panic!("tried before")
    };
    delivery::withdraw(&tx, row.id).await.unwrap();
    assert!(matches!(intend().await.unwrap(), Intent::First(_)));
}

#[tokio::test]
async fn a_comment_is_noted_once_however_often_jira_says_it() {
    let book = book().await;
    let acme = book.tenant("acme").await;
    let tx = book.registry.begin(acme).await.unwrap();
    assert!(
        notification::insert(&tx, "10000", "SUP-1", "77")
            .await
            .unwrap()
            .is_some()
    );
    assert!(
        notification::insert(&tx, "10000", "SUP-1", "77")
            .await
            .unwrap()
            .is_none()
    );
}
