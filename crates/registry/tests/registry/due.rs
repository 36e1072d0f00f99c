use chrono::TimeDelta;
use postroom_registry::{
    connection::Event,
    due::Share,
    mail, source,
    tenant::{self, Door},
};

use crate::support::book;

const SHARE: Share = Share { fair: 2, most: 10 };

#[tokio::test]
async fn a_tenant_with_a_heap_of_work_does_not_hide_another() {
    let book = book().await;
    let (acme, globex) = (book.tenant("acme").await, book.tenant("globex").await);
    let quiet = book.source(globex).await;
    for _ in 0..5 {
        let noisy = book.source(acme).await;
        book.mail(acme, noisy, "m0").await;
    }
    book.clock.advance(TimeDelta::seconds(1));
    let late = book.mail(globex, quiet, "m0").await;
    let due = book.registry.due_mails(SHARE).await.unwrap();
    assert_eq!(due.len(), 3);
    assert!(due.iter().any(|due| due.id == late && due.tenant == globex));
}

#[tokio::test]
async fn what_is_in_hand_paused_or_uninstalled_is_not_due() {
    let book = book().await;
    let acme = book.tenant("acme").await;
    let id = book.source(acme).await;
    let mail = book.mail(acme, id, "m1").await;
    assert_eq!(book.registry.due_sources(SHARE).await.unwrap().len(), 1);

    let tx = book.registry.begin(acme).await.unwrap();
    let taken = mail::claim(&tx, mail, TimeDelta::minutes(1)).await.unwrap();
    assert!(taken.taken().is_some());
    let paused = Event::Paused { by: "ann".into() };
    source::apply(&tx, id, &paused).await.unwrap();
    tx.commit().await.unwrap();
    assert!(book.registry.due_mails(SHARE).await.unwrap().is_empty());
    assert!(book.registry.due_sources(SHARE).await.unwrap().is_empty());

    book.clock.advance(TimeDelta::minutes(1));
    assert_eq!(
        book.registry.due_mails(SHARE).await.unwrap().len(),
        1,
        "its worker is gone"
    );
    let tx = book.registry.begin(acme).await.unwrap();
    tenant::close(&tx, Door::Connect).await.unwrap();
    tx.commit().await.unwrap();
    assert!(book.registry.due_mails(SHARE).await.unwrap().is_empty());
}

#[tokio::test]
async fn idle_grants_in_use_are_due_and_the_fleet_is_counted() {
    let book = book().await;
    let acme = book.tenant("acme").await;
    let source = book.source(acme).await;
    book.mail(acme, source, "m1").await;
    let week = TimeDelta::days(7);
    assert!(book.registry.due_grants(week, 10).await.unwrap().is_empty());
    book.clock.advance(week + TimeDelta::seconds(1));
    assert_eq!(book.registry.due_grants(week, 10).await.unwrap().len(), 1);
    let counts = book.registry.fleet_counts().await.unwrap();
    let waiting = counts.iter().find(|count| count.subject == "mail").unwrap();
    assert_eq!((waiting.state.as_str(), waiting.amount), ("waiting", 1));
}
