//! States as they are written: with their history and their incident.

use chrono::TimeDelta;
use postroom_registry::{
    SourceId, TenantId,
    audit::Action,
    connection::{ConnectionKind, ConnectionState, Event},
    connection_history, grant, incident, outbound,
    source::{self, PollEnd},
};

use crate::support::{Book, book, new_grant, verdict};

impl Book {
    pub(crate) async fn happens(
        &self,
        tenant: TenantId,
        id: SourceId,
        event: &Event,
    ) -> source::Model {
        let tx = self.registry.begin(tenant).await.unwrap();
        let row = source::apply(&tx, id, event).await.unwrap();
        tx.commit().await.unwrap();
        row
    }

    pub(crate) async fn poll_ends(&self, tenant: TenantId, id: SourceId, event: Option<Event>) {
        let tx = self.registry.begin(tenant).await.unwrap();
        let hold = TimeDelta::minutes(1);
        let lease = source::lease(&tx, id, hold).await.unwrap().unwrap();
        let end = PollEnd {
            event,
            caught_up: true,
            next_poll_at: self.clock.now() + TimeDelta::minutes(1),
            poll_interval_seconds: 60,
        };
        source::end_poll(&tx, lease, end).await.unwrap();
        tx.commit().await.unwrap();
    }

    pub(crate) async fn open_incidents(&self, tenant: TenantId) -> Vec<incident::Model> {
        let tx = self.registry.begin(tenant).await.unwrap();
        incident::list(&tx, Some(true), 10).await.unwrap()
    }
}

#[tokio::test]
async fn a_source_has_a_history_and_one_incident_for_one_trouble() {
    let book = book().await;
    let acme = book.tenant("acme").await;
    let id = book.source(acme).await;
    let minute = TimeDelta::minutes(1);
    book.clock.advance(minute);
    let failed = |state| Event::Failed(verdict(state));
    book.happens(acme, id, &failed(ConnectionState::Retrying))
        .await;
    assert!(book.open_incidents(acme).await.is_empty(), "nobody's");
    book.clock.advance(minute);
    let since = book.clock.now();
    let row = book
        .happens(acme, id, &failed(ConnectionState::Refused))
        .await;
    assert_eq!((row.state_since, row.failures), (since, 2));
    book.clock.advance(minute);
    book.happens(acme, id, &failed(ConnectionState::Slowed))
        .await;
    let row = book
        .happens(acme, id, &failed(ConnectionState::NeedsSignIn))
        .await;
    assert_eq!(row.state_detail.error_code.as_deref(), Some("Code"));
    let open = book.open_incidents(acme).await;
    assert_eq!(open.len(), 1);
    assert_eq!(
        (open[0].state, open[0].opened_at),
        (Some(ConnectionState::NeedsSignIn), since)
    );
    book.clock.advance(minute);
    let row = book.happens(acme, id, &Event::SignedIn).await;
    assert_eq!((row.state, row.failures), (ConnectionState::Active, 0));
    assert_eq!(
        (row.watched_from, row.next_poll_at),
        (book.clock.now(), book.clock.now())
    );
    assert!(book.open_incidents(acme).await.is_empty());

    let tx = book.registry.begin(acme).await.unwrap();
    let history = connection_history::list(&tx, ConnectionKind::Source, id, 10)
        .await
        .unwrap();
    let states: Vec<_> = history.iter().rev().map(|row| row.state.word()).collect();
    assert_eq!(
        states,
        ["active", "retrying", "refused", "needs_sign_in", "active"]
    );
    for pair in history.windows(2) {
        assert_eq!(pair[1].until, Some(pair[0].since), "no hole, no overlap");
    }
    assert_eq!(history[0].until, None);
    let told = book.actions(acme).await;
    assert_eq!(told[..2], [Action::IncidentClosed, Action::IncidentOpened]);
}

#[tokio::test]
async fn a_paused_source_stays_paused_whatever_its_poll_says() {
    let book = book().await;
    let acme = book.tenant("acme").await;
    let id = book.source(acme).await;
    book.happens(acme, id, &Event::Failed(verdict(ConnectionState::Ours)))
        .await;
    let row = book
        .happens(acme, id, &Event::Paused { by: "ann".into() })
        .await;
    assert_eq!(row.state_detail.paused_by.as_deref(), Some("ann"));
    assert!(book.open_incidents(acme).await.is_empty(), "it is known");
    for event in [
        Event::Worked,
        Event::Failed(verdict(ConnectionState::Refused)),
    ] {
        book.poll_ends(acme, id, Some(event)).await;
        let tx = book.registry.begin(acme).await.unwrap();
        let row = source::find(&tx, id).await.unwrap();
        assert_eq!(row.state, ConnectionState::Paused);
        assert_eq!(row.state_detail.paused_by.as_deref(), Some("ann"));
    }
    let row = book.happens(acme, id, &Event::Resumed).await;
    assert_eq!(row.state, ConnectionState::Active);
}

#[tokio::test]
async fn a_failure_that_says_nothing_of_the_connection_is_counted_and_changes_no_state() {
    let book = book().await;
    let acme = book.tenant("acme").await;
    let id = book.source(acme).await;
    book.poll_ends(acme, id, None).await;
    let tx = book.registry.begin(acme).await.unwrap();
    let row = source::find(&tx, id).await.unwrap();
    assert_eq!(
        (row.state, row.failures, row.last_success_at),
        (ConnectionState::Active, 1, None)
    );
    drop(tx);
    book.poll_ends(acme, id, Some(Event::Worked)).await;
    let tx = book.registry.begin(acme).await.unwrap();
    let row = source::find(&tx, id).await.unwrap();
    let now = Some(book.clock.now());
    assert_eq!(
        (row.failures, row.last_success_at, row.caught_up_at),
        (0, now, now)
    );
}

#[tokio::test]
async fn a_new_sign_in_wakes_all_that_lived_on_the_old_one() {
    let book = book().await;
    let acme = book.tenant("acme").await;
    let (id, other) = (book.source(acme).await, book.source(acme).await);
    let out = book.outbound(acme).await;
    for id in [id, other] {
        book.happens(
            acme,
            id,
            &Event::Failed(verdict(ConnectionState::NeedsSignIn)),
        )
        .await;
    }
    let tx = book.registry.begin(acme).await.unwrap();
    let to = grant::insert(&tx, new_grant()).await.unwrap();
    let old = source::find(&tx, id).await.unwrap().grant_id;
    source::rebind(&tx, &[old], to).await.unwrap();
    let state = async |id| source::find(&tx, id).await.unwrap().state;
    assert_eq!(state(id).await, ConnectionState::Active);
    assert_eq!(state(other).await, ConnectionState::NeedsSignIn);
    outbound::apply(
        &tx,
        out,
        &Event::Failed(verdict(ConnectionState::NeedsSignIn)),
    )
    .await
    .unwrap();
    let row = outbound::find(&tx, out).await.unwrap();
    let row = outbound::sign_in(&tx, row, to).await.unwrap();
    assert_eq!((row.state, row.grant_id), (ConnectionState::Active, to));
}
