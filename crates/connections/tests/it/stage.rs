use std::time::Duration;

use chrono::TimeDelta;
use postroom_azure_oauth::{AppRegistration, Clouds, Credential, Elsewhere, Grants, Registrations};
use postroom_clock::Clock;
use postroom_connections::{Connections, ConnectionsParts, Opened};
use postroom_mailbox::Retries;
use postroom_queue::Doorbell;
use postroom_registry::{
    GrantId, Registry, TenantId,
    connection::Protocol,
    grant::{self, Consent, NewGrant, Resource},
    registration::Cloud,
    tenant::ForgeInstallation,
};
use postroom_secrets::MasterKeys;
use postroom_telemetry::HttpClient;
use postroom_test_database::TestDatabase;
use serde_json::{Value, json};
use url::Url;
use wiremock::{
    Mock, MockServer, ResponseTemplate,
    matchers::{method, path_regex},
};

pub(crate) const MAILBOX: &str = "support@acme.example";

/// A tenant with a grant, whose access token is `old`; a refresh brings `new`.
pub(crate) struct Stage {
    pub(crate) connections: Connections,
    pub(crate) tenant: TenantId,
    pub(crate) grant: GrantId,
    registry: Registry,
    _database: TestDatabase,
}

/// Entra ID, Graph and Exchange all at `microsoft`.
pub(crate) async fn set(microsoft: &str, times: usize) -> Stage {
    let clock = Clock::system();
    let database = TestDatabase::create().await.unwrap();
    let master = MasterKeys::parse("test:AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=").unwrap();
    let registry = Registry::connect(&database.url(), 4, master, clock.clone())
        .await
        .unwrap();
    let installation = ForgeInstallation {
        installation_id: "ari:cloud:ecosystem::installation/i-1".into(),
        cloud_id: "cloud-1".into(),
        site_url: "https://acme.atlassian.net".into(),
        api_base_url: "https://api.atlassian.com/ex/jira/cloud-1".into(),
    };
    let tenant = registry.install_forge(&installation).await.unwrap().tenant;
    let tx = registry.begin(tenant).await.unwrap();
    let grant = grant::insert(&tx, new_grant(&clock)).await.unwrap();
    tx.commit().await.unwrap();
    Stage {
        connections: connections(registry.clone(), &clock, microsoft, times),
        tenant,
        grant,
        registry,
        _database: database,
    }
}

impl Stage {
    pub(crate) async fn open(&self, protocol: Protocol) -> Opened {
        let opened = self
            .connections
            .mailbox(self.tenant, self.grant, protocol, MAILBOX);
        opened.await.unwrap()
    }

    /// The same address, by a sign-in of another directory.
    pub(crate) async fn open_elsewhere(&self) -> Opened {
        let tx = self.registry.begin(self.tenant).await.unwrap();
        let new = NewGrant {
            directory_id: "another".into(),
            ..new_grant(self.registry.clock())
        };
        let grant = grant::insert(&tx, new).await.unwrap();
        tx.commit().await.unwrap();
        let opened = self
            .connections
            .mailbox(self.tenant, grant, Protocol::Graph, MAILBOX);
        opened.await.unwrap()
    }
}

fn new_grant(clock: &Clock) -> NewGrant {
    NewGrant {
        directory_id: "tid".into(),
        object_id: "oid".into(),
        user_principal_name: MAILBOX.into(),
        display_name: "Support".into(),
        scopes: vec!["Mail.ReadWrite".into(), "Mail.Send".into()],
        refresh_token: "rt".into(),
        access_token: "old".into(),
        access_expires_at: clock.now() + TimeDelta::hours(1),
        resource: Resource::Graph,
        registration_id: None,
        cloud: Cloud::Global,
        consent: Consent::User,
    }
}

fn connections(registry: Registry, clock: &Clock, microsoft: &str, times: usize) -> Connections {
    let http = |system| HttpClient::new(system, Duration::from_secs(30)).unwrap();
    let url = |text: &str| Url::parse(text).unwrap();
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
        AppRegistration::new("client", Credential::Secret("secret".into())),
        url("https://postroom.example/microsoft/callback"),
        clock.clone(),
        registry.clone(),
    );
    let redis = std::env::var("REDIS_URL").unwrap();
    let prefix = format!("connections-{}", clock.new_id().simple());
    Connections::new(ConnectionsParts {
        grants: Grants::new(registry.clone(), registrations),
        registry,
        doorbell: Doorbell::connect(&redis, &prefix, clock).unwrap(),
        http: http("microsoft"),
        clouds,
        retries: Retries {
            times,
            ..Retries::default()
        },
    })
    .with_own_client_id("client")
}

/// Entra ID gives the access token `new`.
pub(crate) async fn refreshes(server: &MockServer) {
    let tokens: Value = json!({
        "token_type": "Bearer", "scope": "Mail.ReadWrite Mail.Send", "expires_in": 3_600,
        "access_token": "new", "refresh_token": "rt2",
    });
    Mock::given(method("POST"))
        .and(path_regex("/oauth2/v2.0/token$"))
        .respond_with(ResponseTemplate::new(200).set_body_json(tokens))
        .mount(server)
        .await;
}
