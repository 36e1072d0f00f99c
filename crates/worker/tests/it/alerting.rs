//! Somebody is told of trouble, once when it begins and once when it is over, by what still works.

use chrono::TimeDelta;
use postroom_registry::{
    OutboundId, SourceId, TenantId,
    alert::{self, AlertState},
    alert_channel::{self, ChannelKind, Format, NewChannel},
    connection::{ConnectionState, Event, Protocol, StateDetail, Verdict},
    incident, outbound, source,
};
use postroom_worker::drain;
use serde_json::{Value, json};
use wiremock::{Mock, MockServer, ResponseTemplate, matchers::method};

use crate::{
    scene::Scene,
    support::{Stage, requests},
};

const HOOK: &str = "/services/T/B/x";

fn broken() -> Event {
    Event::Failed(Verdict {
        state: ConnectionState::NeedsSignIn,
        detail: StateDetail {
            error_code: Some("AADSTS50173".to_owned()),
            meaning: Some("Microsoft ended the sign-in.".to_owned()),
            ..StateDetail::default()
        },
    })
}

async fn channel(stage: &Stage, tenant: TenantId, new: NewChannel) {
    let tx = stage.environment.registry.begin(tenant).await.unwrap();
    alert_channel::insert(&tx, new).await.unwrap();
    tx.commit().await.unwrap();
}

fn webhook(chat: &MockServer, format: Format) -> NewChannel {
    NewChannel {
        kind: ChannelKind::Webhook,
        name: "Ops".to_owned(),
        target: format!("{}{HOOK}", chat.uri()).into(),
        format: Some(format),
        outbound_id: None,
    }
}

fn letter(to: &str) -> NewChannel {
    NewChannel {
        kind: ChannelKind::Mail,
        name: "Ops".to_owned(),
        target: to.into(),
        format: None,
        outbound_id: None,
    }
}

async fn happens(stage: &Stage, tenant: TenantId, id: SourceId, event: &Event) {
    let tx = stage.environment.registry.begin(tenant).await.unwrap();
    source::apply(&tx, id, event).await.unwrap();
    tx.commit().await.unwrap();
}

async fn source_of(stage: &Stage, tenant: TenantId) -> source::Model {
    let tx = stage.environment.registry.begin(tenant).await.unwrap();
    source::list(&tx).await.unwrap().remove(0)
}

async fn answers(chat: &MockServer, status: u16) {
    Mock::given(method("POST"))
        .respond_with(ResponseTemplate::new(status))
        .mount(chat)
        .await;
}

async fn said(chat: &MockServer) -> Vec<Value> {
    let all = requests(chat, HOOK).await;
    all.iter()
        .map(|request| serde_json::from_slice(&request.body).unwrap())
        .collect()
}

/// Somebody has the source in hand all the time: no poll says anything of it.
async fn unread(stage: &Stage, tenant: TenantId, id: SourceId) {
    let tx = stage.environment.registry.begin(tenant).await.unwrap();
    let lease = source::lease(&tx, id, TimeDelta::days(7)).await.unwrap();
    assert!(lease.is_some());
    tx.commit().await.unwrap();
}

/// A tenant whose source is there, and a chat tool.
async fn set(format: Format, status: u16) -> (Stage, TenantId, SourceId, MockServer) {
    let stage = Stage::set().await;
    let tenant = stage.connect_tenant().await;
    stage.mail(tenant).await;
    let id = source_of(&stage, tenant).await.id;
    let chat = MockServer::start().await;
    answers(&chat, status).await;
    channel(&stage, tenant, webhook(&chat, format)).await;
    unread(&stage, tenant, id).await;
    (stage, tenant, id, chat)
}

#[tokio::test]
async fn a_chat_tool_is_told_once_of_the_beginning_and_once_of_the_end() {
    let (stage, tenant, id, chat) = set(Format::Generic, 200).await;
    for _ in 0..3 {
        happens(&stage, tenant, id, &broken()).await;
        drain(&stage.environment).await.unwrap();
    }
    let told = said(&chat).await;
    assert_eq!(told.len(), 1, "{told:?}");
    assert_eq!(told[0]["event"], "incident.opened");
    assert_eq!(told[0]["error_code"], "AADSTS50173");
    assert!(
        told[0]["text"]
            .as_str()
            .unwrap()
            .contains("Microsoft ended the sign-in.")
    );
    happens(&stage, tenant, id, &Event::SignedIn).await;
    for _ in 0..3 {
        drain(&stage.environment).await.unwrap();
    }
    let told = said(&chat).await;
    assert_eq!(told.len(), 2);
    assert_eq!(told[1]["event"], "incident.closed");
}

#[tokio::test]
async fn slack_and_teams_get_their_own_forms() {
    for (format, at) in [
        (Format::Slack, "/text"),
        (Format::Teams, "/attachments/0/content/body/0/text"),
    ] {
        let (stage, tenant, id, chat) = set(format, 202).await;
        happens(&stage, tenant, id, &broken()).await;
        drain(&stage.environment).await.unwrap();
        let told = said(&chat).await;
        let text = told[0].pointer(at).and_then(Value::as_str).unwrap();
        assert!(text.contains("out of order"), "{text}");
    }
}

#[tokio::test]
async fn a_chat_tool_that_is_away_is_told_later_and_given_up_after_a_day() {
    let (stage, tenant, id, chat) = set(Format::Slack, 503).await;
    happens(&stage, tenant, id, &broken()).await;
    let state = async || {
        let tx = stage.environment.registry.begin(tenant).await.unwrap();
        let open = incident::list(&tx, None, 1).await.unwrap().remove(0);
        let row = alert::of_incident(&tx, open.id).await.unwrap().remove(0);
        (row.state, row.attempts)
    };
    drain(&stage.environment).await.unwrap();
    assert_eq!(state().await, (AlertState::Waiting, 1));
    drain(&stage.environment).await.unwrap();
    assert_eq!(state().await.1, 1, "not at once");
    for _ in 0..26 {
        stage.work_and_wait(3600).await;
    }
    assert_eq!(state().await.0, AlertState::Dead);
    chat.reset().await;
    answers(&chat, 200).await;
    happens(&stage, tenant, id, &Event::SignedIn).await;
    drain(&stage.environment).await.unwrap();
    assert!(
        said(&chat).await.is_empty(),
        "nobody was told of the beginning"
    );
}

#[tokio::test]
async fn an_incident_that_is_over_before_it_was_told_says_nothing() {
    let (stage, tenant, id, chat) = set(Format::Slack, 200).await;
    happens(&stage, tenant, id, &broken()).await;
    happens(&stage, tenant, id, &Event::SignedIn).await;
    drain(&stage.environment).await.unwrap();
    assert!(said(&chat).await.is_empty());
}

#[tokio::test]
async fn a_mail_goes_by_another_outbound_than_the_broken_one() {
    let scene = Scene::set().await;
    let id = scene.source(Protocol::Graph).await;
    let (stage, tenant) = (&scene.stage, scene.tenant);
    channel(stage, tenant, letter("ops@acme.example")).await;
    happens(stage, tenant, id, &broken()).await;
    scene.work().await;
    let copies = scene.folder("sentitems").await;
    assert_eq!(copies.len(), 1, "by the outbound, which works");
    let subject = copies[0]["subject"].as_str().unwrap();
    assert!(subject.contains("out of order"), "{subject}");

    // The one outbound is broken itself: there is none to tell by, and that is said.
    let tx = stage.environment.registry.begin(tenant).await.unwrap();
    let out: OutboundId = outbound::list(&tx).await.unwrap()[0].id;
    outbound::apply(&tx, out, &broken()).await.unwrap();
    tx.commit().await.unwrap();
    scene.work().await;
    assert_eq!(scene.folder("sentitems").await.len(), 1);
    let tx = stage.environment.registry.begin(tenant).await.unwrap();
    let row = alert_channel::list(&tx).await.unwrap().remove(0);
    assert!(
        row.last_error.unwrap().contains("no message outbound"),
        "said"
    );
}

#[tokio::test]
async fn silence_raises_the_alarm_though_no_error_ever_was() {
    let (stage, tenant, _, chat) = set(Format::Generic, 200).await;
    stage.work_and_wait(3600).await;
    assert!(said(&chat).await.is_empty());
    stage.clock.advance(TimeDelta::seconds(1));
    drain(&stage.environment).await.unwrap();
    let told = said(&chat).await;
    assert_eq!(told.len(), 1);
    assert_eq!(
        (&told[0]["kind"], &told[0]["error_code"]),
        (&json!("silence"), &json!("silence"))
    );
    let row = source_of(&stage, tenant).await;
    assert_eq!(row.state, ConnectionState::Retrying);
    drain(&stage.environment).await.unwrap();
    assert_eq!(said(&chat).await.len(), 1, "once");
}
