use postroom_tests::story::all_ended;
use serde_json::Value;

use crate::support::{connected, stack, write_mail};

/// A mail without attachments: one create in Jira; from Graph one `$value`, one settle and its share of a page.
#[tokio::test(flavor = "multi_thread")]
async fn a_plain_mail_costs_one_create_one_fetch_and_one_settle() {
    const MAILS: usize = 5;
    let stack = stack().await;
    let (panel, source) = connected(&stack).await;
    stack
        .http
        .request(
            reqwest::Method::DELETE,
            &format!("{}/requests", stack.control()),
        )
        .send()
        .await
        .unwrap();
    for n in 0..MAILS {
        write_mail(&stack, &format!("plain-{n}")).await;
    }
    all_ended(&panel, &source.source_id, MAILS).await.unwrap();
    let inbox = format!(
        "{}/microsoft/mailboxes/support@contoso.example/mails?folder=inbox",
        stack.control()
    );
    postroom_tests::until(
        "all are settled",
        postroom_tests::story::PATIENCE,
        async || {
            let mails = stack.http.get(&inbox).await?;
            let read = mails
                .as_array()
                .into_iter()
                .flatten()
                .filter(|mail| mail["is_read"] == true);
            Ok((read.count() == MAILS).then_some(()))
        },
    )
    .await
    .unwrap();

    let requests = stack
        .http
        .get(&format!("{}/requests", stack.control()))
        .await
        .unwrap();
    let count = |host: &str, method: &str, part: &str| {
        let asked = |request: &&Value| {
            request["host"] == host
                && request["method"] == method
                && request["path"]
                    .as_str()
                    .is_some_and(|path| path.contains(part))
        };
        requests
            .as_array()
            .into_iter()
            .flatten()
            .filter(asked)
            .count()
    };
    assert_eq!(count("jira", "POST", "/rest/api/3/issue"), MAILS);
    assert_eq!(count("jira", "PUT", "/"), 0);
    assert_eq!(count("jira", "POST", "/search/jql"), 0);
    assert_eq!(count("graph", "GET", "/$value"), MAILS);
    assert_eq!(count("graph", "PATCH", "/messages/"), MAILS);
    stack.stop().await.unwrap();
}
