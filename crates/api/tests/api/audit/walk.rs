//! Every route that changes something succeeds once, and leaves exactly the rows that it should. A changing route that
//! this walk does not know fails it.

use actix_web::http::Method;
use postroom_registry::{
    audit::{self, Filter},
    connection::Protocol,
    mail::MailState,
    tenant::Installation,
};
use serde_json::{Value, json};
use wiremock::{Mock, ResponseTemplate, matchers};

use crate::support::{
    Answer, Stage,
    book::Tenant,
    entra,
    house::{Front, House},
    jira,
    window::both,
};

/// A change, and what it leaves in the trail.
struct Step {
    /// As the document names it.
    route: &'static str,
    /// The rows, the oldest first.
    leaves: &'static [&'static str],
}

const fn step(route: &'static str, leaves: &'static [&'static str]) -> Step {
    Step { route, leaves }
}

/// Every route but those that only read; and those that read what is worth a row.
const STEPS: [Step; 36] = [
    step("post /sign-ins", &["sign_in.started"]),
    step(
        "post /sign-ins/{id}/take",
        &["source.connected", "outbound.connected"],
    ),
    step("delete /sign-ins/{id}", &["owner_link.revoked"]),
    step("post /sign-ins/{id}/ask-approval", &["approval.asked"]),
    step("post /registrations", &["registration.added"]),
    step("patch /registrations/{id}", &["registration.changed"]),
    step("post /registrations/{id}/check", &["registration.changed"]),
    step("delete /registrations/{id}", &["registration.deleted"]),
    step("post /alert-channels", &["alert_channel.added"]),
    step("patch /alert-channels/{id}", &["alert_channel.changed"]),
    step("post /alert-channels/{id}/test", &["alert_channel.tested"]),
    step("delete /alert-channels/{id}", &["alert_channel.deleted"]),
    step("post /sources", &["source.connected"]),
    step("patch /sources/{id}", &["source.changed"]),
    step("post /sources/{id}/ping", &["source.checked"]),
    step("post /sources/{id}/poll", &["source.checked"]),
    step("post /sources/{id}/reconcile", &["source.checked"]),
    step(
        "post /sources/{id}/move-to-graph",
        &["source.moved_to_graph"],
    ),
    step("post /sources/{id}/pause", &["source.paused"]),
    step("post /sources/{id}/resume", &["source.resumed"]),
    step("delete /sources/{id}", &["source.deleted"]),
    step("post /outbounds", &["outbound.connected"]),
    step(
        "post /outbounds/{id}/move-to-graph",
        &["outbound.moved_to_graph"],
    ),
    step("patch /outbounds/{id}", &["outbound.changed"]),
    step("post /outbounds/{id}/ping", &["outbound.tested"]),
    step("post /outbounds/{id}/test", &["outbound.tested"]),
    step("post /outbounds/{id}/pause", &["outbound.paused"]),
    step("post /outbounds/{id}/resume", &["outbound.resumed"]),
    step("delete /outbounds/{id}", &["outbound.deleted"]),
    step("post /mails/{id}/retry", &["mail.retried"]),
    step("get /mails/{id}/raw", &["mail.raw_read"]),
    step("get /audit/export", &["audit.exported"]),
    step("post /move", &["site.moved_to_forge"]),
    step("get /me", &[]),
    step("get /sources/{id}", &[]),
    step("get /mails/{id}", &[]),
];

#[test]
fn the_walk_knows_every_route_that_changes_something() {
    let document = serde_json::to_value(postroom_api::openapi::document()).unwrap();
    for (path, item) in document["paths"].as_object().unwrap() {
        for method in item.as_object().unwrap().keys().filter(|it| *it != "get") {
            let route = format!("{method} {path}");
            assert!(STEPS.iter().any(|step| step.route == route), "{route}");
        }
    }
}

#[actix_web::test]
async fn each_change_leaves_its_rows() {
    for front in Front::BOTH {
        let stage = Stage::new().await;
        let house = stage.house(front, "acme").await;
        for step in STEPS.iter().filter(|step| step.route != "post /move") {
            let prepared = prepare(&stage, &house, step.route).await;
            let before = rows(&stage, &house.tenant).await.len();
            let (method, path) = step.route.split_once(' ').unwrap();
            let method: Method = method.to_uppercase().parse().unwrap();
            let path = path.replace("{id}", &prepared.id) + prepared.query;
            let answer = stage.visit(&house, jira::ADMIN, method, &path, prepared.body);
            let answer: Answer = answer.await;
            let shown = format!("{front:?} {} {}", step.route, answer.text);
            assert!(answer.status.is_success(), "{shown}");
            let after = rows(&stage, &house.tenant).await;
            let left: Vec<_> = after[before..].iter().map(|row| row.0.as_str()).collect();
            assert_eq!(left, step.leaves, "{shown}");
            let ours = |row: &(String, Option<String>)| row.1.as_deref() == Some(jira::ADMIN);
            assert!(after[before..].iter().all(ours), "{shown}");
        }
    }
}

#[actix_web::test]
async fn a_move_is_in_the_trail_that_goes_on() {
    let stage = Stage::new().await;
    let installation = Installation {
        client_key: "acme".to_owned(),
        cloud_id: Some("cloud-acme".to_owned()),
        site_url: stage.jira.uri(),
        display_url: None,
        shared_secret: "secret".into(),
        issued_at: stage.clock.now(),
    };
    let connect = stage.registry.install(&installation).await.unwrap().tenant;
    let forge = stage.house(Front::Forge, "acme").await;
    let before = stage
        .visit(&forge, jira::ADMIN, Method::GET, "/move", None)
        .await;
    assert!(before.expect(200).json()["offer"].is_object());
    let moved = stage
        .visit(&forge, jira::ADMIN, Method::POST, "/move", None)
        .await;
    moved.expect(204);
    let survivor = Tenant {
        id: connect,
        client_key: "acme".to_owned(),
        secret: String::new(),
    };
    let left = rows(&stage, &survivor).await;
    let (action, account) = left.last().unwrap();
    assert_eq!(
        (action.as_str(), account.as_deref()),
        ("site.moved_to_forge", Some(jira::ADMIN))
    );
}

/// The action and the account of each row, the oldest first.
async fn rows(stage: &Stage, of: &Tenant) -> Vec<(String, Option<String>)> {
    let tx = stage.registry.begin(of.id).await.unwrap();
    let all = Filter {
        limit: 1000,
        ..Filter::default()
    };
    let rows = audit::oldest_first(&tx, None, &all).await.unwrap();
    let rows = rows.into_iter();
    rows.map(|row| (row.action.word().to_owned(), row.actor_account))
        .collect()
}

/// What a route needs to succeed.
#[derive(Default)]
struct Prepared {
    id: String,
    query: &'static str,
    body: Option<Value>,
}

/// Makes what a route needs to succeed.
async fn prepare(stage: &Stage, house: &House, route: &str) -> Prepared {
    let of = &house.tenant;
    let visit = async |method: Method, path: String| {
        stage
            .visit(house, jira::ADMIN, method, &path, None)
            .await
            .expect(200)
    };
    entra::serve_mailbox(&stage.microsoft).await;
    entra::accept_everything(&stage.microsoft).await;
    Mock::given(matchers::method("POST"))
        .and(matchers::path("/v1.0/me/sendMail"))
        .respond_with(ResponseTemplate::new(202))
        .mount(&stage.microsoft)
        .await;
    let (_, path) = route.split_once(' ').unwrap();
    let mut made = Prepared::default();
    match path {
        "/sign-ins" => made.body = Some(both()),
        "/audit/export" => made.query = "?format=json",
        "/sources" | "/outbounds" => {
            // One mailbox is connected once.
            let all = visit(Method::GET, path.to_owned()).await.json();
            for one in all["items"].as_array().unwrap() {
                let path = format!("{path}/{}", one["id"].as_str().unwrap());
                let gone = stage.visit(house, jira::ADMIN, Method::DELETE, &path, None);
                gone.await.expect(204);
            }
            let grant = stage.grant(of).await;
            made.body = Some(
                json!({ "grant_id": grant, "mailbox": "ann@contoso.example", "protocol": "graph" }),
            );
        }
        "/alert-channels" => {
            made.body =
                Some(json!({ "kind": "mail", "name": "Ops", "target": "ops@acme.example" }));
        }
        "/sources/{id}/move-to-graph" => {
            made.id = stage.source_by(of, Protocol::Ews).await.to_string();
        }
        "/outbounds/{id}/move-to-graph" => {
            made.id = stage.outbound_by(of, Protocol::Ews).await.to_string();
        }
        path if path.starts_with("/alert-channels/") => {
            made.id = stage.alert_channel(of).await.to_string();
        }
        path if path.starts_with("/registrations/") => {
            made.id = stage.registration(of).await.to_string();
        }
        "/sign-ins/{id}/take" => made.id = confirmed(stage, house).await,
        path if path.starts_with("/sign-ins/") => {
            let begun = stage.visit(house, jira::ADMIN, Method::POST, "/sign-ins", Some(both()));
            let begun = begun.await.expect(201).json();
            made.id = begun["id"].as_str().unwrap().to_owned();
        }
        "/registrations" => {
            made.body = Some(json!({
                "name": "Acme", "cloud": "global", "client_id": "7b9103a5-4610-446b-9670-80643382c1fa",
                "secret": "a~secret.that-nobody_sees",
            }));
        }
        path if path.starts_with("/sources/") => made.id = stage.source(of).await.to_string(),
        path if path.starts_with("/outbounds/") => made.id = stage.outbound(of).await.to_string(),
        path if path.starts_with("/mails/") => {
            let source = stage.source(of).await;
            let dead = stage
                .ended_mail(of, source, "printer", MailState::Dead, None)
                .await;
            made.id = dead.to_string();
        }
        _ => {}
    }
    match route {
        "patch /sources/{id}"
        | "patch /outbounds/{id}"
        | "patch /alert-channels/{id}"
        | "patch /registrations/{id}" => {
            made.body = Some(json!({ "name": "New" }));
        }
        "post /sources/{id}/resume" => {
            visit(Method::POST, format!("/sources/{}/pause", made.id)).await;
        }
        "post /outbounds/{id}/resume" => {
            visit(Method::POST, format!("/outbounds/{}/pause", made.id)).await;
        }
        "post /outbounds/{id}/test" => {
            made.body = Some(json!({ "to": "carl@customer.example" }));
        }
        _ => {}
    }
    made
}

/// A sign-in that waits to be taken.
async fn confirmed(stage: &Stage, house: &House) -> String {
    let begun = stage.visit(house, jira::ADMIN, Method::POST, "/sign-ins", Some(both()));
    let window = stage.go_to_microsoft(begun.await.expect(201).json()).await;
    let page = stage
        .authorize(&window, entra::ALL_SCOPES)
        .await
        .expect(200);
    stage.press(&window, &page).await.expect(200);
    window.id()
}
