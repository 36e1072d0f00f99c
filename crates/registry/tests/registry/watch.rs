//! Silence, trouble that lasts, and credentials that end.

use chrono::TimeDelta;
use postroom_registry::{
    connection::{ConnectionState, Event, StateDetail},
    incident::{self, IncidentKind},
    registration::{self, Change},
    source, tenant,
};

use crate::support::{book, new_registration, verdict};

#[tokio::test]
async fn a_source_that_is_not_read_for_an_hour_is_silent_whatever_its_polls_say() {
    let book = book().await;
    let acme = book.tenant("acme").await;
    let id = book.source(acme).await;
    book.poll_ends(acme, id, Some(Event::Worked)).await;
    let silent = async || book.registry.silent_sources(60, 10).await.unwrap();
    book.clock.advance(TimeDelta::minutes(60));
    assert!(silent().await.is_empty());
    book.clock.advance(TimeDelta::seconds(1));
    assert_eq!(silent().await[0].id, id);

    let tx = book.registry.begin(acme).await.unwrap();
    source::silence(&tx, id, StateDetail::default())
        .await
        .unwrap();
    tx.commit().await.unwrap();
    assert!(silent().await.is_empty(), "somebody was told");
    let open = book.open_incidents(acme).await;
    assert_eq!(open[0].kind, IncidentKind::Silence);
    // A ping is no proof that the source is read; a poll that goes to its end is.
    book.happens(acme, id, &Event::Worked).await;
    assert_eq!(book.open_incidents(acme).await.len(), 1);
    book.poll_ends(acme, id, Some(Event::Worked)).await;
    assert!(book.open_incidents(acme).await.is_empty());
}

#[tokio::test]
async fn what_nobody_reads_on_purpose_is_not_silent() {
    let book = book().await;
    let acme = book.tenant("acme").await;
    let id = book.source(acme).await;
    let silent = async || {
        !book
            .registry
            .silent_sources(60, 10)
            .await
            .unwrap()
            .is_empty()
    };
    book.clock.advance(TimeDelta::hours(2));
    assert!(silent().await);
    book.happens(acme, id, &Event::Paused { by: "ann".into() })
        .await;
    assert!(!silent().await);
    book.clock.advance(TimeDelta::days(4));
    book.happens(acme, id, &Event::Resumed).await;
    assert!(!silent().await, "it has just begun again");
    book.clock.advance(TimeDelta::hours(2));
    assert!(silent().await);
    let tx = book.registry.begin(acme).await.unwrap();
    tenant::set_enabled(&tx, false).await.unwrap();
    tx.commit().await.unwrap();
    assert!(!silent().await, "the app is off");
    let tx = book.registry.begin(acme).await.unwrap();
    tenant::set_enabled(&tx, true).await.unwrap();
    tx.commit().await.unwrap();
    assert!(!silent().await, "it has just begun again");
}

#[tokio::test]
async fn trouble_that_is_nobodys_is_told_when_it_lasts_through_all_its_changes() {
    let book = book().await;
    let acme = book.tenant("acme").await;
    let id = book.source(acme).await;
    let hour = TimeDelta::hours(1);
    let states = [ConnectionState::Slowed, ConnectionState::Retrying];
    for state in states.into_iter().cycle().take(4) {
        let lasting = book.registry.troubled_sources(hour, 10).await.unwrap();
        assert!(lasting.is_empty());
        book.happens(acme, id, &Event::Failed(verdict(state))).await;
        book.clock.advance(TimeDelta::minutes(15));
    }
    let lasting = book.registry.troubled_sources(hour, 10).await.unwrap();
    assert_eq!(lasting[0].id, id);
    assert!(
        book.registry
            .troubled_outbounds(hour, 10)
            .await
            .unwrap()
            .is_empty()
    );
    book.happens(acme, id, &Event::Worked).await;
    assert!(
        book.registry
            .troubled_sources(hour, 10)
            .await
            .unwrap()
            .is_empty()
    );
}

#[tokio::test]
async fn a_credential_that_ends_is_warned_of_at_each_stage_once() {
    let book = book().await;
    let acme = book.tenant("acme").await;
    let tx = book.registry.begin(acme).await.unwrap();
    let row = registration::insert(&tx, new_registration()).await.unwrap();
    tx.commit().await.unwrap();
    let ending = async || book.registry.expiring_registrations(10).await.unwrap();
    let mut given = Vec::new();
    for _ in 0..32 {
        for due in ending().await {
            let tx = book.registry.begin(acme).await.unwrap();
            let found = registration::find(&tx, due.id).await.unwrap();
            let days = registration::warning(book.clock.now(), due.due_at).unwrap();
            registration::warned(&tx, found, days).await.unwrap();
            tx.commit().await.unwrap();
            given.push(days);
        }
        assert!(ending().await.is_empty());
        book.clock.advance(TimeDelta::days(1));
    }
    assert_eq!(given, [30, 14, 3, 0]);
    let tx = book.registry.begin(acme).await.unwrap();
    let trouble = incident::Trouble {
        kind: IncidentKind::Expiry,
        state: None,
        detail: StateDetail::default(),
    };
    let subject = incident::Subject::Registration(row.id);
    incident::open(&tx, subject, trouble).await.unwrap();
    let new = new_registration();
    let change = Change {
        name: None,
        credential: Some(registration::NewCredential {
            credential: new.credential,
            thumbprint: None,
            expires_at: Some(book.clock.now() + TimeDelta::days(10)),
            state_detail: StateDetail::default(),
        }),
    };
    registration::change(&tx, row, change).await.unwrap();
    assert!(incident::open_of(&tx, subject).await.unwrap().is_none());
    tx.commit().await.unwrap();
    assert_eq!(ending().await.len(), 1, "the new one is warned of, too");
}
