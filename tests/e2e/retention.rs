use postroom_tests::{
    Leaks, Ports, Setup, Stack,
    story::{self, PATIENCE, Panel, all_ended},
    until,
};
use serde_json::json;

use crate::{
    planted::dump::dump,
    support::{connected, control, issue_with_summary, nothing, notifications_ended, write_mail},
};

/// After the end of retention nothing of a site is left but a row without a name, and the trail that says so.
#[tokio::test(flavor = "multi_thread")]
async fn the_end_of_retention_leaves_a_row_without_a_name() {
    let setup = Setup::default().setting("POSTROOM_RETENTION_DAYS", "0");
    let stack = Stack::start_with(Ports::free().unwrap(), setup)
        .await
        .unwrap();
    let (panel, source) = connected(&stack).await;
    write_mail(&stack, "soon-to-be-forgotten").await;
    all_ended(&panel, &source.source_id, 1).await.unwrap();
    let key = issue_with_summary(&stack, "acme", "soon-to-be-forgotten").await;
    story::comment_as_agent(&stack, "acme", &key, "Good bye.")
        .await
        .unwrap();
    notifications_ended(&panel, 1).await;

    let facts = story::site(&stack, "acme").await.unwrap();
    let mut left = Leaks::default();
    for (name, value) in [
        ("the client key", facts["client_key"].as_str().unwrap()),
        ("the cloud id", facts["cloud_id"].as_str().unwrap()),
        ("the site's address", facts["base_url"].as_str().unwrap()),
        (
            "the app's account",
            facts["app_account_id"].as_str().unwrap(),
        ),
        (
            "the administrator",
            &story::person(&stack, "acme", true).await.unwrap(),
        ),
        ("the mailbox", story::MAILBOX),
        ("a customer's address", story::CUSTOMER),
        ("the subject", "soon-to-be-forgotten"),
    ] {
        left.plant(name, value);
    }
    let found = left.found_in("the dump", &dump(&stack).await).unwrap();
    assert_eq!(
        found.len(),
        left.len(),
        "not all stands there to begin with: {found:?}"
    );

    control(&stack, "/jira/acme/uninstall", &nothing()).await;
    until("the site is forgotten", PATIENCE, async || {
        let sql = "SELECT count(*) FROM tenant WHERE state = 'forgotten' AND wrapped_key IS NULL";
        Ok((stack.database.number(sql).await? == 1).then_some(()))
    })
    .await
    .unwrap();
    assert_eq!(left.found_in("the dump", &dump(&stack).await).unwrap(), []);
    let destroyed = "SELECT count(*) FROM audit WHERE action = 'key.destroyed'";
    assert_eq!(stack.database.number(destroyed).await.unwrap(), 1);

    story::install(&stack, "acme").await.unwrap();
    let fresh = Panel::open(&stack, "acme").await.unwrap();
    for path in ["/sources", "/outbounds", "/mails", "/notifications"] {
        assert_eq!(fresh.get(path).await.unwrap()["items"], json!([]), "{path}");
    }
    assert_eq!(
        stack
            .database
            .number("SELECT count(*) FROM tenant")
            .await
            .unwrap(),
        2
    );
    stack.stop().await.unwrap();
}
