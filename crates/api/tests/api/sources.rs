//! What an administrator does with sources and outbounds.

use actix_web::http::Method;
use postroom_registry::{
    connection::{ConnectionState, Event, Verdict},
    mail, source,
};
use serde_json::{Value, json};

use crate::support::{Answer, Stage, book::Tenant};

async fn change(stage: &Stage, of: &Tenant, id: impl std::fmt::Display, body: Value) -> Answer {
    stage
        .admin(of, Method::PATCH, &format!("/sources/{id}"), Some(body))
        .await
}

async fn post(stage: &Stage, of: &Tenant, path: String) -> Answer {
    stage.admin(of, Method::POST, &path, None).await
}

#[actix_web::test]
async fn a_target_is_taken_from_jira_and_wakes_what_waits() {
    let stage = Stage::new().await;
    let acme = stage.tenant("acme").await;
    let id = stage.source(&acme).await;
    let mail_id = stage.mail(&acme, id, "printer").await;
    let laid_aside = stage.clock.now() + chrono::TimeDelta::hours(1);
    let tx = stage.registry.begin(acme.id).await.unwrap();
    mail::release_fresh(&tx, id).await.unwrap();
    let hold = chrono::TimeDelta::minutes(1);
    let claim = mail::claim(&tx, mail_id, hold).await.unwrap();
    let row = claim.taken().unwrap();
    mail::retry_at(&tx, &row, laid_aside, "no project")
        .await
        .unwrap();
    tx.commit().await.unwrap();

    let body = json!({ "project_id": "10000", "issue_type_id": "1", "name": " Support " });
    let seen = change(&stage, &acme, id, body).await.expect(200).json();
    assert_eq!(seen["name"], "Support");
    assert_eq!(seen["target"]["project_key"], "SUP");
    assert_eq!(seen["target"]["issue_type_name"], "Task");
    assert_eq!(seen["state"]["code"], "active");
    let tx = stage.registry.begin(acme.id).await.unwrap();
    let row = mail::find(&tx, mail_id).await.unwrap();
    assert_eq!(row.next_attempt_at, Some(stage.clock.now()));
}

#[actix_web::test]
async fn what_cannot_be_is_422_and_names_the_field() {
    let stage = Stage::new().await;
    let acme = stage.tenant("acme").await;
    let id = stage.source(&acme).await;
    for (field, body) in [
        ("issue_type_id", json!({ "project_id": "10000" })),
        ("project_id", json!({ "issue_type_id": "1" })),
        (
            "project_id",
            json!({ "project_id": "99999", "issue_type_id": "1" }),
        ),
        (
            "issue_type_id",
            json!({ "project_id": "10000", "issue_type_id": "2" }),
        ),
        ("name", json!({ "name": "  " })),
        ("start_from", json!({ "start_from": "yesterday" })),
        ("settle_folder_id", json!({ "settle": "move" })),
        (
            "outbound_id",
            json!({ "outbound_id": "0190a8b0-0000-7000-8000-000000000000" }),
        ),
        ("body", json!({ "mailbox": "eve@globex.example" })),
        ("body", json!([1])),
    ] {
        let answer = change(&stage, &acme, id, body.clone()).await.expect(422);
        assert_eq!(answer.json()["error"]["field"], field, "{body}");
    }
}

#[actix_web::test]
async fn another_start_walks_the_folder_anew() {
    let stage = Stage::new().await;
    let acme = stage.tenant("acme").await;
    let id = stage.source(&acme).await;
    let seen = change(&stage, &acme, id, json!({ "start_from": "everything" }))
        .await
        .expect(200)
        .json();
    assert_eq!(seen["start_from"], Value::Null);
    let seen = change(&stage, &acme, id, json!({ "settle": "leave" }))
        .await
        .expect(200)
        .json();
    assert_eq!(
        (&seen["start_from"], &seen["settle"]),
        (&Value::Null, &json!("leave"))
    );
    let seen = change(&stage, &acme, id, json!({ "start_from": "now" }))
        .await
        .expect(200)
        .json();
    assert_eq!(seen["start_from"], "2026-11-24T12:00:00Z");
}

#[actix_web::test]
async fn a_paused_source_waits_until_it_is_resumed() {
    let stage = Stage::new().await;
    let acme = stage.tenant("acme").await;
    let id = stage.source(&acme).await;
    post(&stage, &acme, format!("/sources/{id}/resume"))
        .await
        .expect(409);
    let paused = post(&stage, &acme, format!("/sources/{id}/pause"))
        .await
        .expect(200)
        .json();
    assert_eq!(
        paused["state"]["sentence"],
        "Paused by Name of account-admin on 24 November."
    );
    assert_eq!(paused["state"]["action"], "resume");
    post(&stage, &acme, format!("/sources/{id}/poll"))
        .await
        .expect(409);
    let resumed = post(&stage, &acme, format!("/sources/{id}/resume"))
        .await
        .expect(200)
        .json();
    assert_eq!(resumed["state"]["code"], "needs_target");
    post(&stage, &acme, format!("/sources/{id}/poll"))
        .await
        .expect(200);
    assert_eq!(
        stage.doorbell.pending().await.unwrap(),
        1,
        "one bell for one source"
    );
}

#[actix_web::test]
async fn a_deleted_source_is_gone_and_its_mails_stay() {
    let stage = Stage::new().await;
    let acme = stage.tenant("acme").await;
    let id = stage.source(&acme).await;
    let mail = stage.mail(&acme, id, "printer").await;
    let path = format!("/sources/{id}");
    stage
        .admin(&acme, Method::DELETE, &path, None)
        .await
        .expect(204);
    stage
        .admin(&acme, Method::GET, &path, None)
        .await
        .expect(404);
    stage
        .admin(&acme, Method::DELETE, &path, None)
        .await
        .expect(404);
    stage
        .admin(&acme, Method::GET, &format!("/mails/{mail}"), None)
        .await
        .expect(200);
}

#[actix_web::test]
async fn outbounds_are_renamed_paused_resumed_and_deleted() {
    let stage = Stage::new().await;
    let acme = stage.tenant("acme").await;
    let id = stage.outbound(&acme).await;
    let path = format!("/outbounds/{id}");
    let renamed = stage
        .admin(
            &acme,
            Method::PATCH,
            &path,
            Some(json!({ "name": "Answers" })),
        )
        .await;
    assert_eq!(renamed.expect(200).json()["name"], "Answers");
    let paused = post(&stage, &acme, format!("{path}/pause"))
        .await
        .expect(200)
        .json();
    assert_eq!(paused["state"]["code"], "paused");
    let resumed = post(&stage, &acme, format!("{path}/resume"))
        .await
        .expect(200)
        .json();
    assert_eq!(resumed["state"]["code"], "active");
    post(&stage, &acme, format!("{path}/resume"))
        .await
        .expect(409);
    stage
        .admin(&acme, Method::DELETE, &path, None)
        .await
        .expect(204);
    stage
        .admin(&acme, Method::GET, &path, None)
        .await
        .expect(404);
}

#[actix_web::test]
async fn the_overview_names_what_needs_a_person() {
    let stage = Stage::new().await;
    let acme = stage.tenant("acme").await;
    let empty = stage
        .admin(&acme, Method::GET, "/overview", None)
        .await
        .expect(200)
        .json();
    assert_eq!(empty["sentence"], "No mailbox is connected yet.");
    assert_eq!(empty["hours"].as_array().unwrap().len(), 24);

    let id = stage.source(&acme).await;
    stage.mail(&acme, id, "printer").await;
    let tx = stage.registry.begin(acme.id).await.unwrap();
    let ended = Event::Failed(Verdict {
        state: ConnectionState::NeedsSignIn,
        detail: Default::default(),
    });
    source::apply(&tx, id, &ended).await.unwrap();
    tx.commit().await.unwrap();
    let seen = stage
        .admin(&acme, Method::GET, "/overview", None)
        .await
        .expect(200)
        .json();
    assert_eq!(seen["tone"], "removed");
    assert_eq!(
        (&seen["week"]["received"], &seen["week"]["waiting"]),
        (&json!(1), &json!(1))
    );
    assert_eq!(seen["hours"][23]["waiting"], 1);
    assert_eq!(seen["oldest_waiting_at"], "2026-11-24T12:00:00Z");
    assert_eq!(
        (&seen["sources"], &seen["outbounds"]),
        (&json!(1), &json!(0))
    );
    let need = &seen["needs"][0];
    assert_eq!(
        (&need["connection_kind"], &need["connection_id"]),
        (&json!("source"), &json!(id))
    );
    assert!(
        need["text"].as_str().unwrap().contains("1 mail is waiting"),
        "{need}"
    );
}

#[actix_web::test]
async fn projects_are_what_jira_says() {
    let stage = Stage::new().await;
    let acme = stage.tenant("acme").await;
    let seen = stage
        .admin(&acme, Method::GET, "/jira/projects", None)
        .await
        .expect(200)
        .json();
    assert_eq!(
        seen,
        json!({ "items": [{
            "id": "10000", "key": "SUP", "name": "Support", "issue_types": [{ "id": "1", "name": "Task" }],
        }] })
    );
}
