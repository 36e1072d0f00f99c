use chrono::{TimeDelta, TimeZone as _};
use serde_json::json;

use super::*;
use crate::jira::{
    lifecycle::descriptor::Descriptor,
    model::{app::App, issue::Property},
};

fn noon() -> DateTime<Utc> {
    Utc.with_ymd_and_hms(2026, 11, 24, 12, 0, 0).unwrap()
}

fn issue(id: u64, key: &str, minutes_ago: i64, mid: &str) -> Issue {
    let at = noon() - TimeDelta::minutes(minutes_ago);
    let property = Property {
        value: json!({"mid": mid, "tags": ["a", "b"]}),
        set_at: at,
    };
    Issue {
        id,
        key: key.to_owned(),
        project: key[..3].to_owned(),
        issue_type: "10001".to_owned(),
        summary: format!("Printer {id} on fire"),
        description: None,
        labels: vec!["mail".to_owned()],
        priority: "Medium".to_owned(),
        creator: "a".to_owned(),
        reporter: "a".to_owned(),
        assignee: None,
        created: at,
        updated: at,
        properties: [("mail".to_owned(), property)].into(),
        comments: Vec::new(),
        attachments: Vec::new(),
    }
}

fn state() -> State {
    let mut state = State::new("acme");
    for (id, key, ago, mid) in [
        (1, "SUP-1", 60, "x"),
        (2, "SUP-2", 30, "y"),
        (3, "OPS-1", 1, "x"),
    ] {
        state.issues.insert(id, issue(id, key, ago, mid));
    }
    let extractions =
        json!([{"objectName": "mid", "type": "string"}, {"objectName": "tags", "type": "string"}]);
    let descriptor = json!({
        "key": "app", "baseUrl": "https://a", "authentication": {"type": "jwt"},
        "lifecycle": {"installed": "/i"}, "apiMigrations": {"signed-install": true, "context-qsh": true},
        "modules": {"jiraEntityProperties": [{"key": "p", "entityType": "issue", "keyConfigurations":
            [{"propertyKey": "mail", "extractions": extractions}]}]},
    });
    state.app = Some(App {
        descriptor: Descriptor::check(descriptor).unwrap(),
        secret: String::new(),
        account_id: String::new(),
        enabled: true,
        properties: Default::default(),
    });
    state
}

fn find(jql: &str, lag: TimeDelta, reconcile: &[u64]) -> Result<Vec<u64>, JiraError> {
    let state = state();
    let run = Run {
        state: &state,
        now: noon(),
        indexed_until: noon() - lag,
        reconcile,
        account_id: "a",
    };
    Ok(run
        .find(&Query::parse(jql)?)?
        .iter()
        .map(|issue| issue.id)
        .collect())
}

#[test]
fn finds() {
    for (jql, expected) in [
        (
            r#"issue.property[mail].mid = "x" ORDER BY created"#,
            vec![1, 3],
        ),
        (
            r#"project = SUP AND issue.property[mail].mid = "x""#,
            vec![1],
        ),
        ("issue.property[mail].tags = b and key = SUP-2", vec![2]),
        ("project in (SUP, OPS) order by created DESC", vec![3, 2, 1]),
        (
            "project = SUP or project = OPS ORDER BY key asc",
            vec![1, 2, 3],
        ),
        ("not (project = SUP)", vec![3]),
        ("created >= -45m order by created asc", vec![2, 3]),
        ("project = SUP and created < '2026-11-24 11:15'", vec![1]),
        ("text ~ \"printer 2\"", vec![2]),
        (
            "issuetype = task AND labels = mail AND project = 10001",
            vec![3],
        ),
        (
            "assignee is EMPTY and reporter = currentUser() and id = 2",
            vec![2],
        ),
    ] {
        assert_eq!(
            find(jql, TimeDelta::zero(), &[]).unwrap(),
            expected,
            "{jql}"
        );
    }
}

#[test]
fn refuses() {
    for (jql, expected) in [
        ("", "Unbounded"),
        ("order by created", "Unbounded"),
        ("colour = red", "Field 'colour' does not exist"),
        (
            "issue.property[mail].subject = x",
            "issue.property[mail].subject' does not exist",
        ),
        ("project = NOPE", "The value 'NOPE' does not exist"),
        ("project =", "Expecting a value"),
        ("project = SUP SUP", "Expecting 'OR' or 'AND'"),
        ("project = 'SUP", "has not been completed"),
        ("key = SUP-99", "An issue with key 'SUP-99'"),
    ] {
        let refusal = find(jql, TimeDelta::zero(), &[]).unwrap_err().sentence();
        assert!(refusal.contains(expected), "{jql}: {refusal}");
    }
}

#[test]
fn what_is_not_indexed_yet_is_found_only_when_reconciled() {
    let lag = TimeDelta::minutes(5);
    let jql = r#"issue.property[mail].mid = "x""#;
    assert_eq!(find(jql, lag, &[]).unwrap(), [1]);
    assert_eq!(find(jql, lag, &[3]).unwrap(), [3, 1]);
}
