//! The mail log and one mail in it.

use actix_web::http::Method;
use base64::{Engine as _, engine::general_purpose::STANDARD};
use postroom_registry::{
    MailId,
    delivery::{self, EffectKind, EffectState, Intent, Outcome},
    mail::{self, MailState, NewMail},
};
use serde_json::json;

use crate::support::{
    Answer, Stage,
    book::{Tenant, raw_mail},
    get, jira,
};

#[actix_web::test]
async fn the_log_is_paged_filtered_and_searched() {
    let stage = Stage::new().await;
    let acme = stage.tenant("acme").await;
    let source = stage.source(&acme).await;
    for subject in ["one", "two", "three"] {
        stage.mail(&acme, source, subject).await;
        stage.clock.advance(chrono::TimeDelta::seconds(1));
    }
    stage
        .ended_mail(
            &acme,
            source,
            "four",
            MailState::Delivered,
            Some(("1", "SUP-4")),
        )
        .await;
    let subjects = async |query: &str| {
        let page = stage
            .admin(&acme, Method::GET, &format!("/mails?{query}"), None)
            .await
            .expect(200)
            .json();
        let items = page["items"].as_array().unwrap().iter();
        let subjects: Vec<_> = items
            .map(|it| it["subject"].as_str().unwrap().to_owned())
            .collect();
        (subjects, page["next"].as_str().map(str::to_owned))
    };
    let (first, next) = subjects("limit=3").await;
    assert_eq!(first, ["four", "three", "two"]);
    let (rest, end) = subjects(&format!("limit=3&before={}", next.unwrap())).await;
    assert_eq!((rest, end), (vec!["one".to_owned()], None));
    assert_eq!(subjects("state=delivered").await.0, ["four"]);
    assert_eq!(subjects("q=SUP-4").await.0, ["four"]);
    assert_eq!(
        subjects("q=%25").await.0,
        Vec::<String>::new(),
        "a percent sign is a percent sign"
    );
    assert_eq!(
        subjects(&format!("source_id={source}&q=thr")).await.0,
        ["three"]
    );
    for bad in ["before=x", "state=lost", "source_id=x", "limit=-1"] {
        stage
            .admin(&acme, Method::GET, &format!("/mails?{bad}"), None)
            .await
            .expect(422);
    }
}

#[actix_web::test]
async fn a_mail_shows_what_came_why_and_what_jira_got() {
    let stage = Stage::new().await;
    let acme = stage.tenant("acme").await;
    let source = stage.source(&acme).await;
    let id = stage
        .ended_mail(
            &acme,
            source,
            "printer",
            MailState::Delivered,
            Some(("1", "SUP-1")),
        )
        .await;
    let tx = stage.registry.begin(acme.id).await.unwrap();
    for (kind, target, content) in [
        (
            EffectKind::Issue,
            "issue",
            Some(br#"{"type":"doc"}"#.as_slice()),
        ),
        (EffectKind::Attachment, "a.csv", None),
    ] {
        let Intent::First(row) = delivery::intend(&tx, id, kind, target).await.unwrap() else {
            panic!()
        };
        let outcome = Outcome {
            state: EffectState::Done,
            jira_id: Some("7"),
            detail: None,
            content,
        };
        delivery::conclude(&tx, row.id, outcome).await.unwrap();
    }
    tx.commit().await.unwrap();
    let seen = stage
        .admin(&acme, Method::GET, &format!("/mails/{id}"), None)
        .await
        .expect(200)
        .json();
    assert_eq!(
        seen["text"].as_str().unwrap().trim(),
        "The printer is on fire."
    );
    assert_eq!(seen["to"], json!(["ann@contoso.example"]));
    assert_eq!(seen["message_id"], "printer@customer.example");
    assert_eq!(seen["trace"][0]["rule"], "r");
    assert_eq!(seen["adf"], json!({ "type": "doc" }));
    assert_eq!(seen["issue_url"], "https://jira.acme.example/browse/SUP-1");
    let file = &seen["attachments_list"][0];
    assert_eq!(
        (&file["name"], &file["stored"], &file["media_type"]),
        (&json!("a.csv"), &json!(true), &json!("text/csv"))
    );
    assert_eq!(seen["deliveries"].as_array().unwrap().len(), 2);
}

#[actix_web::test]
async fn the_raw_mail_is_saved_byte_for_byte_and_never_shown() {
    let stage = Stage::new().await;
    let acme = stage.tenant("acme").await;
    let source = stage.source(&acme).await;
    let id = stage.mail(&acme, source, "printer").await;
    let raw = stage
        .admin(&acme, Method::GET, &format!("/mails/{id}/raw"), None)
        .await
        .expect(200);
    assert_eq!(raw.text.as_bytes(), raw_mail("printer"));
    assert_eq!(raw.header("content-type"), "message/rfc822");
    assert_eq!(
        raw.header("content-disposition"),
        format!("attachment; filename=\"{id}.eml\"")
    );
    assert_eq!(raw.header("x-content-type-options"), "nosniff");
    assert!(raw.header("content-security-policy").contains("sandbox"));
}

#[actix_web::test]
async fn who_accepts_json_gets_the_raw_mail_in_it() {
    let stage = Stage::new().await;
    let acme = stage.tenant("acme").await;
    let source = stage.source(&acme).await;
    let id = stage.mail(&acme, source, "printer").await;
    for (accept, in_json) in [
        ("application/json", true),
        ("Application/JSON;q=0.9, text/plain", true),
        ("*/*", false),
        ("message/rfc822", false),
        ("application/jsonlines", false),
    ] {
        let answer = raw_as(&stage, &acme, id, accept).await.expect(200);
        if in_json {
            let file = answer.json();
            assert_eq!(file["name"], format!("{id}.eml"));
            assert_eq!(file["media_type"], "message/rfc822");
            let content = file["content_base64"].as_str().unwrap();
            assert_eq!(STANDARD.decode(content).unwrap(), raw_mail("printer"));
        } else {
            assert_eq!(answer.header("content-type"), "message/rfc822", "{accept}");
        }
    }
}

#[actix_web::test]
async fn a_mail_too_large_for_json_is_said_to_be_and_was_not_read() {
    let stage = Stage::new().await;
    let acme = stage.tenant("acme").await;
    let source = stage.source(&acme).await;
    let tx = stage.registry.begin(acme.id).await.unwrap();
    let new = NewMail {
        source_id: source,
        immutable_id: "large",
        message_id: None,
        received_at: stage.clock.now(),
        from_name: "Carl Customer",
        from_address: "carl@customer.example",
        subject: "large",
        raw: &vec![b'x'; 3_000_001],
    };
    let id = mail::insert(&tx, &new).await.unwrap().unwrap();
    tx.commit().await.unwrap();
    let refused = raw_as(&stage, &acme, id, "application/json")
        .await
        .expect(413);
    assert_eq!(refused.code(), "too_large_here");
    assert!(refused.json()["error"]["action"].is_string());
    let read = "/audit?action=mail.raw_read";
    let read = async || {
        let page = stage
            .admin(&acme, Method::GET, read, None)
            .await
            .expect(200)
            .json();
        page["items"].as_array().unwrap().len()
    };
    assert_eq!(read().await, 0);
    raw_as(&stage, &acme, id, "message/rfc822")
        .await
        .expect(200);
    assert_eq!(read().await, 1);
}

async fn raw_as(stage: &Stage, of: &Tenant, id: MailId, accept: &str) -> Answer {
    let authorization = format!("JWT {}", of.context_token(jira::ADMIN));
    let request = get(&format!("/api/v1/mails/{id}/raw"));
    let request = request.insert_header(("authorization", authorization));
    stage.send(request.insert_header(("accept", accept))).await
}

#[actix_web::test]
async fn a_dead_mail_is_tried_again_and_a_delivered_one_is_not() {
    let stage = Stage::new().await;
    let acme = stage.tenant("acme").await;
    let source = stage.source(&acme).await;
    let dead = stage
        .ended_mail(&acme, source, "dead", MailState::Dead, None)
        .await;
    let done = stage
        .ended_mail(
            &acme,
            source,
            "done",
            MailState::Delivered,
            Some(("1", "SUP-1")),
        )
        .await;
    let retried = stage
        .admin(&acme, Method::POST, &format!("/mails/{dead}/retry"), None)
        .await
        .expect(200)
        .json();
    assert_eq!(
        (&retried["state"], &retried["attempts"]),
        (&json!("waiting"), &json!(0))
    );
    assert_eq!(stage.doorbell.pending().await.unwrap(), 1);
    stage
        .admin(&acme, Method::POST, &format!("/mails/{done}/retry"), None)
        .await
        .expect(409);
    assert_eq!(stage.doorbell.pending().await.unwrap(), 1);
}
