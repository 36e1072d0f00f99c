use std::time::Duration;

use chrono::{DateTime, TimeDelta, TimeZone as _, Utc};
use postroom_atlassian::Sites;
use postroom_azure_oauth::{AppRegistration, Clouds, Credential, Elsewhere, Grants, Registrations};
use postroom_clock::Clock;
use postroom_connections::{Connections, ConnectionsParts};
use postroom_mailbox::Retries;
use postroom_queue::Doorbell;
use postroom_registry::{
    MailId, Registry, SourceId, TenantId,
    connection::Protocol,
    grant::{self, Consent, NewGrant, Resource},
    mail::{self, NewMail},
    outbound,
    registration::Cloud,
    source::{self, Change, NewSource, Settle, Target},
    tenant::{self, ForgeInstallation, Installation},
};
use postroom_secrets::MasterKeys;
use postroom_telemetry::{HttpClient, Metrics};
use postroom_test_database::TestDatabase;
use postroom_worker::{Environment, Pace, Push, drain};
use serde_json::{Value, json};
use url::Url;
use wiremock::{
    Mock, MockServer, Request, ResponseTemplate,
    matchers::{method, path},
};

pub(crate) const MAILBOX: &str = "support@acme.example";

/// A worker's surroundings: a database of its own, and hosts that say what a test tells them to.
pub(crate) struct Stage {
    pub(crate) environment: Environment,
    pub(crate) clock: Clock,
    pub(crate) jira: MockServer,
    pub(crate) microsoft: MockServer,
    database: TestDatabase,
}

pub(crate) fn noon() -> DateTime<Utc> {
    Utc.with_ymd_and_hms(2026, 11, 24, 12, 0, 0).unwrap()
}

impl Stage {
    pub(crate) async fn set() -> Self {
        let microsoft = MockServer::start().await;
        let uri = microsoft.uri();
        Self {
            microsoft,
            ..Self::with(Clock::manual(noon()), &uri).await
        }
    }

    /// A stage whose Microsoft is elsewhere.
    pub(crate) async fn with(clock: Clock, microsoft: &str) -> Self {
        let database = TestDatabase::create().await.unwrap();
        let jira = MockServer::start().await;
        let master =
            MasterKeys::parse("test:AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=").unwrap();
        let registry = Registry::connect(&database.url(), 4, master, clock.clone())
            .await
            .unwrap();
        Self {
            environment: environment(registry, &clock, &jira.uri(), microsoft),
            clock,
            jira,
            microsoft: MockServer::start().await,
            database,
        }
    }

    /// A tenant with a Forge door and no token yet.
    pub(crate) async fn forge_tenant(&self) -> TenantId {
        let installation = ForgeInstallation {
            installation_id: "ari:cloud:ecosystem::installation/i-1".into(),
            cloud_id: "cloud-1".into(),
            site_url: "https://acme.atlassian.net".into(),
            api_base_url: format!("{}/ex/jira/cloud-1", self.jira.uri()),
        };
        let registry = &self.environment.registry;
        registry.install_forge(&installation).await.unwrap().tenant
    }

    pub(crate) async fn connect_tenant(&self) -> TenantId {
        let installation = Installation {
            client_key: "acme".into(),
            cloud_id: None,
            site_url: self.jira.uri(),
            display_url: None,
            shared_secret: "secret".into(),
            issued_at: self.clock.now(),
        };
        let registry = &self.environment.registry;
        registry.install(&installation).await.unwrap().tenant
    }

    pub(crate) async fn bring_token(&self, tenant: TenantId) {
        let tx = self.environment.registry.begin(tenant).await.unwrap();
        let until = self.clock.now() + TimeDelta::hours(4);
        assert!(
            tenant::keep_system_token(&tx, &"system-token".into(), until)
                .await
                .unwrap()
        );
        tx.commit().await.unwrap();
    }

    /// A source and an outbound on one mailbox, and a mail that waits.
    pub(crate) async fn mail(&self, tenant: TenantId) -> MailId {
        let tx = self.environment.registry.begin(tenant).await.unwrap();
        let grant_id = grant::insert(&tx, new_grant()).await.unwrap();
        let sends = outbound::NewOutbound {
            grant_id,
            mailbox: MAILBOX.into(),
            protocol: Protocol::Graph,
            from_address: None,
        };
        let outbound = outbound::create(&tx, sends).await.unwrap();
        let new = NewSource {
            grant_id,
            outbound_id: Some(outbound.id),
            mailbox: MAILBOX.into(),
            protocol: Protocol::Graph,
            folder_id: "inbox".into(),
            folder_name: "Inbox".into(),
            poll_interval_seconds: 900,
        };
        let row = source::create(&tx, new).await.unwrap();
        let change = Change {
            target: Some(target()),
            settle: Some(Settle::Leave),
            ..Change::default()
        };
        let row = source::change(&tx, row, change).await.unwrap();
        let id = mail::insert(&tx, &new_mail(row.id)).await.unwrap();
        mail::release_fresh(&tx, row.id).await.unwrap();
        tx.commit().await.unwrap();
        id.unwrap()
    }

    /// Another mail of the same source, received a little later.
    pub(crate) async fn mail_behind(&self, tenant: TenantId, first: MailId) -> MailId {
        let tx = self.environment.registry.begin(tenant).await.unwrap();
        let source = mail::find(&tx, first).await.unwrap().source_id;
        let new = NewMail {
            immutable_id: "m-2",
            message_id: Some("2@customer.example"),
            received_at: noon() + TimeDelta::seconds(1),
            raw: b"From: Carl <carl@customer.example>\r\nTo: support@acme.example\r\n\
                Message-ID: <2@customer.example>\r\nSubject: Printer on fire\r\n\r\nQuick",
            ..new_mail(source)
        };
        let id = mail::insert(&tx, &new).await.unwrap();
        mail::release_fresh(&tx, source).await.unwrap();
        tx.commit().await.unwrap();
        id.unwrap()
    }

    pub(crate) async fn mail_row(&self, tenant: TenantId, id: MailId) -> mail::Model {
        let tx = self.environment.registry.begin(tenant).await.unwrap();
        mail::find(&tx, id).await.unwrap()
    }

    /// As if the ledger had never heard of a mail.
    pub(crate) async fn forget_mail(&self, id: MailId) {
        let sql = format!("DELETE FROM mail WHERE id = '{id}'");
        self.database.execute(&sql).await.unwrap();
    }

    /// Does what is due, and moves the clock by so many seconds.
    pub(crate) async fn work_and_wait(&self, seconds: i64) {
        drain(&self.environment).await.unwrap();
        self.clock.advance(TimeDelta::seconds(seconds));
    }

    pub(crate) async fn jira_answers(&self, verb: &str, at: &str, status: u16, body: Value) {
        answer(&self.jira, verb, at, status, body).await;
    }

    pub(crate) async fn microsoft_answers(&self, verb: &str, at: &str, status: u16, body: Value) {
        answer(&self.microsoft, verb, at, status, body).await;
    }
}

async fn answer(server: &MockServer, verb: &str, at: &str, status: u16, body: Value) {
    Mock::given(method(verb))
        .and(path(at))
        .respond_with(ResponseTemplate::new(status).set_body_json(body))
        .mount(server)
        .await;
}

pub(crate) async fn requests(server: &MockServer, at: &str) -> Vec<Request> {
    let mut all = server.received_requests().await.unwrap();
    all.retain(|request| request.url.path() == at);
    all
}

fn environment(registry: Registry, clock: &Clock, jira: &str, microsoft: &str) -> Environment {
    let http = |system| HttpClient::new(system, Duration::from_secs(10)).unwrap();
    let url = |text: &str| Url::parse(text).unwrap();
    let registration = AppRegistration::new(
        "11111111-2222-3333-4444-555555555555",
        Credential::Secret("simulator-secret".into()),
    );
    let elsewhere = Elsewhere {
        login: Some(url(microsoft)),
        graph: Some(url(&format!("{microsoft}/v1.0"))),
        ews: Some(url(&format!("{microsoft}/EWS/Exchange.asmx"))),
        ..Elsewhere::default()
    };
    let clouds = Clouds::known().unwrap().with(Cloud::Global, &elsewhere);
    let registrations = Registrations::new(
        http("entra"),
        clouds.clone(),
        registration,
        url("https://postroom.example.com/microsoft/callback"),
        clock.clone(),
        registry.clone(),
    );
    // Nobody is there: what is due is found without bells.
    let doorbell = Doorbell::connect("redis://127.0.0.1:1", "test", clock).unwrap();
    let grants = Grants::new(registry.clone(), registrations);
    let connections = Connections::new(ConnectionsParts {
        registry: registry.clone(),
        grants: grants.clone(),
        doorbell: doorbell.clone(),
        http: http("microsoft"),
        clouds,
        retries: Retries {
            times: 0,
            ..Retries::default()
        },
    });
    Environment {
        doorbell,
        grants,
        connections,
        sites: Sites::new(
            &http("jira"),
            clock.clone(),
            "com.postroom.jira",
            "http://127.0.0.1:*".parse().unwrap(),
            &url(jira),
        ),
        registry,
        metrics: Metrics::new(),
        pace: Pace {
            min_seconds: 900,
            max_seconds: 900,
        },
        retention: TimeDelta::days(30),
        base_url: url("https://postroom.example.com"),
        push: Push::Off,
        chat: http("chat"),
        silence: TimeDelta::hours(1),
    }
}

pub(crate) fn target() -> Target {
    Target {
        project_id: "10000".into(),
        project_key: "SUP".into(),
        project_name: "Support".into(),
        issue_type_id: "10001".into(),
        issue_type_name: "Task".into(),
    }
}

fn new_grant() -> NewGrant {
    NewGrant {
        directory_id: "tid".into(),
        object_id: "oid".into(),
        user_principal_name: MAILBOX.into(),
        display_name: "Support".into(),
        scopes: vec!["Mail.ReadWrite".into(), "Mail.Send".into()],
        refresh_token: "refresh".into(),
        access_token: "access".into(),
        access_expires_at: noon() + TimeDelta::days(1),
        resource: Resource::Graph,
        registration_id: None,
        cloud: Cloud::Global,
        consent: Consent::User,
    }
}

fn new_mail(source_id: SourceId) -> NewMail<'static> {
    NewMail {
        source_id,
        immutable_id: "m-1",
        message_id: Some("1@customer.example"),
        received_at: noon(),
        from_name: "Carl",
        from_address: "carl@customer.example",
        subject: "Printer on fire",
        raw: b"From: Carl <carl@customer.example>\r\nTo: support@acme.example\r\n\
            Message-ID: <1@customer.example>\r\nSubject: Printer on fire\r\n\r\nHelp",
    }
}

/// What Jira says of an issue that was made.
pub(crate) fn created() -> Value {
    json!({"id": "10042", "key": "SUP-42"})
}
