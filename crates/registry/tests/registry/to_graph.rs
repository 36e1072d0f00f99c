//! Messages that get other ids, and sources that go from EWS to Graph.

use chrono::TimeDelta;
use postroom_registry::{
    connection::Protocol,
    due::Share,
    grant, mail,
    source::{self, Folder, Moved, NewSource},
    subscription,
};

use crate::support::{book, new_grant, new_mail, noon};

const HOLD: TimeDelta = TimeDelta::minutes(2);
const SHARE: Share = Share { fair: 10, most: 10 };

#[tokio::test]
async fn a_message_that_was_moved_away_and_back_is_the_same_mail() {
    let book = book().await;
    let acme = book.tenant("acme").await;
    let source = book.source(acme).await;
    let id = book.mail(acme, source, "old").await;
    let tx = book.registry.begin(acme).await.unwrap();
    let second = mail::insert(&tx, &new_mail(source, "copy")).await.unwrap();
    assert!(second.is_some(), "a copy beside it is another mail");
    mail::gone(&tx, source, &["old".into()]).await.unwrap();
    assert_eq!(
        mail::insert(&tx, &new_mail(source, "new")).await.unwrap(),
        None
    );
    let row = mail::find(&tx, id).await.unwrap();
    assert_eq!((row.immutable_id.as_str(), row.gone_at), ("new", None));
    let other = postroom_registry::mail::NewMail {
        raw: b"Subject: other\r\n\r\n",
        ..new_mail(source, "other")
    };
    mail::gone(&tx, source, &["new".into()]).await.unwrap();
    assert!(mail::insert(&tx, &other).await.unwrap().is_some());
}

#[tokio::test]
async fn a_source_of_ews_moves_with_its_ledger() {
    let book = book().await;
    let acme = book.tenant("acme").await;
    let tx = book.registry.begin(acme).await.unwrap();
    let grant_id = grant::insert(&tx, new_grant()).await.unwrap();
    let new = NewSource {
        grant_id,
        outbound_id: None,
        mailbox: "support@acme.example".to_owned(),
        protocol: Protocol::Ews,
        folder_id: "ews-inbox".to_owned(),
        folder_name: "Inbox".to_owned(),
        poll_interval_seconds: 15,
    };
    let row = source::create(&tx, new).await.unwrap();
    let id = row.id;
    assert!(subscription::of_source(&tx, id).await.unwrap().is_none());
    for n in 0..3 {
        mail::insert(&tx, &new_mail(id, &format!("ews-{n}")))
            .await
            .unwrap();
    }
    source::begin_move(&tx, row).await.unwrap();
    tx.commit().await.unwrap();
    let polls = book.registry.due_sources(SHARE).await.unwrap();
    assert!(polls.is_empty(), "it moves");
    assert_eq!(book.registry.due_moves(SHARE).await.unwrap().len(), 1);

    let tx = book.registry.begin(acme).await.unwrap();
    let lease = source::lease(&tx, id, HOLD).await.unwrap().unwrap();
    let ids = mail::immutable_ids(&tx, id, None, 2).await.unwrap();
    let rest = mail::immutable_ids(&tx, id, Some(ids[1].0), 2)
        .await
        .unwrap();
    assert_eq!((ids.len(), rest.len()), (2, 1));
    let pairs: Vec<_> = ids
        .iter()
        .chain(&rest)
        .map(|(_, old)| (old.clone(), old.replace("ews", "graph")))
        .collect();
    assert_eq!(mail::retarget_ids(&tx, id, &pairs).await.unwrap(), 3);
    assert_eq!(
        mail::retarget_ids(&tx, id, &pairs).await.unwrap(),
        0,
        "again"
    );
    source::moving(&tx, lease, Some((3, 3))).await.unwrap();
    let moved = Moved {
        folder: Folder {
            id: "graph-inbox".to_owned(),
            name: "Inbox".to_owned(),
        },
        settle_folder: None,
        start_from: Some(noon() - TimeDelta::days(1)),
    };
    let row = source::moved_to_graph(&tx, lease, moved).await.unwrap();
    assert_eq!(row.protocol, Protocol::Graph);
    assert_eq!((row.moving_total, row.cursor.as_deref()), (None, None));
    assert!(subscription::of_source(&tx, id).await.unwrap().is_some());
    let known = mail::known(&tx, id, &["graph-0".into(), "ews-0".into()])
        .await
        .unwrap();
    assert_eq!(known.into_iter().collect::<Vec<_>>(), ["graph-0"]);
    assert!(
        source::moving(&tx, lease, None).await.is_err(),
        "the lease is over"
    );
    tx.commit().await.unwrap();
    assert_eq!(book.registry.due_sources(SHARE).await.unwrap().len(), 1);
    assert!(book.registry.due_moves(SHARE).await.unwrap().is_empty());
}
