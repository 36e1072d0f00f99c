//! Holds every body that this module sends to the metadata of Graph v1.0, where that is at hand: `POSTROOM_SPECS` names the
//! folder that has `graph/check.py`, and Python is installed.

use std::io::Write as _;
use std::path::PathBuf;
use std::process::{Command, Stdio};

use serde_json::{Value, json};
use wiremock::{Mock, MockServer, ResponseTemplate, matchers::any};

use super::testing::{online, token};
use super::{GraphClient, NewSubscription};
use crate::MailboxAddress;

/// Reads `[type, value]` pairs and says what is wrong with them. A type in quotes is an action, whose parameters are meant.
const CHECK: &str = r#"
import json, sys
from check import check, A
wrong = []
for kind, value in json.load(sys.stdin):
    if not kind.startswith("action "):
        wrong += check(value, kind)
        continue
    overloads = A[kind.split()[1]]
    names = {name.lower(): type for given in overloads for name, type in given.items()}
    for name, inner in value.items():
        wrong += check(inner, names[name.lower()], name) if name.lower() in names else [name + ": no such parameter"]
print("\n".join(wrong))
"#;

/// What the body of a request to this path is.
fn kind_of(method: &str, path: &str) -> &'static str {
    let last = path.rsplit('/').next().unwrap_or_default();
    match (method, last) {
        (_, "sendMail") => "action sendMail",
        (_, "move") => "action move",
        (_, "translateExchangeIds") => "action translateExchangeIds",
        (_, "createUploadSession") => "action createUploadSession",
        (_, "attachments") => "graph.fileAttachment",
        (_, "subscriptions") => "graph.subscription",
        ("PATCH", _) if path.contains("/subscriptions/") => "graph.subscription",
        _ => "graph.message",
    }
}

#[tokio::test]
async fn every_body_is_of_the_metadata() {
    let server = MockServer::start().await;
    // One answer that has what any of the calls looks for.
    let answer = json!({
        "id": "D", "value": [], "categories": [], "uploadUrl": format!("{}/v1.0/up", server.uri()),
        "expirationDateTime": "2026-12-01T04:50:00Z",
    });
    Mock::given(any())
        .respond_with(ResponseTemplate::new(200).set_body_json(answer))
        .mount(&server)
        .await;
    everything(&online(&server)).await;
    let requests = server.received_requests().await.unwrap();
    let bodies: Vec<(&str, Value)> = requests
        .iter()
        .filter_map(|request| {
            let kind = kind_of(request.method.as_str(), request.url.path());
            Some((kind, request.body_json::<Value>().ok()?))
        })
        .collect();
    for kind in [
        "action sendMail",
        "action move",
        "action translateExchangeIds",
        "action createUploadSession",
        "graph.fileAttachment",
        "graph.subscription",
        "graph.message",
    ] {
        assert!(bodies.iter().any(|(of, _)| *of == kind), "{kind}");
    }
    let Some(specs) = std::env::var_os("POSTROOM_SPECS").map(PathBuf::from) else {
        eprintln!("not checked: POSTROOM_SPECS is not set");
        return;
    };
    let checked = Command::new("python3")
        .args(["-c", CHECK])
        .env("PYTHONPATH", specs.join("graph"))
        .env("PYTHONDONTWRITEBYTECODE", "1")
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn();
    let Ok(mut python) = checked else {
        eprintln!("not checked: python3 is not installed");
        return;
    };
    let asked = json!(bodies).to_string();
    python
        .stdin
        .take()
        .unwrap()
        .write_all(asked.as_bytes())
        .unwrap();
    let said = python.wait_with_output().unwrap();
    assert!(said.status.success());
    assert_eq!(String::from_utf8_lossy(&said.stdout).trim(), "");
}

async fn everything(graph: &GraphClient) {
    let (token, at) = (&token(), &MailboxAddress::Me);
    graph.mark_read(token, at, "A").await.unwrap();
    graph.categorise(token, at, "A", "Postroom").await.unwrap();
    graph.move_to(token, at, "A", "archive").await.unwrap();
    graph
        .translate_ews_ids(token, at, &["A".to_owned()])
        .await
        .unwrap();
    graph.test_draft(token, at).await.unwrap();
    graph
        .send_nothing(token, at, "help@contoso.example")
        .await
        .unwrap();
    let new = NewSubscription {
        folder: "inbox",
        notification_url: &"https://postroom.example/n".parse().unwrap(),
        lifecycle_url: &"https://postroom.example/l".parse().unwrap(),
        client_state: &"secret".into(),
    };
    graph.subscribe(token, at, &new).await.unwrap();
    graph.renew_subscription(token, "s").await.unwrap();
    let mime = super::send::tests::with_files(&[("a.mp4", 9), ("film.mp4", 4_000_000)]);
    let mail = super::send::tests::mail(&mime);
    let refused = graph.send(token, at, &mail).await;
    assert!(refused.is_err(), "200 is not 202");
}
