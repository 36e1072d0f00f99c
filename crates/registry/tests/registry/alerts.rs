//! Who is told of trouble, and when.

use chrono::TimeDelta;
use postroom_registry::{
    AlertId, TenantId,
    alert::{self, AlertState, Phase},
    alert_channel::{self, Change},
    connection::{ConnectionState, Event},
    due::Share,
    incident::{self, IncidentKind, Subject, Trouble},
    source,
};
use secrecy::ExposeSecret as _;

use crate::support::{Book, book, new_channel, verdict};

const HOLD: TimeDelta = TimeDelta::minutes(2);
const SHARE: Share = Share { fair: 10, most: 10 };

fn broken() -> Event {
    Event::Failed(verdict(ConnectionState::NeedsSignIn))
}

impl Book {
    async fn channel(&self, tenant: TenantId, name: &str) -> alert_channel::Model {
        let tx = self.registry.begin(tenant).await.unwrap();
        let row = alert_channel::insert(&tx, new_channel(name)).await.unwrap();
        tx.commit().await.unwrap();
        row
    }

    async fn due_alerts(&self) -> Vec<AlertId> {
        let due = self.registry.due_alerts(SHARE).await.unwrap();
        due.into_iter().map(|due| due.id).collect()
    }

    /// Tells all that is due, and says what phases that was.
    async fn tell(&self, tenant: TenantId) -> Vec<Phase> {
        let mut told = Vec::new();
        for id in self.due_alerts().await {
            let tx = self.registry.begin(tenant).await.unwrap();
            let row = alert::claim(&tx, id, HOLD).await.unwrap().unwrap();
            alert::sent(&tx, &row).await.unwrap();
            told.push(row.phase);
            tx.commit().await.unwrap();
        }
        told
    }
}

#[tokio::test]
async fn each_channel_is_told_once_that_it_began_and_once_that_it_is_over() {
    let book = book().await;
    let acme = book.tenant("acme").await;
    let source = book.source(acme).await;
    let off = book.channel(acme, "off").await;
    let (tx, change) = (
        book.registry.begin(acme).await.unwrap(),
        Change {
            enabled: Some(false),
            ..Change::default()
        },
    );
    alert_channel::change(&tx, off, change).await.unwrap();
    tx.commit().await.unwrap();
    book.channel(acme, "one").await;
    book.channel(acme, "two").await;
    book.happens(acme, source, &broken()).await;
    assert_eq!(book.tell(acme).await, [Phase::Opened; 2]);
    book.happens(acme, source, &broken()).await;
    assert!(book.tell(acme).await.is_empty(), "once");
    book.channel(acme, "late").await;
    book.happens(acme, source, &Event::SignedIn).await;
    assert_eq!(
        book.tell(acme).await,
        [Phase::Closed; 2],
        "who was not told need not know"
    );
    let tx = book.registry.begin(acme).await.unwrap();
    let incident = &incident::list(&tx, Some(false), 10).await.unwrap()[0];
    assert_eq!(alert::of_incident(&tx, incident.id).await.unwrap().len(), 4);
}

#[tokio::test]
async fn what_is_over_before_it_was_told_is_not_told() {
    let book = book().await;
    let acme = book.tenant("acme").await;
    let source = book.source(acme).await;
    book.channel(acme, "one").await;
    book.happens(acme, source, &broken()).await;
    book.happens(acme, source, &Event::SignedIn).await;
    assert!(book.due_alerts().await.is_empty());
    // A worker has the message in hand: it may have gone out, so its end is told.
    book.happens(acme, source, &broken()).await;
    let id = book.due_alerts().await[0];
    let tx = book.registry.begin(acme).await.unwrap();
    let row = alert::claim(&tx, id, HOLD).await.unwrap().unwrap();
    tx.commit().await.unwrap();
    book.happens(acme, source, &Event::SignedIn).await;
    let tx = book.registry.begin(acme).await.unwrap();
    alert::sent(&tx, &row).await.unwrap();
    tx.commit().await.unwrap();
    assert_eq!(book.tell(acme).await, [Phase::Closed]);
}

#[tokio::test]
async fn an_alert_that_fails_is_due_again_and_may_be_given_up() {
    let book = book().await;
    let acme = book.tenant("acme").await;
    let source = book.source(acme).await;
    book.channel(acme, "one").await;
    book.happens(acme, source, &broken()).await;
    let id = book.due_alerts().await[0];
    let tx = book.registry.begin(acme).await.unwrap();
    let row = alert::claim(&tx, id, HOLD).await.unwrap().unwrap();
    assert!(alert::claim(&tx, id, HOLD).await.unwrap().is_none());
    let at = book.clock.now() + TimeDelta::minutes(1);
    alert::retry_at(&tx, &row, at, "no answer").await.unwrap();
    tx.commit().await.unwrap();
    assert!(book.due_alerts().await.is_empty());
    book.clock.advance(TimeDelta::minutes(1));
    assert_eq!(book.due_alerts().await, [id]);
    let tx = book.registry.begin(acme).await.unwrap();
    let row = alert::claim(&tx, id, HOLD).await.unwrap().unwrap();
    assert_eq!(row.attempts, 2);
    alert::give_up(&tx, &row, "a day").await.unwrap();
    let row = alert::find(&tx, id).await.unwrap();
    assert_eq!(
        (row.state, row.last_error.as_deref()),
        (AlertState::Dead, Some("a day"))
    );
}

#[tokio::test]
async fn a_channel_that_is_deleted_is_told_nothing_more() {
    let book = book().await;
    let acme = book.tenant("acme").await;
    let source = book.source(acme).await;
    let channel = book.channel(acme, "one").await;
    book.happens(acme, source, &broken()).await;
    let tx = book.registry.begin(acme).await.unwrap();
    let target = alert_channel::target(&tx, &channel).await.unwrap();
    assert!(
        target
            .expose_secret()
            .starts_with("https://hooks.slack.com/")
    );
    let id = channel.id;
    alert_channel::delete(&tx, channel).await.unwrap();
    assert!(alert_channel::find(&tx, id).await.is_err());
    assert!(alert_channel::find_even_deleted(&tx, id).await.is_ok());
    tx.commit().await.unwrap();
    assert!(book.due_alerts().await.is_empty());
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn a_poll_that_fails_beside_a_watch_that_looks_opens_one_incident() {
    let book = book().await;
    let acme = book.tenant("acme").await;
    let source = book.source(acme).await;
    book.channel(acme, "one").await;
    let racers: Vec<_> = (0..6)
        .map(|n| {
            let registry = book.registry.clone();
            tokio::spawn(async move {
                let tx = registry.begin(acme).await.unwrap();
                let trouble = Trouble {
                    kind: IncidentKind::State,
                    state: Some(ConnectionState::Retrying),
                    detail: verdict(ConnectionState::Retrying).detail,
                };
                match n % 2 {
                    0 => drop(source::apply(&tx, source, &broken()).await.unwrap()),
                    _ => drop(
                        incident::open(&tx, Subject::Source(source), trouble)
                            .await
                            .unwrap(),
                    ),
                }
                tx.commit().await.unwrap();
            })
        })
        .collect();
    for racer in racers {
        racer.await.unwrap();
    }
    assert_eq!(book.open_incidents(acme).await.len(), 1);
    assert_eq!(book.due_alerts().await.len(), 1);
}
