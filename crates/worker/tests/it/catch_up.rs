//! Mail of a gap becomes issues in the order in which it was received, and none of it twice.

use chrono::TimeDelta;
use postroom_registry::{connection::Protocol, mail::MailState};
use rstest::rstest;
use serde_json::json;

use crate::{
    scene::{Scene, summaries},
    support::MAILBOX,
};

/// More than a page, in an order that no folder shows.
const MAILS: usize = 70;

async fn gap(scene: &Scene) {
    for step in 0..MAILS {
        // Every number once: 31 and 70 have no divisor in common.
        let number = step * 31 % MAILS;
        let minutes_ago = i64::try_from(5 * (MAILS - number)).unwrap();
        scene.drop_mail(number, minutes_ago).await;
    }
}

#[rstest]
#[case(Protocol::Graph)]
#[case(Protocol::Ews)]
#[tokio::test]
async fn a_gap_is_caught_up_in_order_and_none_twice(#[case] protocol: Protocol) {
    let scene = Scene::set().await;
    gap(&scene).await;
    let id = scene.source(protocol).await;
    scene.work().await;
    assert_eq!(scene.issues().await, summaries(0..MAILS));
    let row = scene.row(id).await;
    assert_eq!(row.caught_up_at, Some(scene.now()));
    assert_eq!(row.protocol, protocol);

    scene.drop_mail(MAILS, 0).await;
    scene.pass(TimeDelta::hours(1)).await;
    assert_eq!(scene.issues().await, summaries(0..=MAILS));
}

#[rstest]
#[case(Protocol::Graph)]
#[case(Protocol::Ews)]
#[tokio::test]
async fn a_round_that_breaks_off_gives_nothing_to_jira_before_its_older_mail_is_there(
    #[case] protocol: Protocol,
) {
    let scene = Scene::set().await;
    gap(&scene).await;
    // The second page fails: the first is in the ledger then.
    let (host, part) = match protocol {
        Protocol::Graph => ("graph", "skiptoken"),
        Protocol::Ews => ("ews", "GetItem"),
    };
    let source = scene.source(protocol).await;
    let fault = json!({"host": host, "match": part, "status": 503, "for_seconds": 60});
    scene.tell("/microsoft/faults", &fault).await;
    scene.work().await;
    assert_eq!(scene.issues().await, summaries([]));
    assert!(scene.row(source).await.caught_up_at.is_none());

    scene.pass(TimeDelta::seconds(90)).await;
    assert_eq!(scene.issues().await, summaries(0..MAILS));
}

#[rstest]
#[case(Protocol::Graph)]
#[case(Protocol::Ews)]
#[tokio::test]
async fn a_state_that_microsoft_forgot_is_walked_anew_and_nothing_comes_twice(
    #[case] protocol: Protocol,
) {
    let scene = Scene::set().await;
    for number in 0..3 {
        scene
            .drop_mail(number, 10 - i64::try_from(number).unwrap())
            .await;
    }
    let id = scene.source(protocol).await;
    scene.work().await;
    match protocol {
        Protocol::Graph => {
            let at = format!("/microsoft/mailboxes/{MAILBOX}/expire-delta");
            scene.tell(&at, &json!({})).await;
        }
        Protocol::Ews => {
            let fault = json!({
                "host": "ews", "match": "SyncFolderItems", "response_code": "ErrorInvalidSyncStateData",
            });
            scene.tell("/microsoft/faults", &fault).await;
        }
    }
    scene.drop_mail(3, 0).await;
    scene.pass(TimeDelta::hours(1)).await;
    assert_eq!(scene.issues().await, summaries(0..4));
    assert_eq!(scene.row(id).await.failures, 0);
}

#[tokio::test]
async fn one_mail_that_jira_refuses_holds_up_no_other() {
    let scene = Scene::set().await;
    for number in 0..3 {
        scene
            .drop_mail(number, 10 - i64::try_from(number).unwrap())
            .await;
    }
    let refused = wiremock::Mock::given(wiremock::matchers::method("POST"))
        .and(wiremock::matchers::path("/rest/api/3/issue"))
        .and(wiremock::matchers::body_string_contains("Mail 0"))
        .respond_with(wiremock::ResponseTemplate::new(503))
        .with_priority(1);
    refused.mount(&scene.stage.jira).await;
    scene.source(Protocol::Graph).await;
    scene.work().await;
    let waiting = scene.mail_named("Mail 0").await;
    assert_eq!((waiting.state, waiting.attempts), (MailState::Waiting, 1));
    for number in 1..3 {
        let mail = scene.mail_named(&format!("Mail {number}")).await;
        assert_eq!(mail.state, MailState::Delivered);
    }
}
