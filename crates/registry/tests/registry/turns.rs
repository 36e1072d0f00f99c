//! Thirty mails a minute from a mailbox, whoever sends them.

use chrono::TimeDelta;
use postroom_registry::outbound::{self, Turn};

use crate::support::book;

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn a_mailbox_sends_thirty_mails_in_any_minute() {
    let book = book().await;
    let acme = book.tenant("acme").await;
    // Two outbounds of one mailbox share its turns.
    let outbounds = [book.outbound(acme).await, book.outbound(acme).await];
    let racers: Vec<_> = (0..40)
        .map(|n| {
            let (registry, id) = (book.registry.clone(), outbounds[n % 2]);
            tokio::spawn(async move {
                let tx = registry.begin(acme).await.unwrap();
                let turn = outbound::take_turn(&tx, id).await.unwrap();
                tx.commit().await.unwrap();
                turn
            })
        })
        .collect();
    let mut went = 0;
    for racer in racers {
        match racer.await.unwrap() {
            Turn::Go => went += 1,
            Turn::Wait { until } => assert_eq!(until, book.clock.now() + TimeDelta::seconds(60)),
        }
    }
    assert_eq!(went, 30);
    let turn = async || {
        let tx = book.registry.begin(acme).await.unwrap();
        let turn = outbound::take_turn(&tx, outbounds[0]).await.unwrap();
        tx.commit().await.unwrap();
        turn
    };
    book.clock.advance(TimeDelta::seconds(59));
    assert!(matches!(turn().await, Turn::Wait { .. }));
    book.clock.advance(TimeDelta::seconds(1));
    assert_eq!(turn().await, Turn::Go);
}
