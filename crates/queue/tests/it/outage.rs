use postroom_clock::Clock;
use postroom_queue::{Doorbell, Listener, QueueError, Rung};

use crate::server::{NOW, PATIENCE, Server, bell};

/// Calls `next` until it gives a bell; the listener pauses by itself while Redis is away.
async fn heard(listener: &Listener) -> Rung {
    let calls = async {
        loop {
            if let Ok(mut taken) = listener.next(1, PATIENCE).await
                && let Some(rung) = taken.pop()
            {
                return rung;
            }
        }
    };
    tokio::time::timeout(PATIENCE * 2, calls)
        .await
        .expect("a bell")
}

#[tokio::test]
async fn emptying_redis_stops_no_listener() {
    let server = Server::start();
    let doorbell = server.doorbell();
    let listener = doorbell.listener().unwrap();
    doorbell.ring(&bell("poll")).await.unwrap();
    let held = listener.next(1, PATIENCE).await.unwrap();

    let mut redis = server.redis().await;
    let waiting = {
        let listener = listener.clone();
        tokio::spawn(async move { heard(&listener).await })
    };
    redis::cmd("FLUSHALL").exec_async(&mut redis).await.unwrap();
    redis::cmd("SCRIPT")
        .arg("FLUSH")
        .exec_async(&mut redis)
        .await
        .unwrap();

    assert!(!listener.renew(&held[0].receipt).await.unwrap());
    listener.done(&held[0].receipt).await.unwrap();
    assert_eq!(listener.claim_abandoned(NOW).await.unwrap(), []);
    doorbell.ring(&held[0].bell).await.unwrap();
    assert_eq!(waiting.await.unwrap().bell, held[0].bell);
}

#[tokio::test]
async fn a_restart_is_survived_without_a_new_doorbell() {
    let mut server = Server::start();
    let doorbell = server.doorbell();
    let listener = doorbell.listener().unwrap();
    assert_eq!(listener.next(1, NOW).await.unwrap(), []);
    let waiting = {
        let listener = listener.clone();
        tokio::spawn(async move { heard(&listener).await })
    };
    server.kill();
    let error = doorbell.ring(&bell("poll")).await.unwrap_err();
    assert!(matches!(error, QueueError::Unavailable(_)), "{error:?}");

    server.start_again();
    let rung = bell("poll");
    doorbell.ring(&rung).await.unwrap();
    assert_eq!(waiting.await.unwrap().bell, rung);
}

#[tokio::test]
async fn every_call_says_that_redis_is_away() {
    let mut server = Server::start();
    server.kill();
    let doorbell = server.doorbell();
    let away = |error: QueueError| matches!(error, QueueError::Unavailable(_));
    let (permits, budget) = (doorbell.permits(), doorbell.budget());
    let listener = doorbell.listener().unwrap();
    let rate = postroom_queue::Rate {
        units: 1,
        per: PATIENCE,
        burst: 1,
    };

    assert!(away(doorbell.ring(&bell("poll")).await.unwrap_err()));
    assert!(away(doorbell.ping().await.unwrap_err()));
    assert!(away(doorbell.once("k", PATIENCE).await.unwrap_err()));
    assert!(away(doorbell.pending().await.unwrap_err()));
    assert!(away(listener.next(1, NOW).await.unwrap_err()));
    assert!(away(listener.claim_abandoned(NOW).await.unwrap_err()));
    assert!(away(listener.forget_dead(NOW).await.unwrap_err()));
    assert!(away(budget.take("k", rate, 1).await.unwrap_err()));
    let permit = permits.acquire("k", 1, PATIENCE, PATIENCE).await;
    assert!(away(permit.unwrap_err()));
}

#[tokio::test]
async fn an_address_that_cannot_be_read_is_said_to_be_wrong_without_its_password() {
    let error = Doorbell::connect("http://user:secret@host", "test", &Clock::system()).unwrap_err();
    assert!(matches!(error, QueueError::Address(_)), "{error:?}");
    assert!(!format!("{error:?} {error}").contains("secret"));
    let url = "redis://:secret@127.0.0.1:1";
    let doorbell = Doorbell::connect(url, "test", &Clock::system()).unwrap();
    assert!(!format!("{doorbell:?}").contains("secret"));
    let error = doorbell.ping().await.unwrap_err();
    assert!(!format!("{error:?} {error}").contains("secret"));
}
