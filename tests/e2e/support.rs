use postroom_tests::{
    Ports, Stack,
    story::{self, Connected, PATIENCE, Panel},
    until,
};
use serde_json::{Value, json};

pub(crate) async fn stack() -> Stack {
    Stack::start(Ports::free().unwrap()).await.unwrap()
}

/// Installed, signed in and connected.
pub(crate) async fn connected(stack: &Stack) -> (Panel, Connected) {
    story::install(stack, "acme").await.unwrap();
    let panel = Panel::open(stack, "acme").await.unwrap();
    let connected = story::connect(&panel).await.unwrap();
    (panel, connected)
}

pub(crate) async fn write_mail(stack: &Stack, subject: &str) {
    let raw = format!(
        "From: Carl <carl@customer.example>\r\nTo: support@contoso.example\r\nSubject: {subject}\r\n\
         Message-ID: <{subject}@customer.example>\r\n\r\nPlease help.\r\n"
    );
    story::drop_mail(stack, raw.into_bytes()).await.unwrap();
}

pub(crate) async fn control(stack: &Stack, path: &str, body: &Value) -> Value {
    let url = format!("{}{path}", stack.control());
    stack.http.post(&url, body).await.unwrap()
}

pub(crate) fn nothing() -> Value {
    json!({})
}

/// Jira gives the app another secret. Two within a second are refused, for the second could be a replay.
pub(crate) async fn rotate_secret(stack: &Stack, site: &str) {
    let url = format!("{}/jira/{site}/rotate-secret", stack.control());
    until("the secret is another", PATIENCE, async || {
        Ok(stack.http.post(&url, &nothing()).await.ok())
    })
    .await
    .unwrap();
}

/// The key of the one issue with this summary.
pub(crate) async fn issue_with_summary(stack: &Stack, site: &str, summary: &str) -> String {
    let issues = story::issues(stack, site).await.unwrap();
    let mut found = issues.iter().filter(|issue| issue["summary"] == summary);
    let issue = found.next().unwrap();
    assert!(found.next().is_none(), "two issues are called {summary}");
    issue["key"].as_str().unwrap().to_owned()
}

/// Waits until that many notifications were sent and none waits.
pub(crate) async fn notifications_ended(panel: &Panel, expected: usize) {
    until(
        &format!("{expected} notifications went out"),
        PATIENCE,
        async || {
            let list = panel.get("/notifications?limit=100").await?;
            let items = list["items"].as_array().cloned().unwrap_or_default();
            let in_state = |state: &str| items.iter().filter(|item| item["state"] == state).count();
            Ok((in_state("sent") >= expected && in_state("waiting") == 0).then_some(()))
        },
    )
    .await
    .unwrap();
}

/// What a simulated host was asked so far.
pub(crate) async fn requests(stack: &Stack, host: &str) -> Vec<Value> {
    let url = format!("{}/requests?host={host}", stack.control());
    let list = stack.http.get(&url).await.unwrap();
    list.as_array().unwrap().clone()
}

/// How many mails the customer has got in the thread of a subject.
pub(crate) async fn comment_mails(stack: &Stack, subject: &str) -> usize {
    let url = format!(
        "{}/microsoft/mailboxes/{}/mails?folder=inbox",
        stack.control(),
        story::CUSTOMER
    );
    let mails = stack.http.get(&url).await.unwrap();
    let subject = format!("Re: {subject}");
    let mails = mails.as_array().unwrap();
    mails
        .iter()
        .filter(|mail| mail["subject"] == subject.as_str())
        .count()
}

/// A source as the panel shows it.
pub(crate) async fn source(panel: &Panel, id: &str) -> Value {
    panel.get(&format!("/sources/{id}")).await.unwrap()
}

/// Looks into the mailbox now, as a click does.
pub(crate) async fn poll(panel: &Panel, id: &str) {
    let path = format!("/sources/{id}/poll");
    panel.post(&path, &nothing()).await.unwrap();
}

/// Waits until a source's state is as wanted, looking into the mailbox again and again; the state.
pub(crate) async fn state_when(
    panel: &Panel,
    id: &str,
    what: &str,
    wanted: impl Fn(&Value) -> bool,
) -> Value {
    let mut last = Value::Null;
    let found = until(what, PATIENCE, async || {
        poll(panel, id).await;
        last = source(panel, id).await["state"].clone();
        Ok(wanted(&last).then(|| last.clone()))
    });
    match found.await {
        Ok(state) => state,
        Err(error) => panic!("{error}; it is {last}"),
    }
}

/// Waits until a source works, be it that its mail has nowhere to go yet.
pub(crate) async fn works(panel: &Panel, id: &str) -> Value {
    state_when(panel, id, "the source works", |state| {
        matches!(state["code"].as_str(), Some("active" | "needs_target"))
    })
    .await
}

/// The next call of Graph finds its token used up, so that a new one is needed.
pub(crate) async fn token_used_up(stack: &Stack) {
    let fault = json!({ "host": "graph", "response_code": "InvalidAuthenticationToken" });
    control(stack, "/microsoft/faults", &fault).await;
}

/// Takes a thing of the control API away.
pub(crate) async fn away(stack: &Stack, path: &str) {
    let url = format!("{}{path}", stack.control());
    let request = stack.http.request(reqwest::Method::DELETE, &url);
    let status = request.send().await.unwrap().status();
    assert!(status.is_success(), "{path}: {status}");
}

/// What the control API knows.
pub(crate) async fn look(stack: &Stack, path: &str) -> Value {
    let url = format!("{}{path}", stack.control());
    stack.http.get(&url).await.unwrap()
}
