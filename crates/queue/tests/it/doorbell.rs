use std::collections::HashSet;

use postroom_queue::{Bell, Rung};
use redis::AsyncCommands as _;

use crate::server::{NOW, PATIENCE, Server, bell};

fn bells(rungs: &[Rung]) -> Vec<Bell> {
    rungs.iter().map(|rung| rung.bell.clone()).collect()
}

#[tokio::test]
async fn a_bell_is_taken_once_and_gone_when_done() {
    let server = Server::start();
    let doorbell = server.doorbell();
    let (one, two) = (doorbell.listener().unwrap(), doorbell.listener().unwrap());
    let rung = bell("poll");
    doorbell.ring(&rung).await.unwrap();

    let taken = one.next(10, PATIENCE).await.unwrap();
    assert_eq!(bells(&taken), [rung]);
    assert_eq!(two.next(10, NOW).await.unwrap(), []);
    assert_eq!(doorbell.pending().await.unwrap(), 1);

    one.done(&taken[0].receipt).await.unwrap();
    assert_eq!(doorbell.pending().await.unwrap(), 0);
    assert_eq!(two.claim_abandoned(NOW).await.unwrap(), []);
}

#[tokio::test]
async fn a_listener_wakes_for_a_bell_that_comes_later_than_the_default_timeout() {
    let server = Server::start();
    let doorbell = server.doorbell();
    let listener = doorbell.listener().unwrap();
    let waiting = tokio::spawn(async move { listener.next(1, PATIENCE).await });
    // The client library ends answers after 500 ms by default: the read must still be blocking then.
    let mut redis = server.redis().await;
    let mut blocked_ms = 0;
    while blocked_ms < 700 {
        let clients: String = redis::cmd("CLIENT")
            .arg("LIST")
            .query_async(&mut redis)
            .await
            .unwrap();
        let blocked = clients.lines().find(|l| l.contains("cmd=xreadgroup"));
        let age = |l: &str| l.split(" idle=").nth(1)?.split(' ').next()?.parse().ok();
        blocked_ms = blocked.and_then(age).unwrap_or(0) * 1000;
        assert!(!waiting.is_finished(), "the read ended early");
        tokio::task::yield_now().await;
    }
    let rung = bell("poll");
    doorbell.ring(&rung).await.unwrap();
    assert_eq!(bells(&waiting.await.unwrap().unwrap()), [rung]);
}

#[tokio::test]
async fn bells_that_were_rung_before_anybody_listened_are_heard() {
    let server = Server::start();
    let doorbell = server.doorbell();
    let many: Vec<Bell> = (0..1200).map(|_| bell("process")).collect();
    assert_eq!(doorbell.ring_many(&many).await.unwrap(), 1200);

    let listener = doorbell.listener().unwrap();
    let mut heard = Vec::new();
    while heard.len() < many.len() {
        let taken = listener.next(500, PATIENCE).await.unwrap();
        assert!(!taken.is_empty() && taken.len() <= 500);
        heard.extend(bells(&taken));
    }
    assert_eq!(heard, many, "in the order of the ringing");
}

#[tokio::test]
async fn what_a_dead_listener_held_is_taken_over_and_what_is_renewed_is_not() {
    let server = Server::start();
    let doorbell = server.doorbell();
    let (dying, heir) = (doorbell.listener().unwrap(), doorbell.listener().unwrap());
    doorbell.ring(&bell("poll")).await.unwrap();
    let held = dying.next(1, PATIENCE).await.unwrap();
    assert!(dying.renew(&held[0].receipt).await.unwrap());

    // An hour has not passed, so nothing is abandoned; after no time at all, everything is.
    let hour = std::time::Duration::from_secs(3600);
    assert_eq!(heir.claim_abandoned(hour).await.unwrap(), []);
    let claimed = heir.claim_abandoned(std::time::Duration::ZERO).await;
    assert_eq!(bells(&claimed.unwrap()), bells(&held));

    assert!(!dying.renew(&held[0].receipt).await.unwrap(), "taken away");
    assert!(heir.renew(&held[0].receipt).await.unwrap());
}

#[tokio::test]
async fn renewing_resets_the_idle_time() {
    let server = Server::start();
    let doorbell = server.doorbell();
    let listener = doorbell.listener().unwrap();
    doorbell.ring(&bell("poll")).await.unwrap();
    let held = listener.next(1, PATIENCE).await.unwrap();
    let mut redis = server.redis().await;
    let mut idle = async || {
        let pending: redis::streams::StreamPendingCountReply = redis
            .xpending_count("{test}:v1:bells", "workers", "-", "+", 10)
            .await
            .unwrap();
        pending.ids[0].last_delivered_ms
    };
    while idle().await < 50 {
        tokio::task::yield_now().await;
    }
    let before = idle().await;
    assert!(listener.renew(&held[0].receipt).await.unwrap());
    assert!(idle().await < before);
}

#[tokio::test]
async fn an_entry_that_is_no_bell_is_put_away_and_stops_nobody() {
    let server = Server::start();
    let doorbell = server.doorbell();
    let mut redis = server.redis().await;
    for fields in [
        [("x", "y"), ("z", "")],
        [("kind", "poll"), ("tenant", "no uuid")],
    ] {
        let _: String = redis.xadd("{test}:v1:bells", "*", &fields).await.unwrap();
    }
    let rung = bell("poll");
    doorbell.ring(&rung).await.unwrap();

    let taken = doorbell.listener().unwrap().next(10, PATIENCE).await;
    assert_eq!(bells(&taken.unwrap()), [rung]);
    assert_eq!(
        doorbell.pending().await.unwrap(),
        1,
        "only the bell is left"
    );
}

#[tokio::test]
async fn names_of_dead_listeners_are_forgotten_unless_they_hold_a_bell() {
    let server = Server::start();
    let doorbell = server.doorbell();
    let zero = std::time::Duration::ZERO;
    assert_eq!(
        doorbell
            .listener()
            .unwrap()
            .forget_dead(zero)
            .await
            .unwrap(),
        0
    );

    // Older servers know a consumer only once it has taken something.
    let idle = doorbell.listener().unwrap();
    doorbell.ring(&bell("poll")).await.unwrap();
    let taken = idle.next(1, PATIENCE).await.unwrap();
    idle.done(&taken[0].receipt).await.unwrap();
    let holding = doorbell.listener().unwrap();
    doorbell.ring(&bell("poll")).await.unwrap();
    assert_eq!(holding.next(1, PATIENCE).await.unwrap().len(), 1);

    let living = doorbell.listener().unwrap();
    assert_eq!(living.forget_dead(zero).await.unwrap(), 1);
    assert_eq!(living.claim_abandoned(zero).await.unwrap().len(), 1);
    assert_eq!(living.forget_dead(zero).await.unwrap(), 1);
}

#[tokio::test]
async fn keys_share_one_slot() {
    let server = Server::start();
    let doorbell = server.doorbell();
    doorbell.ring(&bell("poll")).await.unwrap();
    let keys: HashSet<String> = server.redis().await.keys("*").await.unwrap();
    assert_eq!(keys.len(), 2);
    assert!(keys.iter().all(|k| k.starts_with("{test}:v1:")), "{keys:?}");
}
