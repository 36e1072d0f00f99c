//! A stage for one test: a database of its own, a Jira, a Microsoft, and the API between them.

pub(crate) mod book;
pub(crate) mod digest;
pub(crate) mod entra;
pub(crate) mod forge;
pub(crate) mod house;
pub(crate) mod installation;
pub(crate) mod jira;
mod process;
pub(crate) mod tokens;
pub(crate) mod window;

use std::{path::PathBuf, rc::Rc, time::Duration};

use actix_web::{
    App,
    http::{Method, StatusCode, header::HeaderMap},
    test,
};
use chrono::{DateTime, Utc};
use futures_util::future::LocalBoxFuture;
use postroom_api::{Api, Limits, Parts};
use postroom_atlassian::{
    Sites,
    connect::{AllowedSites, InstallKeys, LifecycleDoor},
    forge::{Environment, ForgeDoor, ForgeSettings},
};
use postroom_azure_oauth::{AppRegistration, Clouds, Credential, Elsewhere, Grants, Registrations};
use postroom_clock::Clock;
use postroom_connections::{Connections, ConnectionsParts};
use postroom_mailbox::Retries;
use postroom_migrations::Migrator;
use postroom_queue::Doorbell;
use postroom_registry::{Registry, registration::Cloud};
use postroom_secrets::MasterKeys;
use postroom_telemetry::{HttpClient, Metrics, Origins};
use postroom_test_database::TestDatabase;
use serde_json::Value;
use url::Url;
use wiremock::MockServer;

use book::Tenant;

pub(crate) const BASE: &str = "https://postroom.example.com";

pub(crate) struct Stage {
    pub(crate) api: Api,
    pub(crate) registry: Registry,
    pub(crate) clock: Clock,
    pub(crate) doorbell: Doorbell,
    /// Plays Jira, and Atlassian's key server.
    pub(crate) jira: MockServer,
    /// Plays Entra ID and Graph.
    pub(crate) microsoft: MockServer,
    database: TestDatabase,
}

pub(crate) fn noon() -> DateTime<Utc> {
    "2026-11-24T12:00:00Z".parse().unwrap()
}

impl Stage {
    pub(crate) async fn new() -> Self {
        Self::at(BASE, PathBuf::from("/nowhere")).await
    }

    pub(crate) async fn at(base: &str, panel_dir: PathBuf) -> Self {
        let database = TestDatabase::create().await.unwrap();
        let clock = Clock::manual(noon());
        let keys = MasterKeys::parse("test:AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=").unwrap();
        let registry = Registry::connect(&database.url(), 4, keys, clock.clone())
            .await
            .unwrap();
        let (jira, microsoft) = (MockServer::start().await, MockServer::start().await);
        jira::serve(&jira).await;
        let redis = std::env::var("REDIS_URL").unwrap_or_else(|_| "redis://127.0.0.1:6379".into());
        let prefix = format!("test-{}", clock.new_id());
        let doorbell = Doorbell::connect(&redis, &prefix, &clock).unwrap();
        let parts = parts(base, panel_dir, &registry, &doorbell, &jira, &microsoft);
        let api = Api::new(parts);
        Self {
            api,
            registry,
            clock,
            doorbell,
            jira,
            microsoft,
            database,
        }
    }

    /// The routes, for many requests.
    pub(crate) async fn serve(&self) -> Served {
        let routes = App::new().configure(|cfg| postroom_api::configure(cfg, &self.api));
        let routes = Rc::new(test::init_service(routes).await);
        Box::new(move |request: test::TestRequest| {
            let routes = Rc::clone(&routes);
            Box::pin(async move {
                let response = test::call_service(&*routes, request.to_request()).await;
                let (status, headers) = (response.status(), response.headers().clone());
                Answer::new(status, headers, &test::read_body(response).await)
            })
        })
    }

    /// Sends a request through the routes, as the listener would.
    pub(crate) async fn send(&self, request: test::TestRequest) -> Answer {
        self.serve().await(request).await
    }

    /// The same, through the internal listener's.
    pub(crate) async fn send_inside(&self, request: test::TestRequest) -> Answer {
        let routes = App::new().configure(|cfg| postroom_api::internal(cfg, &self.api));
        let routes = test::init_service(routes).await;
        let response = test::call_service(&routes, request.to_request()).await;
        let (status, headers) = (response.status(), response.headers().clone());
        Answer::new(status, headers, &test::read_body(response).await)
    }

    /// Calls the panel's API as the administrator of a tenant.
    pub(crate) async fn admin(
        &self,
        of: &Tenant,
        method: Method,
        path: &str,
        body: Option<Value>,
    ) -> Answer {
        self.panel(&of.context_token(jira::ADMIN), method, path, body)
            .await
    }

    /// Calls the panel's API with a token.
    pub(crate) async fn panel(
        &self,
        token: &str,
        method: Method,
        path: &str,
        body: Option<Value>,
    ) -> Answer {
        let request = request(method, &format!("/api/v1{path}"))
            .insert_header(("authorization", format!("JWT {token}")));
        self.send(match body {
            Some(body) => request.set_json(body),
            None => request,
        })
        .await
    }
}

/// Routes that take one request after the other.
pub(crate) type Served = Box<dyn Fn(test::TestRequest) -> LocalBoxFuture<'static, Answer>>;

fn parts(
    base: &str,
    panel_dir: PathBuf,
    registry: &Registry,
    doorbell: &Doorbell,
    jira: &MockServer,
    microsoft: &MockServer,
) -> Parts {
    let base_url: Url = base.parse().unwrap();
    let clock = registry.clock().clone();
    let http = |system| HttpClient::new(system, Duration::from_secs(10)).unwrap();
    let clouds = clouds(&microsoft.uri());
    let registrations = Registrations::new(
        http("entra"),
        clouds.clone(),
        AppRegistration::new("client", Credential::Secret("secret".into())),
        format!("{}/microsoft/callback", base.trim_end_matches('/'))
            .parse()
            .unwrap(),
        clock,
        registry.clone(),
    );
    let alert_origins = alert_origins(&microsoft.uri());
    Parts {
        connections: Connections::new(ConnectionsParts {
            registry: registry.clone(),
            grants: Grants::new(registry.clone(), registrations.clone()),
            doorbell: doorbell.clone(),
            http: http("graph"),
            clouds,
            retries: Retries::default(),
        }),
        registrations,
        alerts: http("alerts").within(alert_origins.clone()),
        alert_origins,
        registry: registry.clone(),
        doorbell: doorbell.clone(),
        sites: Sites::new(
            &http("jira"),
            registry.clock().clone(),
            tokens::APP_KEY,
            allowed_sites(),
            &jira.uri().parse().unwrap(),
        ),
        lifecycle: LifecycleDoor {
            app_key: tokens::APP_KEY.into(),
            app_base_urls: vec![base_url.clone()],
            allowed_sites: allowed_sites(),
            keys: InstallKeys::new(
                http("keys"),
                format!("{}/keys", jira.uri()).parse().unwrap(),
            ),
        },
        forge: Some(ForgeDoor::new(
            http("forge_keys"),
            ForgeSettings {
                jwks_url: format!("{}/.well-known/jwks.json", jira.uri())
                    .parse()
                    .unwrap(),
                app_id: forge::APP_ID.into(),
                environment: Environment::Production,
                api_base: jira.uri().parse().unwrap(),
                allowed_sites: allowed_sites(),
            },
        )),
        limits: Limits {
            tenant_per_second: 0,
            address_per_second: 0,
            ..Limits::default()
        },
        base_url,
        connect_script: "https://connect-cdn.atl-paas.net/all.js".parse().unwrap(),
        panel_dir,
        poll_seconds: 15,
        migrations: Migrator::names(),
        metrics: Metrics::new(),
    }
}

/// All of Microsoft is the stage's.
fn clouds(microsoft: &str) -> Clouds {
    let at = |path: &str| Some(format!("{microsoft}{path}").parse().unwrap());
    let elsewhere = Elsewhere {
        login: at(""),
        graph: at("/v1.0"),
        ews: at("/EWS/Exchange.asmx"),
        outlook_resource: at(""),
        portal: None,
    };
    Clouds::known().unwrap().with(Cloud::Global, &elsewhere)
}

/// Slack, and the stage's Microsoft as a chat tool.
fn alert_origins(microsoft: &str) -> Origins {
    format!("https://hooks.slack.com,{microsoft}")
        .parse()
        .unwrap()
}

fn allowed_sites() -> AllowedSites {
    "http://localhost:*,http://127.0.0.1:*,https://*.atlassian.net"
        .parse()
        .unwrap()
}

pub(crate) fn request(method: Method, path: &str) -> test::TestRequest {
    test::TestRequest::with_uri(path).method(method)
}

pub(crate) fn get(path: &str) -> test::TestRequest {
    request(Method::GET, path)
}

/// What came back.
pub(crate) struct Answer {
    pub(crate) status: StatusCode,
    pub(crate) headers: HeaderMap,
    pub(crate) text: String,
}

impl Answer {
    fn new(status: StatusCode, headers: HeaderMap, body: &[u8]) -> Self {
        Self {
            status,
            headers,
            text: String::from_utf8_lossy(body).into_owned(),
        }
    }

    pub(crate) fn json(&self) -> Value {
        serde_json::from_str(&self.text)
            .unwrap_or_else(|_| panic!("no JSON: {} {}", self.status, self.text))
    }

    pub(crate) fn code(&self) -> String {
        self.json()["error"]["code"]
            .as_str()
            .unwrap_or_default()
            .to_owned()
    }

    pub(crate) fn header(&self, name: &str) -> &str {
        self.headers
            .get(name)
            .map_or("", |value| value.to_str().unwrap())
    }

    pub(crate) fn expect(self, status: u16) -> Self {
        assert_eq!(self.status.as_u16(), status, "{}", self.text);
        self
    }
}
