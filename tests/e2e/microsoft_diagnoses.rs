//! Every code that Microsoft can say, raised by the simulator, and what the panel tells of it.

mod table;

use postroom_tests::{
    Stack,
    story::{MAILBOX, PATIENCE, Panel, signing},
    until,
};
use serde_json::{Value, json};

use self::table::{AT_REFRESH, AT_SIGN_IN, Whose};
use crate::support::{
    away, connected, control, poll, source, stack, state_when, token_used_up, works,
};

/// Whether a state is what a failure of this kind leads to; else what is wrong with it.
fn fits(state: &Value, whose: Whose) -> Result<(), &'static str> {
    let code = state["code"].as_str().unwrap_or_default();
    let who = state["who_acts"].as_str().unwrap_or_default();
    let theirs = matches!(code, "needs_sign_in" | "refused" | "waiting_for_approval");
    let user = matches!(who, "you" | "mailbox_owner");
    let administrator = who == "microsoft_administrator";
    let right = match whose {
        Whose::User => theirs && user,
        Whose::Administrator => theirs && administrator,
        Whose::UserOrAdministrator => theirs && (user || administrator),
        Whose::Ours => code == "ours" && who == "us",
        Whose::Nobody => matches!(code, "retrying" | "slowed") && who == "nobody",
        Whose::PassesByItself => matches!(code, "retrying" | "slowed"),
    };
    if !right {
        return Err("another state, or another person");
    }
    let speaks = state["sentence"].as_str().is_some_and(|it| it.len() > 20);
    let way_out = state["action"].is_string()
        || state["fix"].as_array().is_some_and(|fix| !fix.is_empty())
        || state["action_sentence"].is_string();
    match (speaks, whose) {
        (false, _) => Err("no sentence for a person"),
        (true, Whose::Nobody | Whose::PassesByItself | Whose::Ours) => Ok(()),
        (true, _) => way_out.then_some(()).ok_or("no way out"),
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn every_code_at_the_refresh_has_its_state_its_person_and_its_words() {
    let stack = stack().await;
    let (panel, connected) = connected(&stack).await;
    let id = connected.source_id.as_str();
    let mut wrong = Vec::new();
    // Nobody's and ours first: they must not hide what needs a sign-in.
    let mut codes = AT_REFRESH;
    codes.sort_by_key(|(_, whose)| match whose {
        Whose::Nobody | Whose::PassesByItself => 0,
        Whose::Ours => 1,
        _ => 2,
    });
    for (code, whose) in codes {
        works(&panel, id).await;
        let fault = json!({ "host": "login", "match": "/token", "code": code, "times": 100_000 });
        control(&stack, "/microsoft/faults", &fault).await;
        token_used_up(&stack).await;
        let told = format!("AADSTS{code}");
        let passing = matches!(whose, Whose::Nobody | Whose::PassesByItself);
        let state = state_when(&panel, id, &told, |state| match passing {
            // Whether the number or the status is told of what passes by itself is all the same.
            true => matches!(state["code"].as_str(), Some("retrying" | "slowed")),
            false => state["error_code"] == told.as_str(),
        })
        .await;
        if let Err(problem) = fits(&state, whose) {
            wrong.push(format!("{told} ({whose:?}): {problem}: {state}"));
        }
        away(&stack, "/faults").await;
        if state["code"] == "needs_sign_in" {
            let wanted = json!({ "purpose": "source", "source_id": id });
            signing::sign_in(&panel, &wanted, MAILBOX).await.unwrap();
        }
    }
    assert!(
        wrong.is_empty(),
        "{} wrong:\n{}",
        wrong.len(),
        wrong.join("\n")
    );
    stack.stop().await.unwrap();
}

/// What Graph says to a poll, and whose that is.
const AT_CALL: [(&str, Whose); 14] = [
    ("ErrorAccessDenied", Whose::Administrator),
    ("MailboxNotEnabledForRESTAPI", Whose::Administrator),
    ("ErrorInvalidUser", Whose::UserOrAdministrator),
    ("ErrorFolderNotFound", Whose::UserOrAdministrator),
    ("ErrorSyncFolderNotFound", Whose::UserOrAdministrator),
    ("ErrorAccountDisabled", Whose::Administrator),
    ("extensionError", Whose::Administrator),
    ("ApplicationThrottled", Whose::Nobody),
    ("activityLimitReached", Whose::Nobody),
    ("serviceNotAvailable", Whose::Nobody),
    ("ErrorInternalServerTransientError", Whose::Nobody),
    ("ErrorMailboxMoveInProgress", Whose::Nobody),
    ("UnknownError", Whose::Nobody),
    ("insufficient_claims", Whose::User),
];

#[tokio::test(flavor = "multi_thread")]
async fn every_code_at_the_call_has_its_state_its_person_and_its_words() {
    let stack = stack().await;
    let (panel, connected) = connected(&stack).await;
    let id = connected.source_id.as_str();
    let mut wrong = Vec::new();
    for (code, whose) in AT_CALL {
        works(&panel, id).await;
        let fault =
            json!({ "host": "graph", "match": "/delta", "response_code": code, "times": 100_000 });
        control(&stack, "/microsoft/faults", &fault).await;
        let state = state_when(&panel, id, code, |state| state["code"] != "active").await;
        if let Err(problem) = fits(&state, whose) {
            wrong.push(format!("{code} ({whose:?}): {problem}: {state}"));
        }
        away(&stack, "/faults").await;
        if state["code"] == "needs_sign_in" {
            let wanted = json!({ "purpose": "source", "source_id": id });
            signing::sign_in(&panel, &wanted, MAILBOX).await.unwrap();
        }
    }
    assert!(
        wrong.is_empty(),
        "{} wrong:\n{}",
        wrong.len(),
        wrong.join("\n")
    );
    stack.stop().await.unwrap();
}

/// A delta query that must begin anew does so by itself, and brings no mail twice.
#[tokio::test(flavor = "multi_thread")]
async fn a_lost_cursor_is_nobodys_business() {
    let stack = stack().await;
    let (panel, connected) = connected(&stack).await;
    let id = connected.source_id.as_str();
    crate::support::write_mail(&stack, "once").await;
    postroom_tests::story::all_ended(&panel, id, 1)
        .await
        .unwrap();
    for code in [
        "syncStateNotFound",
        "resyncRequired",
        "InvalidSyncStateData",
    ] {
        let fault = json!({ "host": "graph", "match": "deltatoken", "response_code": code });
        control(&stack, "/microsoft/faults", &fault).await;
        until("it was said", PATIENCE, async || {
            poll(&panel, id).await;
            let left = crate::support::look(&stack, "/faults").await;
            Ok((left == json!([])).then_some(()))
        })
        .await
        .unwrap();
        let state = works(&panel, id).await;
        assert_eq!(state["code"], "active", "{code}: {state}");
    }
    assert_eq!(source(&panel, id).await["total"], 1);
    assert_eq!(
        postroom_tests::story::issues(&stack, "acme")
            .await
            .unwrap()
            .len(),
        1
    );
    stack.stop().await.unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn every_code_at_the_sign_in_has_its_person_and_its_words() {
    let stack = stack().await;
    postroom_tests::story::install(&stack, "acme")
        .await
        .unwrap();
    let panel = Panel::open(&stack, "acme").await.unwrap();
    let mut wrong = Vec::new();
    for (code, error, whose) in AT_SIGN_IN {
        let ended = failed_sign_in(&stack, &panel, code, error).await;
        if ended["state"] == "waiting_for_approval" && whose == Whose::Administrator {
            continue;
        }
        let failure = &ended["failure"];
        let who = failure["who_acts"].as_str().unwrap_or_default();
        let user = matches!(who, "you" | "mailbox_owner");
        let administrator = who == "microsoft_administrator";
        let right = match whose {
            Whose::User => user,
            Whose::Administrator => administrator,
            Whose::UserOrAdministrator => user || administrator,
            Whose::Ours => who == "us",
            Whose::Nobody | Whose::PassesByItself => matches!(who, "nobody" | "you"),
        };
        let words = ["message", "action"].map(|field| failure[field].as_str().unwrap_or_default());
        let told = failure["code"] == format!("AADSTS{code}").as_str();
        if !right || !told || words.iter().any(|words| words.len() < 10) {
            wrong.push(format!("AADSTS{code} ({whose:?}): {failure}"));
        }
    }
    assert!(
        wrong.is_empty(),
        "{} wrong:\n{}",
        wrong.len(),
        wrong.join("\n")
    );
    stack.stop().await.unwrap();
}

async fn failed_sign_in(stack: &Stack, panel: &Panel, code: u32, error: &str) -> Value {
    let fault =
        json!({ "host": "login", "match": "/authorize", "code": code, "body": { "error": error } });
    control(stack, "/microsoft/faults", &fault).await;
    let begun = signing::begin(panel, &json!({ "purpose": "both" }))
        .await
        .unwrap();
    signing::at_microsoft(begun["url"].as_str().unwrap(), MAILBOX)
        .await
        .unwrap();
    away(stack, "/faults").await;
    let path = format!("/sign-ins/{}", begun["id"].as_str().unwrap());
    panel.get(&path).await.unwrap()
}
