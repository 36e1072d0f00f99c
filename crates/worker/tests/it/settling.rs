//! What happens to a mail in its mailbox once Jira has it, in five words and two protocols.

use postroom_registry::{
    connection::Protocol,
    mail::MailState,
    source::{Change, Folder, Settle},
};
use rstest::rstest;
use serde_json::json;

use crate::{scene::Scene, support::MAILBOX};

/// The folder where the mail is afterwards, whether it is read, and its categories.
async fn settled(protocol: Protocol, settle: Settle, folder: &str) -> (bool, Vec<String>) {
    let scene = Scene::set().await;
    scene.drop_mail(1, 10).await;
    let id = scene.source(protocol).await;
    let change = Change {
        settle: Some(settle),
        settle_folder: (settle == Settle::Move).then(|| Folder {
            id: "junkemail".into(),
            name: "Junk".into(),
        }),
        ..Change::default()
    };
    scene.change(id, change).await;
    scene.work().await;
    let mail = scene.mail_named("Mail 1").await;
    assert_eq!(mail.state, MailState::Delivered);
    assert!(mail.settled_at.is_some(), "{:?}", mail.last_error);
    let there = scene.folder(folder).await;
    assert_eq!(there.len(), 1, "{} {:?}", settle.word(), mail.trace);
    // Nothing of this makes the mail new.
    scene.pass(chrono::TimeDelta::hours(1)).await;
    assert_eq!(scene.issues().await.len(), 1);
    let categories = there[0]["categories"].as_array().unwrap();
    let categories = categories
        .iter()
        .map(|word| word.as_str().unwrap().to_owned());
    (there[0]["is_read"].as_bool().unwrap(), categories.collect())
}

#[rstest]
#[tokio::test]
async fn each_word_does_what_it_says(
    #[values(Protocol::Graph, Protocol::Ews)] protocol: Protocol,
    #[values(
        Settle::Leave,
        Settle::MarkRead,
        Settle::Move,
        Settle::Categorise,
        Settle::Delete
    )]
    settle: Settle,
) {
    let folder = match settle {
        Settle::Move => "junkemail",
        Settle::Delete => "deleteditems",
        _ => "inbox",
    };
    let (read, categories) = settled(protocol, settle, folder).await;
    assert_eq!(read, settle == Settle::MarkRead);
    let ours = settle == Settle::Categorise;
    assert_eq!(
        categories,
        Vec::from_iter(ours.then_some("Postroom".to_owned()))
    );
}

#[tokio::test]
async fn a_mail_that_is_not_in_jira_is_not_deleted() {
    let scene = Scene::set().await;
    let automatic = format!(
        "From: Carl <carl@customer.example>\r\nTo: {MAILBOX}\r\nSubject: Away\r\n\
         Message-ID: <away@customer.example>\r\nAuto-Submitted: auto-replied\r\n\r\nI am away.\r\n"
    );
    scene.drop_raw("inbox", 5, automatic).await;
    let id = scene.source(Protocol::Graph).await;
    let delete = Change {
        settle: Some(Settle::Delete),
        ..Change::default()
    };
    scene.change(id, delete).await;
    scene.work().await;
    let mail = scene.mail_named("Away").await;
    assert_eq!(mail.state, MailState::Ignored);
    assert!(mail.settled_at.is_some());
    assert_eq!(scene.folder("inbox").await.len(), 1);
}

#[tokio::test]
async fn a_mailbox_that_cannot_be_changed_now_is_changed_later() {
    let scene = Scene::set().await;
    scene.drop_mail(1, 10).await;
    let id = scene.source(Protocol::Graph).await;
    let read = Change {
        settle: Some(Settle::MarkRead),
        ..Change::default()
    };
    scene.change(id, read).await;
    let fault = json!({"host": "graph", "method": "PATCH", "status": 503, "for_seconds": 30});
    scene.tell("/microsoft/faults", &fault).await;
    scene.work().await;
    assert!(scene.mail_named("Mail 1").await.settled_at.is_none());
    scene.pass(chrono::TimeDelta::minutes(2)).await;
    assert!(scene.mail_named("Mail 1").await.settled_at.is_some());
    assert_eq!(scene.folder("inbox").await[0]["is_read"], true);
    assert_eq!(scene.issues().await.len(), 1);
}
