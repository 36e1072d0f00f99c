use serde_json::{Value, json};

use super::*;

fn commented(updated: &str) -> Value {
    json!({
        "eventType": "avi:jira:commented:issue", "timestamp": "1795507200000",
        "selfGenerated": false, "atlassianId": "account-2",
        "issue": {"id": "10001", "key": "SUP-1", "fields": {"summary": "Printer"}},
        "comment": {
            "id": "20001", "author": {"accountId": "account-1"}, "updateAuthor": {"accountId": "account-2"},
            "created": "2026-11-24T08:00:00.000+0000", "updated": updated,
        },
    })
}

fn parse(body: &Value) -> Result<Event, EventError> {
    Event::parse(body.to_string().as_bytes())
}

#[test]
fn flat_and_wrapped_say_the_same() {
    let flat = commented("2026-11-24T08:00:00.000+0000");
    let expected = Event {
        kind: EventKind::CommentCreated {
            issue_id: "10001".into(),
            issue_key: "SUP-1".into(),
            comment_id: "20001".into(),
            author: Some("account-1".into()),
        },
        self_generated: false,
        account_id: Some("account-2".into()),
        retry: None,
    };
    assert_eq!(parse(&flat).unwrap(), expected);
    assert_eq!(
        parse(&json!({ "payload": flat, "context": {} })).unwrap(),
        expected
    );
}

#[test]
fn a_repetition_is_known_wherever_it_says_so() {
    let retry = json!({"retryCount": 2, "retryReason": "TIMEOUT_ERROR", "retryData": null});
    let expected = Some(Retry {
        count: 2,
        reason: Some("TIMEOUT_ERROR".into()),
    });
    let mut flat = commented("2026-11-24T08:00:00.000+0000");
    let beside = json!({ "payload": flat, "retryContext": retry });
    assert_eq!(parse(&beside).unwrap().retry, expected);
    flat["retryContext"] = retry;
    assert_eq!(parse(&flat).unwrap().retry, expected);
    assert_eq!(parse(&json!({ "payload": flat })).unwrap().retry, expected);
}

#[test]
fn an_edit_is_told_from_a_new_comment() {
    let is_edit = |updated: &str| {
        matches!(
            parse(&commented(updated)).unwrap().kind,
            EventKind::CommentEdited { .. }
        )
    };
    assert!(is_edit("2026-11-24T08:00:05.000+0000"));
    assert!(is_edit("2026-11-24T08:00:00.001+0000"));
    assert!(!is_edit("2026-11-24T08:00:00.000+0000"));
    assert!(!is_edit("2026-11-24T09:00:00.000+0100"), "the same instant");
    assert!(!is_edit("2026-11-24T08:00:00.000Z"), "the same instant");
    let mut without = commented("");
    without["comment"]
        .as_object_mut()
        .unwrap()
        .remove("updated");
    assert!(matches!(
        parse(&without).unwrap().kind,
        EventKind::CommentCreated { .. }
    ));
}

#[test]
fn other_kinds_are_told_apart() {
    let kind = |body: Value| parse(&body).unwrap().kind;
    let deleted =
        json!({"eventType": "avi:jira:deleted:issue", "issue": {"id": 10001, "key": "SUP-1"}});
    assert_eq!(
        kind(deleted),
        EventKind::IssueDeleted {
            issue_id: "10001".into(),
            issue_key: "SUP-1".into()
        }
    );
    let installation = "ari:cloud:ecosystem::installation/i-1";
    let installed = json!({
        "eventType": "avi:forge:installed:app", "id": installation, "installerAccountId": "account-1",
        "app": {"id": "a", "version": "1.0.0"},
    });
    assert_eq!(
        kind(installed),
        EventKind::Installed {
            installation_id: Some(installation.into()),
            installer: Some("account-1".into())
        }
    );
    assert_eq!(
        kind(json!({"eventType": "avi:forge:upgraded:app"})),
        EventKind::Upgraded {
            installation_id: None
        }
    );
    assert_eq!(
        kind(json!({"eventType": "avi:jira:viewed:issue"})),
        EventKind::Other("avi:jira:viewed:issue".into())
    );
}

#[test]
fn our_own_doing_is_marked() {
    let mut event = commented("2026-11-24T08:00:00.000+0000");
    event["selfGenerated"] = json!(true);
    assert!(parse(&event).unwrap().self_generated);
}

#[test]
fn what_is_no_event_is_said_to_be_none() {
    for body in [
        "",
        "[]",
        "null",
        "{}",
        r#"{"payload": 1}"#,
        r#"{"payload": {}}"#,
    ] {
        assert_eq!(
            Event::parse(body.as_bytes()),
            Err(EventError::NoEvent),
            "{body}"
        );
    }
    let mut event = commented("2026-11-24T08:00:00.000+0000");
    event["comment"] = json!({"id": ""});
    assert_eq!(parse(&event), Err(EventError::Field("comment.id")));
    event["issue"] = json!([]);
    assert_eq!(parse(&event), Err(EventError::Field("issue.id")));
}
