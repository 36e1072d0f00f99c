//! Sign-ins that are another person's to do.

use chrono::TimeDelta;
use postroom_registry::sign_in::{self, Asked, Departure, Gap, SignInState};

use crate::support::{book, new_sign_in, noon};

#[tokio::test]
async fn an_owners_link_lives_a_week_and_an_approval_a_month() {
    let book = book().await;
    let acme = book.tenant("acme").await;
    let tx = book.registry.begin(acme).await.unwrap();
    let mine = sign_in::start(&tx, new_sign_in("mine")).await.unwrap();
    assert!(mine.is_expired(noon() + TimeDelta::minutes(30)));
    let mut new = new_sign_in("owners");
    new.asked = Asked::Owner;
    let owners = sign_in::start(&tx, new).await.unwrap();
    assert!(!owners.is_expired(noon() + TimeDelta::days(6)));
    assert!(owners.is_expired(noon() + TimeDelta::days(7)));

    let waiting = sign_in::ask_approval(&tx, mine, "word").await.unwrap();
    assert_eq!(waiting.state, SignInState::WaitingForApproval);
    assert!(!waiting.is_expired(noon() + TimeDelta::days(29)));
    let id = waiting.id;
    book.clock.advance(TimeDelta::days(1));
    let again = sign_in::ask_approval(&tx, waiting, "word").await.unwrap();
    assert_eq!(
        again.expires_at,
        noon() + TimeDelta::days(30),
        "a month in all"
    );
    let approved = sign_in::approve(&tx, again).await.unwrap();
    assert_eq!(approved.approved_at, Some(book.clock.now()));
    tx.commit().await.unwrap();
    let found = book.registry.sign_in_by_approval("word").await.unwrap();
    assert_eq!(found, Some((acme, id)));
    assert_eq!(
        book.registry.sign_in_by_approval("another").await.unwrap(),
        None
    );
}

#[tokio::test]
async fn a_sign_in_that_is_taken_back_opens_nothing_any_more() {
    let book = book().await;
    let acme = book.tenant("acme").await;
    let tx = book.registry.begin(acme).await.unwrap();
    let row = sign_in::start(&tx, new_sign_in("ticket")).await.unwrap();
    let row = sign_in::ask_approval(&tx, row, "word").await.unwrap();
    let departure = Departure {
        state: "state",
        browser: "browser",
        exchange: b"exchange",
    };
    let row = sign_in::depart(&tx, row, &departure).await.unwrap();
    assert_eq!(sign_in::list(&tx, "ann", true).await.unwrap().len(), 1);
    assert!(sign_in::list(&tx, "bob", false).await.unwrap().is_empty());
    let row = sign_in::revoke(&tx, row).await.unwrap();
    assert_eq!(
        (row.state, row.revoked_at),
        (SignInState::Failed, Some(noon()))
    );
    assert!(sign_in::list(&tx, "ann", true).await.unwrap().is_empty());
    assert_eq!(sign_in::list(&tx, "ann", false).await.unwrap().len(), 1);
    tx.commit().await.unwrap();
    assert_eq!(
        book.registry.sign_in_by_approval("word").await.unwrap(),
        None
    );
    assert_eq!(book.registry.sign_in_by_state("state").await.unwrap(), None);
}

#[tokio::test]
async fn what_waits_in_the_mailbox_is_kept_with_the_confirmation() {
    let book = book().await;
    let acme = book.tenant("acme").await;
    let tx = book.registry.begin(acme).await.unwrap();
    let row = sign_in::start(&tx, new_sign_in("ticket")).await.unwrap();
    let gap = Gap {
        since: noon(),
        offline_seconds: 356_400,
        mails: 212,
        more: false,
    };
    let row = sign_in::confirm(&tx, row, Some(gap.clone())).await.unwrap();
    assert_eq!((row.state, row.gap), (SignInState::Confirmed, Some(gap)));
    let mut new = new_sign_in("owners");
    new.asked = Asked::Owner;
    let owners = sign_in::start(&tx, new).await.unwrap();
    book.clock.advance(TimeDelta::days(6));
    let owners = sign_in::confirm(&tx, owners, None).await.unwrap();
    assert_eq!(owners.expires_at, book.clock.now() + TimeDelta::days(7));
}
