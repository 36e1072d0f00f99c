use postroom_tests::story::{self, Door, Panel, all_ended};
use reqwest::Method;
use serde_json::{Value, json};

use crate::support::{
    comment_mails, connected, control, issue_with_summary, nothing, notifications_ended, requests,
    stack, write_mail,
};

/// A site with the Connect app installs the Forge app, and its administrator moves: the source, its rules and its
/// ledger stay, nothing is lost and nothing is done twice, while both apps are there and when one is gone.
#[tokio::test(flavor = "multi_thread")]
async fn a_site_moves_from_connect_to_forge_with_all_that_it_has() {
    let stack = stack().await;
    let (connect, source) = connected(&stack).await;
    write_mail(&stack, "by-connect").await;
    all_ended(&connect, &source.source_id, 1).await.unwrap();
    let before = connect
        .get(&format!("/sources/{}", source.source_id))
        .await
        .unwrap();
    let mails = connect.get("/mails").await.unwrap()["items"].clone();

    story::install_forge(&stack, "acme").await.unwrap();
    let forge = Panel::open_by(&stack, "acme", Door::Forge).await.unwrap();
    assert_eq!(forge.get("/sources").await.unwrap()["items"], json!([]));
    let offer = forge.get("/move").await.unwrap()["offer"].clone();
    assert_eq!(
        (&offer["sources"], &offer["mails"]),
        (&json!(1), &json!(1)),
        "{offer}"
    );
    // Some are on their way while the site moves.
    for n in 0..5 {
        write_mail(&stack, &format!("meanwhile-{n}")).await;
    }
    let moved = forge
        .ask(Method::POST, "/move", Some(&json!({})))
        .await
        .unwrap();
    assert_eq!(moved.status, 204, "{moved:?}");
    let again = forge
        .ask(Method::POST, "/move", Some(&json!({})))
        .await
        .unwrap();
    assert_eq!(again.status, 404, "{again:?}");

    let after = forge
        .get(&format!("/sources/{}", source.source_id))
        .await
        .unwrap();
    for field in ["id", "mailbox", "project_id", "issue_type_id", "rules"] {
        assert_eq!(after[field], before[field], "{field}");
    }
    let first = mails[0]["id"].as_str().unwrap();
    let kept = forge.get(&format!("/mails/{first}")).await.unwrap();
    assert_eq!(kept["issue_key"], mails[0]["issue_key"]);

    all_ended(&forge, &source.source_id, 6).await.unwrap();
    write_mail(&stack, "by-forge").await;
    all_ended(&forge, &source.source_id, 7).await.unwrap();
    assert!(was_made_through_the_gateway(
        &requests(&stack, "jira").await
    ));

    // Connect's webhook and Forge's event, this time in its other shape, tell of the same comment.
    let envelope = json!({ "forge_envelope": "payload" });
    control(&stack, "/jira/acme/settings", &envelope).await;
    let key = issue_with_summary(&stack, "acme", "by-connect").await;
    story::comment_as_agent(&stack, "acme", &key, "Told twice.")
        .await
        .unwrap();
    notifications_ended(&forge, 1).await;
    told_by_both(&stack).await;

    control(&stack, "/jira/acme/uninstall", &nothing()).await;
    write_mail(&stack, "by-forge-alone").await;
    all_ended(&forge, &source.source_id, 8).await.unwrap();
    story::comment_as_agent(&stack, "acme", &key, "Told once.")
        .await
        .unwrap();
    notifications_ended(&forge, 2).await;
    assert_eq!(comment_mails(&stack, "by-connect").await, 2);
    let issues = story::issues(&stack, "acme").await.unwrap();
    assert_eq!(issues.len(), 8, "{issues:?}");
    let living = "SELECT count(*) FROM tenant WHERE state <> 'forgotten'";
    assert_eq!(stack.database.number(living).await.unwrap(), 1);
    stack.stop().await.unwrap();
}

/// The last create is the one after the move.
fn was_made_through_the_gateway(asked: &[Value]) -> bool {
    let creates: Vec<&str> = asked
        .iter()
        .filter(|asked| asked["method"] == "POST")
        .filter_map(|asked| asked["path"].as_str())
        .filter(|path| path.ends_with("/rest/api/3/issue"))
        .collect();
    creates
        .first()
        .is_some_and(|path| path.starts_with("/rest/"))
        && creates
            .last()
            .is_some_and(|path| path.starts_with("/ex/jira/"))
}

async fn told_by_both(stack: &postroom_tests::Stack) {
    for path in ["webhooks", "forge/deliveries"] {
        let url = format!("{}/jira/acme/{path}", stack.control());
        let told = stack.http.get(&url).await.unwrap();
        let comments: Vec<&Value> = told
            .as_array()
            .unwrap()
            .iter()
            .filter(|told| {
                told["event"]
                    .as_str()
                    .is_some_and(|event| event.contains("comment"))
            })
            .collect();
        let taken = |told: &&&Value| told["status"].as_u64().is_some_and(|status| status < 300);
        assert_eq!(
            comments.iter().filter(taken).count(),
            1,
            "{path}: {comments:?}"
        );
    }
}
