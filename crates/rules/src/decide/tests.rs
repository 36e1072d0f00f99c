use serde_json::json;

use super::*;
use crate::{MatchedBy, Reason, Target, ThreadMatch};

fn profile() -> Profile {
    let target = Target {
        project_id: "10000".to_owned(),
        issue_type_id: "10001".to_owned(),
    };
    Profile {
        target: Some(target),
        accept_automatic: false,
    }
}

fn mail(headers: &str) -> ParsedMail {
    ParsedMail::parse(format!("Subject: Printer\r\n{headers}\r\n\r\nHelp\r\n").as_bytes())
}

fn thread() -> Option<ThreadMatch> {
    Some(ThreadMatch {
        issue_id: "10042".to_owned(),
        issue_key: "SUP-7".to_owned(),
        matched_message_id: "a@x".to_owned(),
        by: MatchedBy::OurMessage,
    })
}

fn rules(decision: &Decision) -> Vec<&str> {
    decision
        .trace
        .iter()
        .map(|step| step.rule.as_str())
        .collect()
}

#[test]
fn new_conversation_makes_an_issue() {
    for headers in [
        "From: ann@example.com",
        "X-No: sender",
        "From: ann@example.com\r\nList-Id: <l.example.com>",
    ] {
        let decision = decide(&profile(), &mail(headers), &Context::default());
        let plan = Plan::Create {
            project_id: "10000".to_owned(),
            issue_type_id: "10001".to_owned(),
        };
        assert_eq!(decision.plan, plan, "{headers}");
        assert_eq!(
            rules(&decision),
            ["own_mail", "duplicate", "automatic", "thread", "target"]
        );
    }
}

#[test]
fn answer_makes_a_comment() {
    let context = Context {
        thread: thread(),
        ..Context::default()
    };
    let decision = decide(&profile(), &mail("From: ann@example.com"), &context);
    assert_eq!(
        decision.plan,
        Plan::Comment {
            issue_id: "10042".to_owned(),
            issue_key: "SUP-7".to_owned()
        }
    );
    let last = decision.trace.last().unwrap();
    assert_eq!(
        (last.rule.as_str(), last.decided.as_str()),
        ("thread", "comment on SUP-7")
    );
}

#[test]
fn own_mail_is_ignored_before_all_else() {
    let ours = Context {
        own_message_id: true,
        thread: thread(),
        duplicate_of: Some("m".to_owned()),
        ..Context::default()
    };
    let decision = decide(&profile(), &mail("From: ann@example.com"), &ours);
    assert_eq!(
        decision.plan,
        Plan::Ignore {
            reason: Reason::OwnMail
        }
    );

    let context = Context {
        own_addresses: vec!["Support@contoso.example".to_owned()],
        ..Context::default()
    };
    let marked = |from: &str| mail(&format!("From: {from}\r\nX-Postroom-Notification: a@x"));
    let back = decide(&profile(), &marked("support@contoso.example"), &context);
    assert_eq!(
        back.plan,
        Plan::Ignore {
            reason: Reason::OwnMail
        }
    );
    let copied = decide(&profile(), &marked("ann@example.com"), &context);
    assert!(matches!(copied.plan, Plan::Create { .. }));
    let written = decide(&profile(), &mail("From: support@contoso.example"), &context);
    assert!(matches!(written.plan, Plan::Create { .. }));
}

#[test]
fn duplicate_is_ignored() {
    let context = Context {
        duplicate_of: Some("m1".to_owned()),
        ..Context::default()
    };
    let decision = decide(&profile(), &mail("From: ann@example.com"), &context);
    assert_eq!(
        decision.plan,
        Plan::Ignore {
            reason: Reason::Duplicate {
                mail_id: "m1".to_owned()
            }
        }
    );
}

#[test]
fn automatic_mail_is_ignored_even_in_a_thread() {
    let context = Context {
        thread: thread(),
        ..Context::default()
    };
    let away = mail("From: ann@example.com\r\nAuto-Submitted: auto-replied");
    let decision = decide(&profile(), &away, &context);
    assert_eq!(decision.plan.reason().map(Reason::code), Some("automatic"));
    let sentence = decision.plan.reason().unwrap().sentence();
    assert_eq!(
        sentence,
        "This is an automatic answer (Auto-Submitted: auto-replied)."
    );
}

#[test]
fn alerts_are_taken_where_the_profile_wants_them_and_bounces_are_not() {
    let profile = Profile {
        accept_automatic: true,
        ..profile()
    };
    let alert = mail("From: ann@example.com\r\nAuto-Submitted: auto-generated");
    assert!(matches!(
        decide(&profile, &alert, &Context::default()).plan,
        Plan::Create { .. }
    ));
    for header in ["Auto-Submitted: auto-replied", "Return-Path: <>"] {
        let loops = mail(&format!("From: ann@example.com\r\n{header}"));
        assert!(
            matches!(
                decide(&profile, &loops, &Context::default()).plan,
                Plan::Ignore { .. }
            ),
            "{header}"
        );
    }
}

#[test]
fn mail_is_held_until_a_project_is_chosen() {
    let decision = decide(
        &Profile::default(),
        &mail("From: ann@example.com"),
        &Context::default(),
    );
    assert_eq!(
        decision.plan,
        Plan::Hold {
            reason: Reason::NoTarget
        }
    );
    let context = Context {
        thread: thread(),
        ..Context::default()
    };
    let answer = decide(
        &Profile::default(),
        &mail("From: ann@example.com"),
        &context,
    );
    assert!(
        matches!(answer.plan, Plan::Comment { .. }),
        "an answer needs no project"
    );
}

/// What is in the database must be read by every later version.
#[test]
fn json_is_stable() {
    let create = Plan::Create {
        project_id: "1".to_owned(),
        issue_type_id: "2".to_owned(),
    };
    let automatic = Reason::Automatic {
        kind: postroom_mail::Kind::AutoReply,
        because: "X: y".to_owned(),
    };
    for (plan, json) in [
        (
            create,
            json!({"action": "create", "project_id": "1", "issue_type_id": "2"}),
        ),
        (
            Plan::Comment {
                issue_id: "1".to_owned(),
                issue_key: "A-1".to_owned(),
            },
            json!({"action": "comment", "issue_id": "1", "issue_key": "A-1"}),
        ),
        (
            Plan::Ignore { reason: automatic },
            json!({"action": "ignore", "reason": {"code": "automatic", "kind": "auto_reply", "because": "X: y"}}),
        ),
        (
            Plan::Hold {
                reason: Reason::NoTarget,
            },
            json!({"action": "hold", "reason": {"code": "no_target"}}),
        ),
    ] {
        assert_eq!(serde_json::to_value(&plan).unwrap(), json);
        assert_eq!(serde_json::from_value::<Plan>(json).unwrap(), plan);
    }
}

proptest::proptest! {
    #[test]
    fn every_mail_gets_one_plan_and_the_last_step_decided(raw: Vec<u8>) {
        let decision = decide(&profile(), &ParsedMail::parse(&raw), &Context::default());
        let (last, before) = decision.trace.split_last().unwrap();
        assert_ne!(last.decided, "go on");
        assert!(before.iter().all(|step| step.decided == "go on"));
    }
}

#[test]
fn debug_shows_no_mail() {
    let secret = mail("From: ann@example.com\r\nX-Autoreply: secret words");
    let decision = decide(&profile(), &secret, &Context::default());
    let shown = format!("{decision:?} {secret:?}");
    assert!(
        !shown.contains("secret") && !shown.contains("ann@"),
        "{shown}"
    );
}
