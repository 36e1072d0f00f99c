//! The service: everything wired, running, and stopped in order.

use std::{
    net::{SocketAddr, TcpListener},
    time::Duration,
};

use actix_web::{App, HttpServer, dev::ServerHandle};
use anyhow::Context as _;
use chrono::TimeDelta;
use postroom_api::{Api, Parts};
use postroom_atlassian::{
    Sites,
    connect::{InstallKeys, LifecycleDoor},
};
use postroom_azure_oauth::{AppRegistration, Grants, Microsoft};
use postroom_clock::Clock;
use postroom_mailbox::graph::GraphClient;
use postroom_migrations::Migrator;
use postroom_queue::Doorbell;
use postroom_registry::Registry;
use postroom_telemetry::{HttpClient, Metrics};
use postroom_worker::{Environment, Pace, Worker};
use secrecy::ExposeSecret as _;
use tokio::task::JoinHandle;
use tokio_util::sync::CancellationToken;

use crate::Settings;

/// Where a Forge app's calls to Jira go.
const ATLASSIAN_API: &str = "https://api.atlassian.com";
/// How long the data of a site that removed the app is kept.
const RETENTION: TimeDelta = TimeDelta::days(30);
const ATLASSIAN_TIMEOUT: Duration = Duration::from_secs(30);
const GRAPH_TIMEOUT: Duration = Duration::from_secs(120);
const LOGIN_TIMEOUT: Duration = Duration::from_secs(20);
/// A sender of a request head that takes longer is sent away.
const SLOWEST_HEAD: Duration = Duration::from_secs(10);
/// How long requests in hand may take once we stop.
const FAREWELL_SECONDS: u64 = 20;

/// What a process does of the whole.
#[derive(Clone, Copy, Debug, PartialEq, Eq, clap::ValueEnum)]
pub enum Role {
    /// Both.
    All,
    /// Answers HTTP.
    Api,
    /// Does the jobs.
    Worker,
}

/// A running service. Dropping it does not stop it: see [`Service::stop`].
#[derive(Debug)]
pub struct Service {
    address: SocketAddr,
    internal_address: SocketAddr,
    servers: Vec<(ServerHandle, JoinHandle<std::io::Result<()>>)>,
    worker: Option<JoinHandle<()>>,
    stop: CancellationToken,
    registry: Registry,
}

impl Service {
    /// Starts what `role` says.
    ///
    /// # Errors
    /// A setting that cannot be used, a listener that is taken, a database that does not answer or lacks a migration.
    pub async fn start(settings: &Settings, role: Role, clock: Clock) -> anyhow::Result<Self> {
        let master = settings.master_keys.load().await?;
        let registry = Registry::connect(
            settings.database_url.expose_secret(),
            settings.database_connections,
            master,
            clock.clone(),
        )
        .await
        .context("PostgreSQL does not answer at DATABASE_URL, or the schema is not there: run `postroom migrate`")?;
        registry.ready(&Migrator::names()).await?;
        if settings.master_keys.can_change() {
            registry.on_unknown_master_key(settings.master_keys.for_registry());
        }
        let doorbell = Doorbell::connect(
            settings.redis_url.expose_secret(),
            &settings.redis_prefix,
            &clock,
        )
        .context("REDIS_URL cannot be used")?;
        let wired = Wired::of(settings, clock, registry.clone(), doorbell)?;
        let stop = CancellationToken::new();
        let worker = matches!(role, Role::All | Role::Worker).then(|| {
            let worker = Worker::new(wired.environment(settings));
            let stop = stop.clone();
            tokio::spawn(async move { worker.run(stop).await })
        });
        let api = Api::new(wired.parts(settings));
        let (mut servers, mut address) = (Vec::new(), settings.listen);
        if matches!(role, Role::All | Role::Api) {
            let (listener, bound) = listen(settings.listen, "POSTROOM_LISTEN")?;
            address = bound;
            let public = api.clone();
            let server = HttpServer::new(move || {
                App::new().configure(|cfg| postroom_api::configure(cfg, &public))
            })
            .client_request_timeout(SLOWEST_HEAD)
            .shutdown_timeout(FAREWELL_SECONDS)
            .disable_signals()
            .workers(2)
            .listen(listener)?
            .run();
            servers.push((server.handle(), tokio::spawn(server)));
        }
        let (listener, internal_address) =
            listen(settings.internal_listen, "POSTROOM_INTERNAL_LISTEN")?;
        let inside =
            HttpServer::new(move || App::new().configure(|cfg| postroom_api::internal(cfg, &api)))
                .disable_signals()
                .workers(1)
                .listen(listener)?
                .run();
        servers.push((inside.handle(), tokio::spawn(inside)));
        tracing::info!(%address, %internal_address, ?role, "postroom is up");
        Ok(Self {
            address,
            internal_address,
            servers,
            worker,
            stop,
            registry,
        })
    }

    /// Where the public listener is.
    pub fn address(&self) -> SocketAddr {
        self.address
    }

    /// Where the operator's listener is.
    pub fn internal_address(&self) -> SocketAddr {
        self.internal_address
    }

    /// Stops in order: no new work, what is in hand ends, then the sessions close.
    ///
    /// # Errors
    /// When the pool cannot be closed.
    pub async fn stop(self) -> anyhow::Result<()> {
        self.stop.cancel();
        for (handle, _) in &self.servers {
            handle.stop(true).await;
        }
        for (_, server) in self.servers {
            server.await??;
        }
        if let Some(worker) = self.worker {
            worker.await?;
        }
        self.registry.close().await?;
        tracing::info!("postroom has stopped");
        Ok(())
    }
}

fn listen(address: SocketAddr, setting: &str) -> anyhow::Result<(TcpListener, SocketAddr)> {
    let listener = TcpListener::bind(address)
        .with_context(|| format!("{address} is taken or not ours; set {setting} to another one"))?;
    let bound = listener.local_addr()?;
    Ok((listener, bound))
}

/// What API and worker share.
struct Wired {
    registry: Registry,
    doorbell: Doorbell,
    microsoft: Microsoft,
    grants: Grants,
    graph: GraphClient,
    jira_http: HttpClient,
    sites: Sites,
    lifecycle: LifecycleDoor,
    metrics: Metrics,
}

impl Wired {
    fn of(
        settings: &Settings,
        clock: Clock,
        registry: Registry,
        doorbell: Doorbell,
    ) -> anyhow::Result<Self> {
        let metrics = Metrics::new();
        metrics.build_info.set(1.0, [env!("CARGO_PKG_VERSION")]);
        let http = |system, timeout| -> anyhow::Result<HttpClient> {
            Ok(HttpClient::new(system, timeout)?.with_metrics(&metrics))
        };
        let base = settings.base_url.as_str().trim_end_matches('/');
        let microsoft = Microsoft::new(
            http("entra", LOGIN_TIMEOUT)?,
            settings.microsoft_login_url.clone(),
            AppRegistration {
                client_id: settings.microsoft_client_id.clone(),
                client_secret: settings.microsoft_client_secret.clone(),
            },
            url::Url::parse(&format!("{base}/microsoft/callback"))?,
            clock.clone(),
        );
        let lifecycle = LifecycleDoor {
            app_key: settings.app_key.clone(),
            app_base_urls: vec![settings.base_url.clone()],
            allowed_sites: settings.allowed_sites.clone(),
            keys: InstallKeys::new(
                http("connect_keys", LOGIN_TIMEOUT)?,
                settings.connect_keys_url.clone(),
            ),
        };
        let jira_http = http("jira", ATLASSIAN_TIMEOUT)?;
        Ok(Self {
            sites: Sites::new(
                &jira_http,
                clock.clone(),
                settings.app_key.as_str(),
                settings.allowed_sites.clone(),
                &url::Url::parse(ATLASSIAN_API)?,
            ),
            jira_http,
            grants: Grants::new(registry.clone(), microsoft.clone()),
            graph: GraphClient::new(
                http("graph", GRAPH_TIMEOUT)?,
                settings.microsoft_graph_url.clone(),
                clock,
            ),
            registry,
            doorbell,
            microsoft,
            lifecycle,
            metrics,
        })
    }

    fn environment(&self, settings: &Settings) -> Environment {
        Environment {
            registry: self.registry.clone(),
            doorbell: self.doorbell.clone(),
            grants: self.grants.clone(),
            graph: self.graph.clone(),
            sites: self.sites.clone(),
            retention: RETENTION,
            metrics: self.metrics.clone(),
            pace: Pace {
                min_seconds: settings.poll_min_seconds,
                max_seconds: settings.poll_max_seconds.max(settings.poll_min_seconds),
            },
        }
    }

    fn parts(self, settings: &Settings) -> Parts {
        Parts {
            registry: self.registry,
            doorbell: self.doorbell,
            microsoft: self.microsoft,
            grants: self.grants,
            graph: self.graph,
            jira_http: self.jira_http,
            lifecycle: self.lifecycle,
            base_url: settings.base_url.clone(),
            connect_script: settings.connect_script_url.clone(),
            panel_dir: settings.panel_dir.clone(),
            poll_seconds: settings.poll_min_seconds,
            migrations: Migrator::names(),
            metrics: self.metrics,
        }
    }
}
