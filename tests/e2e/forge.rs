//! The Forge app, on a site that never had the Connect app.

use postroom_tests::{
    Stack,
    story::{self, Door, PATIENCE, Panel, all_ended},
    until,
};
use reqwest::Method;
use serde_json::{Value, json};

use crate::support::{
    comment_mails, control, issue_with_summary, nothing, notifications_ended, requests, stack,
    write_mail,
};

/// What the panel says of a mail that has no way into Jira.
const NO_KEY: &str = "so we have no key for it";

async fn installed(stack: &Stack) -> Panel {
    story::install_forge(stack, "globex").await.unwrap();
    Panel::open_by(stack, "globex", Door::Forge).await.unwrap()
}

/// Behind the panel's back, whose calls may bring a token.
async fn waiting_for_a_token(stack: &Stack, mails: i64) {
    let sql = format!(
        "SELECT count(*) FROM mail WHERE state = 'waiting' AND last_error LIKE '%{NO_KEY}%'"
    );
    until(
        &format!("{mails} mails wait for a token"),
        PATIENCE,
        async || Ok((stack.database.number(&sql).await? == mails).then_some(())),
    )
    .await
    .unwrap();
}

/// From the install to the answered mail, and every word to Jira goes through Atlassian's gateway.
#[tokio::test(flavor = "multi_thread")]
async fn a_site_with_the_forge_app_alone_is_served_like_any_other() {
    let stack = stack().await;
    let panel = installed(&stack).await;
    assert_eq!(panel.get("/me").await.unwrap()["role"], "administrator");
    let connected = story::connect(&panel).await.unwrap();
    write_mail(&stack, "through-forge").await;
    all_ended(&panel, &connected.source_id, 1).await.unwrap();
    let key = issue_with_summary(&stack, "globex", "through-forge").await;
    story::comment_as_agent(&stack, "globex", &key, "Which floor?")
        .await
        .unwrap();
    notifications_ended(&panel, 1).await;
    assert_eq!(comment_mails(&stack, "through-forge").await, 1);

    let asked = requests(&stack, "jira").await;
    let is = |part: &'static str| {
        move |asked: &&Value| {
            asked["path"]
                .as_str()
                .is_some_and(|path| path.starts_with(part))
        }
    };
    let creates = asked.iter().filter(is("/ex/jira/")).filter(|asked| {
        asked["method"] == "POST"
            && asked["path"]
                .as_str()
                .is_some_and(|path| path.ends_with("/rest/api/3/issue"))
    });
    assert_eq!(creates.count(), 1);
    assert_eq!(asked.iter().filter(is("/rest/")).count(), 0, "{asked:?}");
    let deliveries = stack
        .http
        .get(&format!("{}/jira/globex/forge/deliveries", stack.control()))
        .await
        .unwrap();
    let refused: Vec<&Value> = deliveries
        .as_array()
        .unwrap()
        .iter()
        .filter(|delivery| !(200..300).contains(&delivery["status"].as_u64().unwrap_or_default()))
        .collect();
    assert_eq!(refused, Vec::<&Value>::new());
    stack.stop().await.unwrap();
}

/// Jira was silent so long that its token ended: mails wait and say why, and go on when it calls again.
#[tokio::test(flavor = "multi_thread")]
async fn mails_wait_for_a_token_and_go_on_with_the_next_call() {
    let stack = stack().await;
    // A token that ends long before the next one: what comes with the tick is worth keeping.
    control(
        &stack,
        "/jira/globex/settings",
        &json!({ "forge_system_token_seconds": 3600 }),
    )
    .await;
    let panel = installed(&stack).await;
    let connected = story::connect(&panel).await.unwrap();
    write_mail(&stack, "before").await;
    all_ended(&panel, &connected.source_id, 1).await.unwrap();
    stack
        .database
        .execute("UPDATE tenant SET system_token_until = now()")
        .await
        .unwrap();

    for n in 0..3 {
        write_mail(&stack, &format!("waits-{n}")).await;
    }
    waiting_for_a_token(&stack, 3).await;
    // The panel's own calls change nothing: a token is taken from Forge's calls alone.
    let mails = panel
        .ask(Method::GET, "/mails?state=waiting", None)
        .await
        .unwrap();
    assert_eq!(mails.status, 200, "{mails:?}");
    assert_eq!(
        mails.body["items"].as_array().unwrap().len(),
        3,
        "{mails:?}"
    );
    let id = mails.body["items"][0]["id"].as_str().unwrap();
    let detail = panel.get(&format!("/mails/{id}")).await.unwrap();
    assert!(detail.to_string().contains(NO_KEY), "{detail}");

    control(
        &stack,
        "/jira/globex/settings",
        &json!({ "forge_system_token_seconds": 14400 }),
    )
    .await;
    control(&stack, "/jira/globex/forge/tick", &nothing()).await;
    all_ended(&panel, &connected.source_id, 4).await.unwrap();
    let issues = story::issues(&stack, "globex").await.unwrap();
    assert_eq!(issues.len(), 4, "{issues:?}");
    for n in 0..3 {
        issue_with_summary(&stack, "globex", &format!("waits-{n}")).await;
    }
    stack.stop().await.unwrap();
}

/// For minutes after an install the gateway does not know what the app may do, and it refuses good tokens.
#[tokio::test(flavor = "multi_thread")]
async fn a_gateway_that_refuses_for_a_while_loses_no_mail() {
    let stack = stack().await;
    let panel = installed(&stack).await;
    let connected = story::connect(&panel).await.unwrap();
    for (status, message) in [(403, "Forbidden"), (401, "Unauthorized")] {
        let fault = json!({
            "match": "/rest/api/3/issue", "method": "POST", "status": status, "times": 1,
            "body": { "code": status, "message": message }
        });
        control(&stack, "/jira/globex/faults", &fault).await;
    }
    write_mail(&stack, "refused-at-first").await;
    all_ended(&panel, &connected.source_id, 1).await.unwrap();
    let issues = story::issues(&stack, "globex").await.unwrap();
    assert_eq!(issues.len(), 1, "{issues:?}");
    stack.stop().await.unwrap();
}

/// An uninstall ends the work; another install is another tenant, which sees nothing of the first.
#[tokio::test(flavor = "multi_thread")]
async fn another_installation_sees_nothing_of_the_one_before() {
    let stack = stack().await;
    let panel = installed(&stack).await;
    let connected = story::connect(&panel).await.unwrap();
    write_mail(&stack, "of-the-first").await;
    all_ended(&panel, &connected.source_id, 1).await.unwrap();
    let first = panel.proof().await.unwrap();
    let gone = control(&stack, "/jira/globex/forge/uninstall", &nothing()).await;
    assert_eq!(gone["status"], 204, "{gone}");
    // The invocation was made before, and it holds; the installation does not.
    let refused = stack
        .http
        .request(Method::GET, &format!("{}/api/v1/sources", stack.app()))
        .headers(first)
        .send()
        .await
        .unwrap();
    assert_eq!(refused.status(), 403);

    write_mail(&stack, "of-nobody").await;
    let again = installed(&stack).await;
    for path in ["/sources", "/outbounds", "/mails", "/notifications"] {
        let list = again.get(path).await.unwrap();
        assert_eq!(list["items"], json!([]), "{path}");
    }
    // Its administrator may take the first one's data over, by a step of its own; until then it is told a count.
    assert_eq!(again.get("/move").await.unwrap()["offer"]["mails"], 1);
    let strange = format!("/sources/{}", connected.source_id);
    assert_eq!(
        again.ask(Method::GET, &strange, None).await.unwrap().status,
        404
    );
    let trail = again.get("/audit?limit=100").await.unwrap();
    assert!(!trail.to_string().contains(&connected.source_id), "{trail}");

    let anew = story::connect(&again).await.unwrap();
    write_mail(&stack, "of-the-second").await;
    until(
        "the second installation's mail is an issue",
        PATIENCE,
        async || {
            let issues = story::issues(&stack, "globex").await?;
            Ok(issues
                .iter()
                .any(|issue| issue["summary"] == "of-the-second")
                .then_some(()))
        },
    )
    .await
    .unwrap();
    let total = again
        .get(&format!("/sources/{}", anew.source_id))
        .await
        .unwrap()["total"]
        .clone();
    let sql = "SELECT count(*) FROM mail JOIN tenant ON tenant.id = tenant_id WHERE tenant.state =";
    let of = async |state: &str| {
        stack
            .database
            .number(&format!("{sql} '{state}'"))
            .await
            .unwrap()
    };
    assert_eq!(of("uninstalled").await, 1, "the first installation goes on");
    assert_eq!(json!(of("installed").await), total);
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
