use std::{
    sync::{
        Arc,
        atomic::{AtomicUsize, Ordering},
    },
    time::Duration,
};

use redis::AsyncCommands as _;

use crate::server::{NOW, PATIENCE, Server};

#[tokio::test]
async fn no_more_than_the_limit_are_held_at_once() {
    let server = Server::start();
    let permits = server.doorbell().permits();
    let inside = Arc::new(AtomicUsize::new(0));
    let most = Arc::new(AtomicUsize::new(0));
    let tasks: Vec<_> = (0..24)
        .map(|_| {
            let (permits, inside, most) = (permits.clone(), inside.clone(), most.clone());
            tokio::spawn(async move {
                let permit = permits.acquire("box", 4, PATIENCE, PATIENCE).await;
                let permit = permit.unwrap().expect("a place in time");
                most.fetch_max(inside.fetch_add(1, Ordering::SeqCst) + 1, Ordering::SeqCst);
                tokio::task::yield_now().await;
                inside.fetch_sub(1, Ordering::SeqCst);
                permit.release().await.unwrap();
            })
        })
        .collect();
    for task in tasks {
        task.await.unwrap();
    }
    let most = most.load(Ordering::SeqCst);
    assert!((1..=4).contains(&most), "{most} at once");
    let left: usize = server
        .redis()
        .await
        .exists("test:v1:permits:{box}")
        .await
        .unwrap();
    assert_eq!(left, 0, "nothing is left behind");
}

#[tokio::test]
async fn a_full_key_gives_none_after_the_wait_and_another_key_is_free() {
    let server = Server::start();
    let permits = server.doorbell().permits();
    let held = permits.acquire("a", 1, PATIENCE, NOW).await.unwrap();
    assert!(held.is_some());
    assert!(
        permits
            .acquire("a", 1, PATIENCE, NOW)
            .await
            .unwrap()
            .is_none()
    );
    assert!(
        permits
            .acquire("b", 1, PATIENCE, NOW)
            .await
            .unwrap()
            .is_some()
    );
}

#[tokio::test]
async fn a_dropped_permit_gives_its_place_back() {
    let server = Server::start();
    let permits = server.doorbell().permits();
    drop(permits.acquire("a", 1, PATIENCE * 100, NOW).await.unwrap());
    let again = permits.acquire("a", 1, PATIENCE, PATIENCE).await.unwrap();
    assert!(again.is_some());
}

#[tokio::test]
async fn what_a_dead_process_held_is_free_when_its_time_ends() {
    let server = Server::start();
    let permits = server.doorbell().permits();
    let lost = permits
        .acquire("a", 1, Duration::from_millis(200), NOW)
        .await;
    std::mem::forget(lost.unwrap().unwrap());
    let again = permits.acquire("a", 1, PATIENCE, PATIENCE).await.unwrap();
    assert!(again.is_some());
}

#[tokio::test]
async fn a_paused_key_gives_no_place_until_the_pause_is_over() {
    let server = Server::start();
    let permits = server.doorbell().permits();
    permits.pause("a", PATIENCE * 10).await.unwrap();
    // A shorter pause does not end a longer one.
    permits.pause("a", NOW).await.unwrap();
    let left = permits.paused("a").await.unwrap();
    assert!(left.is_some_and(|left| left > PATIENCE), "{left:?}");
    let refused = permits.acquire("a", 4, PATIENCE, NOW).await.unwrap();
    assert!(refused.is_none());
    let other = permits.acquire("b", 4, PATIENCE, NOW).await.unwrap();
    assert!(other.is_some());

    permits.pause("c", Duration::from_millis(50)).await.unwrap();
    let waited = permits.acquire("c", 4, PATIENCE, PATIENCE).await.unwrap();
    assert!(waited.is_some(), "a short pause is waited for");
    assert_eq!(permits.paused("c").await.unwrap(), None);
}
