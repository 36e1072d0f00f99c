//! Mails of a source go in the order in which they were received.

use chrono::TimeDelta;
use postroom_registry::{
    MailId, SourceId, TenantId,
    due::Share,
    mail::{self, Claim, Finish, MailState, NewMail},
};

use crate::support::{Book, book, new_mail, noon};

const HOLD: TimeDelta = TimeDelta::minutes(2);
const SHARE: Share = Share { fair: 10, most: 10 };

impl Book {
    /// Takes in mails in this order, received at so many minutes after noon.
    async fn take_in(&self, tenant: TenantId, source: SourceId, minutes: &[i64]) -> Vec<MailId> {
        let mut ids = Vec::new();
        let tx = self.registry.begin(tenant).await.unwrap();
        for minute in minutes {
            let id = format!("m{minute}");
            let raw = format!("Subject: {minute}\r\n\r\n");
            let new = NewMail {
                received_at: noon() + TimeDelta::minutes(*minute),
                raw: raw.as_bytes(),
                ..new_mail(source, &id)
            };
            ids.extend(mail::insert(&tx, &new).await.unwrap());
        }
        tx.commit().await.unwrap();
        ids
    }

    async fn release(&self, tenant: TenantId, source: SourceId) -> Vec<MailId> {
        let tx = self.registry.begin(tenant).await.unwrap();
        let released = mail::release_fresh(&tx, source).await.unwrap();
        tx.commit().await.unwrap();
        released
    }

    async fn reach(&self, tenant: TenantId, id: MailId) -> Claim {
        let tx = self.registry.begin(tenant).await.unwrap();
        let claim = mail::claim(&tx, id, HOLD).await.unwrap();
        tx.commit().await.unwrap();
        claim
    }

    async fn next(&self, tenant: TenantId, source: SourceId) -> Option<MailId> {
        let tx = self.registry.begin(tenant).await.unwrap();
        mail::next_fresh(&tx, source).await.unwrap()
    }

    async fn swept(&self) -> Vec<MailId> {
        let due = self.registry.due_mails(SHARE).await.unwrap();
        due.into_iter().map(|due| due.id).collect()
    }
}

#[tokio::test]
async fn what_a_round_took_in_waits_for_its_end_but_not_for_ever() {
    let book = book().await;
    let acme = book.tenant("acme").await;
    let source = book.source(acme).await;
    let ids = book.take_in(acme, source, &[3, 1, 2]).await;
    assert!(book.swept().await.is_empty());
    assert!(matches!(book.reach(acme, ids[1]).await, Claim::Nothing));
    assert_eq!(book.next(acme, source).await, None);
    book.clock.advance(TimeDelta::minutes(5));
    assert_eq!(book.swept().await, [ids[1]], "the round never ended");
}

#[tokio::test]
async fn the_oldest_goes_first_and_the_others_wait_until_its_first_try_is_over() {
    let book = book().await;
    let acme = book.tenant("acme").await;
    let source = book.source(acme).await;
    let ids = book.take_in(acme, source, &[3, 1, 2]).await;
    let order = book.release(acme, source).await;
    assert_eq!(order, [ids[1], ids[2], ids[0]]);
    assert_eq!(book.swept().await, [order[0]]);
    assert!(matches!(book.reach(acme, order[1]).await, Claim::NotYet));
    assert_eq!(book.next(acme, source).await, Some(order[0]));
    let first = book.reach(acme, order[0]).await.taken().expect("its turn");
    assert!(matches!(book.reach(acme, order[1]).await, Claim::NotYet));
    assert_eq!(book.next(acme, source).await, None, "it is in hand");
    assert!(book.swept().await.is_empty());

    // It fails: from now on it is in nobody's way.
    let tx = book.registry.begin(acme).await.unwrap();
    let later = book.clock.now() + TimeDelta::hours(1);
    mail::retry_at(&tx, &first, later, "Jira said no")
        .await
        .unwrap();
    tx.commit().await.unwrap();
    assert_eq!(book.next(acme, source).await, Some(order[1]));
    let second = book.reach(acme, order[1]).await.taken().expect("its turn");
    let tx = book.registry.begin(acme).await.unwrap();
    let finish = Finish {
        trace: serde_json::json!([]),
        ..Finish::default()
    };
    mail::finish(&tx, &second, MailState::Delivered, finish)
        .await
        .unwrap();
    mail::settled(&tx, &second, serde_json::json!([]))
        .await
        .unwrap();
    tx.commit().await.unwrap();
    assert_eq!(book.swept().await, [order[2]]);
    // A second try runs beside a first one.
    book.clock.advance(TimeDelta::hours(1));
    assert!(book.reach(acme, order[2]).await.taken().is_some());
    assert!(book.reach(acme, order[0]).await.taken().is_some());
}

#[tokio::test]
async fn a_mail_that_is_handed_back_keeps_its_place_and_its_time() {
    let book = book().await;
    let acme = book.tenant("acme").await;
    let source = book.source(acme).await;
    book.take_in(acme, source, &[1, 2]).await;
    let order = book.release(acme, source).await;
    let first = book.reach(acme, order[0]).await.taken().unwrap();
    let tx = book.registry.begin(acme).await.unwrap();
    let later = book.clock.now() + TimeDelta::minutes(1);
    mail::hand_back(&tx, &first, later, "no token")
        .await
        .unwrap();
    tx.commit().await.unwrap();
    assert_eq!(
        book.release(acme, source).await,
        [order[1]],
        "it said when it is due"
    );
    assert!(matches!(book.reach(acme, order[1]).await, Claim::NotYet));
    assert_eq!(book.next(acme, source).await, None);
    book.clock.advance(TimeDelta::minutes(1));
    assert_eq!(book.next(acme, source).await, Some(order[0]));
}

#[tokio::test]
async fn a_worker_that_died_over_the_first_mail_holds_nobody_up() {
    let book = book().await;
    let acme = book.tenant("acme").await;
    let source = book.source(acme).await;
    book.take_in(acme, source, &[1, 2]).await;
    let order = book.release(acme, source).await;
    assert!(book.reach(acme, order[0]).await.taken().is_some());
    book.clock.advance(HOLD);
    let mut due = book.swept().await;
    due.sort();
    let mut all = order.clone();
    all.sort();
    assert_eq!(due, all);
    assert!(book.reach(acme, order[1]).await.taken().is_some());
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn of_workers_that_race_for_a_source_one_has_a_mail() {
    let book = book().await;
    let acme = book.tenant("acme").await;
    let source = book.source(acme).await;
    book.take_in(acme, source, &[4, 3, 2, 1]).await;
    let order = book.release(acme, source).await;
    let racers: Vec<_> = order
        .iter()
        .rev()
        .cycle()
        .take(8)
        .map(|id| {
            let (registry, id) = (book.registry.clone(), *id);
            tokio::spawn(async move {
                let tx = registry.begin(acme).await.unwrap();
                let claim = mail::claim(&tx, id, HOLD).await.unwrap();
                tx.commit().await.unwrap();
                claim.taken().map(|mail| mail.id)
            })
        })
        .collect();
    let mut taken = Vec::new();
    for racer in racers {
        taken.extend(racer.await.unwrap());
    }
    assert_eq!(taken, [order[0]]);
}

#[tokio::test]
async fn all_that_wait_for_a_token_say_so_and_go_on_in_order_when_it_comes() {
    let book = book().await;
    let acme = book.tenant("acme").await;
    let source = book.source(acme).await;
    book.take_in(acme, source, &[1, 2]).await;
    let order = book.release(acme, source).await;
    // Of the next round, which goes on.
    let behind = book.take_in(acme, source, &[3]).await[0];
    let first = book.reach(acme, order[0]).await.taken().unwrap();
    let tx = book.registry.begin(acme).await.unwrap();
    let later = book.clock.now() + TimeDelta::minutes(1);
    mail::hand_back(&tx, &first, later, "no token")
        .await
        .unwrap();
    mail::waits_for_token(&tx, source, "no token")
        .await
        .unwrap();
    for (id, said) in [
        (order[0], Some("no token")),
        (order[1], Some("no token")),
        (behind, None),
    ] {
        let mail = mail::find(&tx, id).await.unwrap();
        assert_eq!(mail.last_error.as_deref(), said);
    }
    tx.commit().await.unwrap();
    assert_eq!(book.next(acme, source).await, None);

    let tx = book.registry.begin(acme).await.unwrap();
    assert_eq!(mail::token_came(&tx).await.unwrap(), [order[0]]);
    let unread = mail::find(&tx, behind).await.unwrap();
    assert!(unread.next_attempt_at > Some(book.clock.now()));
    tx.commit().await.unwrap();
    assert_eq!(book.next(acme, source).await, Some(order[0]));
}
