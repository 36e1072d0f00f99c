//! Who changed what: each change leaves its row, the trail is read by administrators and taken away as a file.

mod walk;

use actix_web::http::Method;
use base64::{Engine as _, engine::general_purpose::STANDARD};
use postroom_registry::audit::{self, Action, Actor, Entry, SubjectKind};
use serde_json::{Value, json};

use crate::support::{Answer, Stage, book::Tenant, jira};

async fn trail(stage: &Stage, of: &Tenant, query: &str) -> Value {
    let path = format!("/audit?{query}");
    let page = stage.admin(of, Method::GET, &path, None).await;
    page.expect(200).json()
}

/// The action of each row, the newest first.
fn actions(page: &Value) -> Vec<&str> {
    let items = page["items"].as_array().unwrap().iter();
    items.map(|it| it["action"].as_str().unwrap()).collect()
}

async fn rename(stage: &Stage, of: &Tenant, id: impl std::fmt::Display, name: &str) -> Answer {
    let path = format!("/sources/{id}");
    let body = json!({ "name": name });
    stage.admin(of, Method::PATCH, &path, Some(body)).await
}

#[actix_web::test]
async fn a_row_says_who_did_what_to_what_and_what_is_different() {
    let stage = Stage::new().await;
    let acme = stage.tenant("acme").await;
    let id = stage.source(&acme).await;
    rename(&stage, &acme, id, "Support").await.expect(200);
    let page = trail(&stage, &acme, "").await;
    assert_eq!(actions(&page), ["source.changed", "site.installed"]);
    let row = &page["items"][0];
    let expected = json!({
        "id": row["id"], "at": "2026-11-24T12:00:00Z", "action": "source.changed",
        "actor": {
            "kind": "account", "account_id": jira::ADMIN, "name": "Name of account-admin",
        },
        "sentence": "Name of account-admin changed how Support receives mail.",
        "subject": { "kind": "source", "id": id.to_string(), "name": "Support" },
        "changes": [{ "field": "name", "from": "ann@contoso.example", "to": "Support" }],
    });
    assert_eq!(*row, expected);
    let site = &page["items"][1];
    assert_eq!(site["sentence"], "Jira installed Postroom.");
    assert_eq!(
        (&site["actor"]["kind"], &site["subject"]),
        (&json!("atlassian"), &Value::Null)
    );
}

#[actix_web::test]
async fn what_changes_nothing_leaves_no_row() {
    let stage = Stage::new().await;
    let acme = stage.tenant("acme").await;
    let id = stage.source(&acme).await;
    let pause = format!("/sources/{id}/pause");
    for _ in 0..2 {
        rename(&stage, &acme, id, "Support").await.expect(200);
        stage
            .admin(&acme, Method::POST, &pause, None)
            .await
            .expect(200);
    }
    rename(&stage, &acme, id, "").await.expect(422);
    let page = trail(&stage, &acme, &format!("subject_id={id}")).await;
    assert_eq!(actions(&page), ["source.paused", "source.changed"]);
}

#[actix_web::test]
async fn the_trail_is_paged_and_filtered_and_no_strangers() {
    let stage = Stage::new().await;
    let (acme, globex) = (stage.tenant("acme").await, stage.tenant("globex").await);
    let id = stage.source(&acme).await;
    for name in ["one", "two", "three"] {
        stage.clock.advance(chrono::TimeDelta::seconds(1));
        rename(&stage, &acme, id, name).await.expect(200);
    }
    let first = trail(&stage, &acme, "limit=2").await;
    assert_eq!(actions(&first), ["source.changed"; 2]);
    assert_eq!(first["items"][0]["subject"]["name"], "three");
    let next = first["next"].as_str().unwrap();
    let rest = trail(&stage, &acme, &format!("limit=2&before={next}")).await;
    assert_eq!(actions(&rest), ["source.changed", "site.installed"]);
    assert_eq!(rest["next"], Value::Null);
    assert_eq!(
        actions(&trail(&stage, &acme, "action=site.installed").await),
        ["site.installed"]
    );
    let within = "from=2026-11-24T12:00:01Z&to=2026-11-24T12:00:03Z";
    assert_eq!(
        actions(&trail(&stage, &acme, within).await),
        ["source.changed"; 2]
    );
    assert_eq!(
        actions(&trail(&stage, &globex, "").await),
        ["site.installed"]
    );
    let by_id = format!("subject_id={id}");
    assert!(actions(&trail(&stage, &globex, &by_id).await).is_empty());
    for nothing in [
        "subject_id=%00",
        "to=-4800-01-01T00:00:00Z",
        "from=%2B9999-01-01T00:00:00Z",
    ] {
        let page = trail(&stage, &acme, nothing).await;
        assert!(actions(&page).is_empty(), "{nothing}");
    }
    for bad in [
        "before=x",
        "action=source.stolen",
        "limit=-1",
        "from=yesterday",
    ] {
        let path = format!("/audit?{bad}");
        stage
            .admin(&acme, Method::GET, &path, None)
            .await
            .expect(422);
    }
}

#[actix_web::test]
async fn without_jira_the_trail_has_no_names() {
    let stage = Stage::new().await;
    let acme = stage.tenant("acme").await;
    let id = stage.source(&acme).await;
    rename(&stage, &acme, id, "Support").await.expect(200);
    stage.jira.reset().await;
    let page = trail(&stage, &acme, "").await;
    let asked = stage.jira.received_requests().await.unwrap().len();
    trail(&stage, &acme, "").await;
    let again = stage.jira.received_requests().await.unwrap().len();
    assert_eq!(
        (asked > 0, again),
        (true, asked),
        "who does not answer is left alone"
    );
    assert_eq!(page["items"][0]["actor"]["name"], Value::Null);
    assert_eq!(
        page["items"][0]["sentence"],
        "Somebody changed how Support receives mail."
    );
}

#[actix_web::test]
async fn the_whole_trail_is_taken_away_and_that_is_in_it() {
    let stage = Stage::new().await;
    let acme = stage.tenant("acme").await;
    // More than a page of the export.
    let tx = stage.registry.begin(acme.id).await.unwrap();
    for n in 0..505 {
        let actor = Actor::Account(jira::ADMIN.to_owned());
        let entry = Entry::new(actor, Action::SourceChanged).on(
            SubjectKind::Source,
            "an id",
            Some(&format!("={n}")),
        );
        audit::record(&tx, &entry).await.unwrap();
    }
    tx.commit().await.unwrap();
    let file = |answer: Answer| {
        let download = answer.expect(200).json();
        let content = STANDARD
            .decode(download["content_base64"].as_str().unwrap())
            .unwrap();
        (
            download["name"].clone(),
            String::from_utf8(content).unwrap(),
        )
    };
    let ask = async |query: &str| {
        let path = format!("/audit/export?{query}");
        stage.admin(&acme, Method::GET, &path, None).await
    };
    let (name, table) = file(ask("format=csv").await);
    assert_eq!(name, "postroom-audit-2026-11-24.csv");
    let mut reader = csv::Reader::from_reader(table.as_bytes());
    let rows: Vec<csv::StringRecord> = reader.records().map(Result::unwrap).collect();
    assert_eq!(rows.len(), 506);
    assert_eq!(&rows[0][4], "site.installed");
    assert_eq!(&rows[505][8], "'=504");
    assert_eq!(&rows[505][3], "Name of account-admin");

    let (_, list) = file(ask("format=json").await);
    let list: Vec<Value> = serde_json::from_str(&list).unwrap();
    assert_eq!(list.len(), 507);
    let copied = list.last().unwrap();
    assert_eq!(copied["action"], "audit.exported");
    assert_eq!(copied["changes"][0]["to"], "csv");
    assert_eq!(copied["changes"][1]["to"], "506");

    let (_, none) = file(ask("format=json&from=2026-11-25T00:00:00Z").await);
    assert_eq!(none, "[]\n");
    for bad in ["", "format=xlsx"] {
        ask(bad).await.expect(422);
    }
}
