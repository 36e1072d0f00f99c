use std::time::Duration;

use postroom_queue::{Rate, Taken};

use crate::server::Server;

const HOUR: Duration = Duration::from_secs(3600);
/// So slow that no unit comes back while a test runs.
const SLOW: Rate = Rate {
    units: 1,
    per: HOUR,
    burst: 10,
};

fn wait(taken: Taken) -> Duration {
    match taken {
        Taken::Allowed => Duration::ZERO,
        Taken::RetryAfter(time) => time,
    }
}

/// Within a minute of what was expected: the rates of these tests are in hours.
fn about(taken: Taken, expected: Duration) -> bool {
    wait(taken).abs_diff(expected) < Duration::from_secs(60)
}

#[tokio::test]
async fn the_burst_passes_and_then_the_rate_rules() {
    let server = Server::start();
    let budget = server.doorbell().budget();
    for _ in 0..5 {
        assert_eq!(budget.take("a", SLOW, 2).await.unwrap(), Taken::Allowed);
    }
    let refused = budget.take("a", SLOW, 1).await.unwrap();
    assert!(about(refused, HOUR), "{refused:?}");
    let refused = budget.take("a", SLOW, 3).await.unwrap();
    assert!(
        about(refused, HOUR * 3),
        "a refusal costs nothing: {refused:?}"
    );
    assert_eq!(budget.take("b", SLOW, 1).await.unwrap(), Taken::Allowed);
}

#[tokio::test]
async fn units_come_back_with_time() {
    let server = Server::start();
    let budget = server.doorbell().budget();
    let quick = Rate {
        units: 20,
        per: Duration::from_secs(1),
        burst: 1,
    };
    let mut passed = 0;
    while passed < 3 {
        match budget.take("a", quick, 1).await.unwrap() {
            Taken::Allowed => passed += 1,
            Taken::RetryAfter(time) => {
                assert!(time <= Duration::from_millis(50), "{time:?}");
                tokio::time::sleep(time).await;
            }
        }
    }
}

#[tokio::test]
async fn a_cost_above_the_burst_passes_when_full_and_is_paid_in_full() {
    let server = Server::start();
    let budget = server.doorbell().budget();
    assert_eq!(budget.take("a", SLOW, 25).await.unwrap(), Taken::Allowed);
    let refused = budget.take("a", SLOW, 1).await.unwrap();
    assert!(about(refused, HOUR * 16), "{refused:?}");
}

#[tokio::test]
async fn a_pause_holds_everybody_for_its_time_and_never_shortens_a_longer_one() {
    let server = Server::start();
    let budget = server.doorbell().budget();
    budget.pause("a", SLOW, HOUR * 5).await.unwrap();
    let refused = budget.take("a", SLOW, 1).await.unwrap();
    assert!(about(refused, HOUR * 5), "{refused:?}");
    budget.pause("a", SLOW, HOUR).await.unwrap();
    let refused = budget.take("a", SLOW, 1).await.unwrap();
    assert!(about(refused, HOUR * 5), "{refused:?}");
}
