//! Subscriptions: one for each source of Graph, found by a key that only Microsoft was told.

use chrono::TimeDelta;
use postroom_registry::{
    RegistryError,
    connection::Event,
    due::Share,
    source,
    subscription::{self, Lifecycle, Outcome, SubscriptionState},
};
use secrecy::ExposeSecret as _;

use crate::support::book;

const HOLD: TimeDelta = TimeDelta::minutes(2);
const SHARE: Share = Share { fair: 10, most: 10 };

#[tokio::test]
async fn a_subscription_is_made_with_its_source_and_looked_after_by_one_worker() {
    let book = book().await;
    let (acme, globex) = (book.tenant("acme").await, book.tenant("globex").await);
    let source = book.source(acme).await;
    let due = book.registry.due_subscriptions(SHARE).await.unwrap();
    let id = due[0].id;
    let tx = book.registry.begin(acme).await.unwrap();
    let row = subscription::claim(&tx, id, HOLD)
        .await
        .unwrap()
        .expect("free");
    assert!(subscription::claim(&tx, id, HOLD).await.unwrap().is_none());
    assert!(
        subscription::client_state(&tx, &row)
            .await
            .unwrap()
            .is_none()
    );
    let word = subscription::new_client_state(&tx, &row).await.unwrap();
    let expires_at = Some(book.clock.now() + TimeDelta::days(6));
    let live = Outcome {
        state: SubscriptionState::Live,
        detail: None,
        graph_id: Some("g-1".to_owned()),
        expires_at,
        renew_at: Some(book.clock.now() + TimeDelta::days(4)),
    };
    subscription::end(&tx, &row, live.clone()).await.unwrap();
    tx.commit().await.unwrap();
    assert!(
        book.registry
            .due_subscriptions(SHARE)
            .await
            .unwrap()
            .is_empty()
    );

    let found = book.registry.subscription_by_key(&row.key).await.unwrap();
    assert_eq!(found, Some((acme, id)));
    assert_eq!(
        book.registry.subscription_by_key("none").await.unwrap(),
        None
    );
    assert_eq!(
        book.registry.subscription_by_key("a\0").await.unwrap(),
        None
    );
    let tx = book.registry.begin(acme).await.unwrap();
    let kept = subscription::find(&tx, id).await.unwrap();
    let said = subscription::client_state(&tx, &kept)
        .await
        .unwrap()
        .unwrap();
    assert_eq!(said.expose_secret(), word.expose_secret());
    assert_eq!(
        (kept.state, kept.expires_at),
        (SubscriptionState::Live, expires_at)
    );
    let tx = book.registry.begin(globex).await.unwrap();
    assert!(matches!(
        subscription::find(&tx, id).await,
        Err(RegistryError::Missing)
    ));

    // Overtaken: the source changed meanwhile and another worker has it.
    let tx = book.registry.begin(acme).await.unwrap();
    subscription::look_after(&tx, id, Lifecycle::Removed)
        .await
        .unwrap();
    let newer = subscription::claim(&tx, id, HOLD).await.unwrap().unwrap();
    assert_eq!(
        (newer.graph_id.as_deref(), newer.state),
        (None, SubscriptionState::Starting)
    );
    let late = subscription::end(&tx, &row, live).await;
    assert!(matches!(late, Err(RegistryError::Superseded)));
    assert_eq!(newer.source_id, source);
}

#[tokio::test]
async fn a_deleted_source_is_due_once_more_to_take_its_subscription_back() {
    let book = book().await;
    let acme = book.tenant("acme").await;
    let source = book.source(acme).await;
    book.happens(acme, source, &Event::Paused { by: "ann".into() })
        .await;
    assert!(
        book.registry
            .due_subscriptions(SHARE)
            .await
            .unwrap()
            .is_empty(),
        "paused"
    );
    book.happens(acme, source, &Event::Resumed).await;
    let id = book.registry.due_subscriptions(SHARE).await.unwrap()[0].id;
    let tx = book.registry.begin(acme).await.unwrap();
    let row = subscription::claim(&tx, id, HOLD).await.unwrap().unwrap();
    let outcome = |graph_id: Option<&str>, days| Outcome {
        state: SubscriptionState::Live,
        detail: None,
        graph_id: graph_id.map(ToOwned::to_owned),
        expires_at: None,
        renew_at: Some(book.clock.now() + TimeDelta::days(days)),
    };
    subscription::end(&tx, &row, outcome(Some("g-1"), 4))
        .await
        .unwrap();
    let row = source::find(&tx, source).await.unwrap();
    source::delete(&tx, row).await.unwrap();
    tx.commit().await.unwrap();
    assert_eq!(
        book.registry.due_subscriptions(SHARE).await.unwrap()[0].id,
        id
    );
    let tx = book.registry.begin(acme).await.unwrap();
    let row = subscription::claim(&tx, id, HOLD).await.unwrap().unwrap();
    subscription::end(&tx, &row, outcome(None, 0))
        .await
        .unwrap();
    tx.commit().await.unwrap();
    assert!(
        book.registry
            .due_subscriptions(SHARE)
            .await
            .unwrap()
            .is_empty()
    );
}
