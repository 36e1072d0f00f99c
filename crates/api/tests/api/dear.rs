//! What is dear for us and cheap to ask for.

use std::time::{Duration, Instant};

use actix_web::http::Method;
use futures_util::future::join_all;
use postroom_api::Listening;
use postroom_registry::audit::{self, Action, Actor, Entry, SubjectKind};
use serde_json::json;
use wiremock::{Mock, ResponseTemplate, matchers};

use crate::{
    edges::socket::{PATIENCE, Server},
    support::{Stage, book::Tenant, get, jira},
};

impl Stage {
    /// So many rows in the trail, of an account that Jira is asked about.
    async fn trail_of(&self, tenant: &Tenant, rows: usize, name: &str) {
        let tx = self.registry.begin(tenant.id).await.unwrap();
        let actor = Actor::Account("somebody".into());
        let entry =
            Entry::new(actor, Action::SourcePaused).on(SubjectKind::Source, "s", Some(name));
        for _ in 0..rows {
            audit::record(&tx, &entry).await.unwrap();
        }
        tx.commit().await.unwrap();
    }

    /// Jira takes its time for the names of accounts.
    async fn slow_names(&self, time: Duration) {
        let names = json!({ "isLast": true, "values": [] });
        Mock::given(matchers::path_regex("user/bulk$"))
            .respond_with(
                ResponseTemplate::new(200)
                    .set_body_json(names)
                    .set_delay(time),
            )
            .with_priority(1)
            .mount(&self.jira)
            .await;
    }

    async fn asked_for_names(&self) -> usize {
        let requests = self.jira.received_requests().await.unwrap();
        let names = requests
            .iter()
            .filter(|it| it.url.path().ends_with("user/bulk"));
        names.count()
    }
}

#[actix_web::test]
async fn an_export_ends_as_soon_as_it_is_too_large() {
    let stage = Stage::new().await;
    let acme = stage.tenant("acme").await;
    // The first page is too large; a second would be read, and its accounts asked for, to no end.
    stage.trail_of(&acme, 500, &"x".repeat(7_000)).await;
    let tx = stage.registry.begin(acme.id).await.unwrap();
    let late = Entry::new(Actor::Account("late".into()), Action::SourcePaused);
    audit::record(&tx, &late).await.unwrap();
    tx.commit().await.unwrap();
    for format in ["json", "csv"] {
        let path = format!("/audit/export?format={format}");
        let refused = stage
            .admin(&acme, Method::GET, &path, None)
            .await
            .expect(413);
        assert_eq!(refused.code(), "too_large_here");
    }
    let requests = stage.jira.received_requests().await.unwrap();
    let late = requests
        .iter()
        .filter(|it| it.url.query().unwrap_or_default().contains("late"));
    assert_eq!(late.count(), 0);
}

#[actix_web::test]
async fn one_tenant_has_one_export_at_a_time() {
    let stage = Stage::new().await;
    let (acme, globex) = (stage.tenant("acme").await, stage.tenant("globex").await);
    stage.trail_of(&acme, 1, "x").await;
    stage.slow_names(PATIENCE).await;
    let path = "/audit/export?format=json&to=2100-01-01T00:00:00Z";
    let first = stage.admin(&acme, Method::GET, path, None);
    let others = async {
        while stage.asked_for_names().await == 0 {
            tokio::time::sleep(Duration::from_millis(10)).await;
        }
        for _ in 0..2 {
            stage
                .admin(&acme, Method::GET, path, None)
                .await
                .expect(429);
        }
        stage
            .admin(&globex, Method::GET, path, None)
            .await
            .expect(200);
    };
    tokio::select! {
        _ = first => panic!("Jira was to take its time"),
        () = others => {}
    }
    let nothing = "/audit/export?format=json&to=2000-01-01T00:00:00Z";
    stage
        .admin(&acme, Method::GET, nothing, None)
        .await
        .expect(200);
}

#[actix_web::test]
async fn a_client_that_is_gone_ends_its_work() {
    let stage = Stage::new().await;
    let acme = stage.tenant("acme").await;
    stage.trail_of(&acme, 1, "x").await;
    stage.slow_names(PATIENCE).await;
    let server = Server::start(&stage.api, &Listening::default());
    let mut socket = server.connect().await;
    let token = acme.context_token(jira::ADMIN);
    let head = format!(
        "GET /api/v1/audit/export?format=json HTTP/1.1\r\nHost: p\r\nAuthorization: JWT {token}\r\n\r\n"
    );
    socket.send(&head).await;
    while stage.asked_for_names().await == 0 {
        tokio::time::sleep(Duration::from_millis(10)).await;
    }
    let path = "/audit/export?format=json&to=2000-01-01T00:00:00Z";
    stage
        .admin(&acme, Method::GET, path, None)
        .await
        .expect(429);
    socket.half_closes().await;
    // Sooner than names are given up for.
    let soon = Instant::now() + Duration::from_secs(4);
    let last = loop {
        let answer = stage.admin(&acme, Method::GET, path, None).await;
        if answer.status == 200 || soon < Instant::now() {
            break answer;
        }
        tokio::time::sleep(Duration::from_millis(10)).await;
    };
    last.expect(200);
}

#[actix_web::test]
async fn one_tenant_is_answered_four_calls_at_once_and_the_others_wait() {
    const SLOW: Duration = Duration::from_millis(800);
    let stage = Stage::new().await;
    let acme = stage.tenant("acme").await;
    let projects = json!({ "isLast": true, "values": [] });
    Mock::given(matchers::path_regex("project/search$"))
        .respond_with(
            ResponseTemplate::new(200)
                .set_body_json(projects)
                .set_delay(SLOW),
        )
        .with_priority(1)
        .mount(&stage.jira)
        .await;
    stage
        .admin(&acme, Method::GET, "/me", None)
        .await
        .expect(200);
    let call = async || {
        let answer = stage
            .admin(&acme, Method::GET, "/jira/projects", None)
            .await;
        answer.expect(200);
        Instant::now()
    };
    let began = Instant::now();
    let ended = join_all((0..5).map(|_| call())).await;
    // However fast the machine is, the fifth began when another had ended.
    let last = ended.into_iter().max().unwrap();
    assert!(last - began >= 2 * SLOW);
}

#[actix_web::test]
async fn a_large_mail_is_told_by_its_size_and_not_opened() {
    let stage = Stage::new().await;
    let acme = stage.tenant("acme").await;
    let source = stage.source(&acme).await;
    let id = stage.mail(&acme, source, "printer").await;
    // Whoever opens it would find that it is neither so large nor whole.
    for (size, accept, path, status) in [
        (3_000_001, "application/json", "/raw", 413),
        (40_000_001, "message/rfc822", "/raw", 413),
        (10_000_001, "application/json", "", 200),
    ] {
        let torn = format!(
            "UPDATE mail SET size_bytes = {size} WHERE id = '{id}'; UPDATE mail_body SET sealed = 'torn' WHERE mail_id = '{id}'"
        );
        stage.owner(&torn).await;
        let authorization = format!("JWT {}", acme.context_token(jira::ADMIN));
        let asked = get(&format!("/api/v1/mails/{id}{path}"))
            .insert_header(("authorization", authorization))
            .insert_header(("accept", accept));
        let answer = stage.send(asked).await.expect(status);
        match status {
            413 => assert_eq!(answer.code(), "too_large_here"),
            _ => assert!(
                answer.json()["text"]
                    .as_str()
                    .unwrap()
                    .contains("too large")
            ),
        }
    }
}
