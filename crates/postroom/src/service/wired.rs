use std::time::Duration;

use anyhow::Context as _;
use chrono::{DateTime, TimeDelta, Utc};
use postroom_api::Parts;
use postroom_atlassian::{
    Sites,
    connect::{InstallKeys, LifecycleDoor},
    forge::{ForgeDoor, ForgeSettings},
};
use postroom_azure_oauth::{Clouds, Grants, Registrations};
use postroom_clock::Clock;
use postroom_connections::{Connections, ConnectionsParts};
use postroom_mailbox::Retries;
use postroom_migrations::Migrator;
use postroom_queue::Doorbell;
use postroom_registry::Registry;
use postroom_telemetry::{HttpClient, Metrics};
use postroom_worker::{Environment, Pace};
use url::Url;

use crate::Settings;

const ATLASSIAN_TIMEOUT: Duration = Duration::from_secs(30);
const MAILBOX_TIMEOUT: Duration = Duration::from_secs(120);
const CHAT_TIMEOUT: Duration = Duration::from_secs(10);
const LOGIN_TIMEOUT: Duration = Duration::from_secs(20);

/// What API and worker share.
pub(super) struct Wired {
    registry: Registry,
    doorbell: Doorbell,
    registrations: Registrations,
    grants: Grants,
    clouds: Clouds,
    /// Calls Graph and Exchange Web Services.
    mailboxes: HttpClient,
    /// Calls the webhooks of chat tools.
    chat: HttpClient,
    sites: Sites,
    lifecycle: LifecycleDoor,
    forge: Option<ForgeDoor>,
    metrics: Metrics,
}

impl Wired {
    pub(super) async fn of(
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
        let clouds = settings.microsoft.clouds()?;
        let own = settings.microsoft.registration(clock.now()).await?;
        let registrations = Registrations::new(
            http("entra", LOGIN_TIMEOUT)?,
            clouds.clone(),
            own,
            callback(settings)?,
            clock.clone(),
            registry.clone(),
        );
        let grants = Grants::new(registry.clone(), registrations.clone());
        Ok(Self {
            sites: sites(settings, &http("jira", ATLASSIAN_TIMEOUT)?, clock),
            lifecycle: connect_door(settings, http("connect_keys", LOGIN_TIMEOUT)?),
            forge: forge_door(settings, http("forge_keys", LOGIN_TIMEOUT)?),
            mailboxes: http("microsoft", MAILBOX_TIMEOUT)?,
            chat: http("chat", CHAT_TIMEOUT)?.within(settings.alerts.alert_hosts.origins()),
            clouds,
            registrations,
            grants,
            registry,
            doorbell,
            metrics,
        })
    }

    /// When Microsoft will take the credential of our own app registration no more.
    pub(super) fn expires_at(&self) -> Option<DateTime<Utc>> {
        self.registrations.own().expires_at()
    }

    fn connections(&self, settings: &Settings) -> Connections {
        Connections::new(ConnectionsParts {
            registry: self.registry.clone(),
            grants: self.grants.clone(),
            doorbell: self.doorbell.clone(),
            http: self.mailboxes.clone(),
            clouds: self.clouds.clone(),
            retries: Retries::default(),
        })
        .with_at_once(settings.microsoft.graph_at_once.into())
        .with_own_client_id(self.registrations.own().client_id())
    }

    pub(super) fn environment(&self, settings: &Settings) -> Environment {
        Environment {
            registry: self.registry.clone(),
            doorbell: self.doorbell.clone(),
            grants: self.grants.clone(),
            connections: self.connections(settings),
            sites: self.sites.clone(),
            retention: TimeDelta::days(settings.retention_days),
            metrics: self.metrics.clone(),
            pace: Pace {
                min_seconds: settings.poll_min_seconds,
                max_seconds: settings.poll_max_seconds.max(settings.poll_min_seconds),
            },
            base_url: settings.base_url.clone(),
            push: settings.push,
            chat: self.chat.clone(),
            silence: TimeDelta::minutes(settings.alerts.silence_minutes),
        }
    }

    pub(super) fn parts(self, settings: &Settings) -> Parts {
        Parts {
            connections: self.connections(settings),
            registry: self.registry,
            doorbell: self.doorbell,
            registrations: self.registrations,
            sites: self.sites,
            lifecycle: self.lifecycle,
            forge: self.forge,
            alerts: self.chat,
            alert_origins: settings.alerts.alert_hosts.origins(),
            limits: (&settings.limits).into(),
            base_url: settings.base_url.clone(),
            connect_script: settings.atlassian.connect_script_url.clone(),
            panel_dir: settings.panel_dir.clone(),
            poll_seconds: settings.poll_min_seconds,
            migrations: Migrator::names(),
            metrics: self.metrics,
        }
    }
}

/// What must be registered as a Web redirect URI with every app registration.
fn callback(settings: &Settings) -> anyhow::Result<Url> {
    let base = settings.base_url.as_str().trim_end_matches('/');
    Url::parse(&format!("{base}/microsoft/callback"))
        .context("POSTROOM_BASE_URL cannot carry a path")
}

fn sites(settings: &Settings, http: &HttpClient, clock: Clock) -> Sites {
    let atlassian = &settings.atlassian;
    Sites::new(
        http,
        clock,
        atlassian.app_key.as_str(),
        atlassian.allowed_sites.clone(),
        &atlassian.api_url,
    )
}

fn connect_door(settings: &Settings, http: HttpClient) -> LifecycleDoor {
    let atlassian = &settings.atlassian;
    let base_urls = std::iter::once(&settings.base_url).chain(&atlassian.former_base_urls);
    LifecycleDoor {
        app_key: atlassian.app_key.clone(),
        app_base_urls: base_urls.cloned().collect(),
        allowed_sites: atlassian.allowed_sites.clone(),
        keys: InstallKeys::new(http, atlassian.connect_keys_url.clone()),
    }
}

fn forge_door(settings: &Settings, http: HttpClient) -> Option<ForgeDoor> {
    let atlassian = &settings.atlassian;
    let app_id = atlassian.forge_app_id.clone()?;
    Some(ForgeDoor::new(
        http,
        ForgeSettings {
            jwks_url: atlassian.forge_jwks_url.clone(),
            app_id,
            environment: atlassian.forge_environment,
            api_base: atlassian.api_url.clone(),
            allowed_sites: atlassian.allowed_sites.clone(),
        },
    ))
}
