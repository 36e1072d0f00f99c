//! The service: everything wired, running, and stopped in order.

mod expiry;
mod key_reload;
mod wired;

use std::net::{SocketAddr, TcpListener};

use actix_web::{App, HttpServer, dev::ServerHandle};
use anyhow::Context as _;
use postroom_api::{Api, Listening};
use postroom_clock::Clock;
use postroom_migrations::Migrator;
use postroom_queue::Doorbell;
use postroom_registry::Registry;
use postroom_worker::Worker;
use secrecy::ExposeSecret as _;
use tokio::task::JoinHandle;
use tokio_util::sync::CancellationToken;

use crate::Settings;
use wired::Wired;

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
        if registry.login_is_too_mighty().await? {
            tracing::warn!(
                "the login of DATABASE_URL could step over row-level security; give the service one of its own \
                 that is a member of postroom_service and of nothing else, and keep the owner's for `postroom migrate`"
            );
        }
        let stop = CancellationToken::new();
        if settings.master_keys.can_change() {
            registry.on_unknown_master_key(settings.master_keys.for_registry());
            let source = settings.master_keys.clone();
            tokio::spawn(key_reload::run(source, registry.clone(), stop.clone()));
        }
        let doorbell = Doorbell::connect(
            settings.redis_url.expose_secret(),
            &settings.redis_prefix,
            &clock,
        )
        .context("REDIS_URL cannot be used")?;
        let wired = Wired::of(settings, clock.clone(), registry.clone(), doorbell).await?;
        if let Some(end) = wired.expires_at() {
            tokio::spawn(expiry::run(end, clock, stop.clone()));
        }
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
            let server = postroom_api::listen(&api, listener, &Listening::default())?;
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
