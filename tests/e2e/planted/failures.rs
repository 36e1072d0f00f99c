//! What goes wrong, for errors tell most: refused tokens, answers that repeat what they got, bodies that cannot be read.

use postroom_tests::{
    Stack,
    story::{self, Door, PATIENCE, Panel},
    until,
};
use reqwest::Method;
use serde_json::{Value, json};

use super::secrets::{IN_A_FILE, SENTENCE, SUBJECT, Secrets, WRITER};
use crate::support::control;

pub(crate) async fn play(stack: &Stack, secrets: &mut Secrets) {
    let panel = Panel::open(stack, "acme").await.unwrap();
    let forge = Panel::open_by(stack, "globex", Door::Forge).await.unwrap();
    strangers(stack, &panel, secrets).await;
    strangers(stack, &forge, secrets).await;
    microsoft_and_jira_fail(stack).await;
    let (here, there) = (total(&panel).await, total(&forge).await);
    for n in 0..2 {
        story::drop_mail(stack, mail(n)).await.unwrap();
    }
    for (panel, before) in [(&panel, here), (&forge, there)] {
        until("the mails are in the ledger", PATIENCE, async || {
            // One of the failures has the site's token doubted, and this brings the next.
            control(stack, "/jira/globex/forge/tick", &json!({})).await;
            poll(panel).await;
            Ok((total(panel).await >= before + 2).then_some(()))
        })
        .await
        .unwrap();
    }
    let url = format!("{}/faults", stack.control());
    until("everything failed that shall fail", PATIENCE, async || {
        let left = stack.http.get(&url).await?;
        control(stack, "/jira/globex/forge/tick", &json!({})).await;
        poll(&panel).await;
        poll(&forge).await;
        Ok(left.as_array().is_some_and(Vec::is_empty).then_some(()))
    })
    .await
    .unwrap();
    secrets.learn_sites(stack).await;
    for (path, body) in [
        ("/jira/globex/forge/uninstall", json!({})),
        ("/jira/acme/uninstall", json!({})),
    ] {
        control(stack, path, &body).await;
    }
}

/// Tokens that do not hold, in every place where one may stand, and bodies that are none.
async fn strangers(stack: &Stack, panel: &Panel, secrets: &mut Secrets) {
    let proof = panel.proof().await.unwrap();
    secrets.learn_proof(&proof);
    let header = proof["authorization"].to_str().unwrap();
    let (scheme, token) = header.split_once(' ').unwrap();
    let cut = &token[..token.len() - 4];
    secrets.add_token("a token that was cut", cut);
    let app = stack.app();
    for (method, url, authorization) in [
        (
            Method::GET,
            format!("{app}/api/v1/me"),
            format!("{scheme} {cut}"),
        ),
        (
            Method::GET,
            format!("{app}/api/v1/me?jwt={token}"),
            String::new(),
        ),
        (
            Method::GET,
            format!("{app}/panel?jwt={token}"),
            String::new(),
        ),
        (
            Method::POST,
            format!("{app}/connect/installed"),
            header.to_owned(),
        ),
        (
            Method::POST,
            format!("{app}/connect/webhooks/comment-created?jwt={token}"),
            String::new(),
        ),
        (
            Method::POST,
            format!("{app}/forge/events"),
            header.to_owned(),
        ),
        (
            Method::GET,
            format!("{app}/microsoft/callback?code={token}&state={cut}"),
            String::new(),
        ),
        (
            Method::GET,
            format!("{app}/nothing/here/{token}"),
            header.to_owned(),
        ),
    ] {
        let request = stack
            .http
            .request(method, &url)
            .header("authorization", authorization)
            .header("x-forge-oauth-system", token)
            .body(format!("{{\"sharedSecret\": \"{token}\", {SENTENCE}"));
        let answer = request.send().await.unwrap();
        let status = answer.status().as_u16();
        assert!(status >= 400, "{url} answered {status}");
        let body = answer.bytes().await.unwrap();
        let found = secrets.never_told().found_in("an answer", &body).unwrap();
        assert_eq!(found, [], "{url}");
    }
}

/// Each once, with answers that say back what they were told.
async fn microsoft_and_jira_fail(stack: &Stack) {
    let echo: Value = json!({ "errorMessages": [SENTENCE], "errors": { "summary": format!("{SUBJECT} {WRITER}") } });
    // What Jira says to a 400 is kept for the administrator. It names fields, and says back no text.
    let refusal =
        json!({ "errorMessages": [], "errors": { "summary": format!("{SUBJECT} {WRITER}") } });
    let graph = |status: u16, part: &str| {
        json!({
            "host": "graph", "match": part, "status": status, "times": 1,
            "body": { "error": { "code": "InvalidAuthenticationToken", "message": format!("{WRITER}: {SENTENCE}") } }
        })
    };
    for (path, fault) in [
        ("/microsoft/faults", graph(401, "/delta")),
        ("/microsoft/faults", graph(500, "$value")),
        (
            "/microsoft/faults",
            json!({ "host": "login", "match": "/token", "code": 7_000_215, "times": 1 }),
        ),
        (
            "/jira/acme/faults",
            json!({ "match": "/rest/api/3/issue", "method": "POST", "status": 500, "times": 1,
            "body": echo }),
        ),
        (
            "/jira/acme/faults",
            json!({ "match": "/rest/api/3/issue", "method": "POST", "status": 400, "times": 1,
            "body": refusal }),
        ),
        (
            "/jira/globex/faults",
            json!({ "match": "/rest/api/3/issue", "method": "POST", "status": 401, "times": 1,
            "body": echo }),
        ),
        (
            "/jira/globex/faults",
            json!({ "match": "/attachments", "method": "POST", "drop": true, "times": 1 }),
        ),
    ] {
        control(stack, path, &fault).await;
    }
}

/// An administrator's click; without it a mailbox that failed rests for a while.
async fn poll(panel: &Panel) {
    let sources = panel.get("/sources").await.unwrap();
    for source in sources["items"].as_array().unwrap() {
        let path = format!("/sources/{}/poll", source["id"].as_str().unwrap());
        panel
            .ask(Method::POST, &path, Some(&json!({})))
            .await
            .unwrap();
    }
}

async fn total(panel: &Panel) -> u64 {
    let sources = panel.get("/sources").await.unwrap();
    let sources = sources["items"].as_array().unwrap();
    sources
        .iter()
        .filter_map(|source| source["total"].as_u64())
        .sum()
}

/// One that says who wrote it, and one that is broken.
fn mail(n: u8) -> Vec<u8> {
    let broken = if n == 0 { "" } else { "\u{0}\u{1}" };
    format!(
        "From: Carlotta <{WRITER}>\r\nTo: support@contoso.example\r\nSubject: {SUBJECT} {n}\r\nMessage-ID: \
         <otter-{n}@customer.example>\r\nContent-Type: multipart/mixed; boundary={broken}y\r\n\r\n\
         --{broken}y\r\nContent-Type: text/html\r\n\r\n<p>{SENTENCE}</p>\r\n\
         --y\r\nContent-Disposition: attachment; filename=f.bin\r\n\r\n{IN_A_FILE}"
    )
    .into_bytes()
}
