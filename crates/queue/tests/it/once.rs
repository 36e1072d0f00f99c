use std::time::Duration;

use redis::AsyncCommands as _;

use crate::server::{PATIENCE, Server};

#[tokio::test]
async fn the_first_call_is_the_only_one_until_the_time_is_over() {
    let server = Server::start();
    let doorbell = server.doorbell();
    assert!(doorbell.once("a", PATIENCE).await.unwrap());
    assert!(!doorbell.once("a", PATIENCE).await.unwrap());
    let another_process = server.doorbell();
    assert!(!another_process.once("a", PATIENCE).await.unwrap());
    assert!(another_process.once("b", PATIENCE).await.unwrap());

    let mut redis = server.redis().await;
    let left: i64 = redis.pttl("test:v1:once:{a}").await.unwrap();
    assert!(left > 0 && left <= 20_000, "{left}");
    redis::cmd("DEL")
        .arg("test:v1:once:{a}")
        .exec_async(&mut redis)
        .await
        .unwrap();
    assert!(doorbell.once("a", PATIENCE).await.unwrap());
}

#[tokio::test]
async fn of_many_at_once_one_is_the_first() {
    let server = Server::start();
    let doorbell = server.doorbell();
    let calls: Vec<_> = (0..32)
        .map(|_| {
            let doorbell = doorbell.clone();
            tokio::spawn(async move { doorbell.once("a", PATIENCE).await.unwrap() })
        })
        .collect();
    let mut first = 0;
    for call in calls {
        first += usize::from(call.await.unwrap());
    }
    assert_eq!(first, 1);
}

#[tokio::test]
async fn a_time_of_nothing_is_still_a_time() {
    let server = Server::start();
    assert!(server.doorbell().once("a", Duration::ZERO).await.unwrap());
}

#[tokio::test]
async fn the_first_may_come_again_and_nobody_else() {
    let server = Server::start();
    let doorbell = server.doorbell();
    for _ in 0..2 {
        assert!(doorbell.once_as("a", "first", PATIENCE).await.unwrap());
        assert!(!doorbell.once_as("a", "other", PATIENCE).await.unwrap());
    }
}

#[tokio::test]
async fn whether_it_was_is_asked_without_making_it_so() {
    let server = Server::start();
    let doorbell = server.doorbell();
    assert!(!doorbell.was_once("a").await.unwrap());
    assert!(doorbell.once("a", PATIENCE).await.unwrap());
    assert!(doorbell.was_once("a").await.unwrap() && !doorbell.was_once("b").await.unwrap());
}
