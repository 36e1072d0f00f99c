use crate::server::{NOW, PATIENCE, Server, bell};

#[tokio::test]
async fn a_bell_that_waits_swallows_its_equals() {
    let server = Server::start();
    let doorbell = server.doorbell();
    let rung = bell("poll");
    let other_kind = postroom_queue::Bell::new("settle", rung.tenant, rung.id);
    for _ in 0..3 {
        doorbell.ring(&rung).await.unwrap();
    }
    let again = [rung, other_kind.clone(), other_kind];
    assert_eq!(doorbell.ring_many(&again).await.unwrap(), 1);
    assert_eq!(doorbell.pending().await.unwrap(), 2);
}

#[tokio::test]
async fn a_bell_that_was_taken_can_be_rung_again_while_its_work_goes_on() {
    let server = Server::start();
    let doorbell = server.doorbell();
    let listener = doorbell.listener().unwrap();
    let rung = bell("poll");
    doorbell.ring(&rung).await.unwrap();
    let first = listener.next(1, PATIENCE).await.unwrap();

    // What changed after the worker looked must make somebody look again.
    doorbell.ring(&rung).await.unwrap();
    let second = listener.next(1, PATIENCE).await.unwrap();
    assert_eq!(first[0].bell, second[0].bell);
    assert_ne!(first[0].receipt, second[0].receipt);
    assert_eq!(listener.next(1, NOW).await.unwrap(), []);
}
