use std::time::Duration;

use anyhow::Context as _;
use chrono::TimeDelta;
use postroom_api::Parts;
use postroom_atlassian::{
    Sites,
    connect::{InstallKeys, LifecycleDoor},
    forge::{ForgeDoor, ForgeSettings},
};
use postroom_azure_oauth::{AppRegistration, Grants, Microsoft};
use postroom_clock::Clock;
use postroom_mailbox::graph::GraphClient;
use postroom_migrations::Migrator;
use postroom_queue::Doorbell;
use postroom_registry::Registry;
use postroom_telemetry::{HttpClient, Metrics};
use postroom_worker::{Environment, Pace};
use url::Url;

use crate::Settings;

const ATLASSIAN_TIMEOUT: Duration = Duration::from_secs(30);
const GRAPH_TIMEOUT: Duration = Duration::from_secs(120);
const LOGIN_TIMEOUT: Duration = Duration::from_secs(20);

/// What API and worker share.
pub(super) struct Wired {
    registry: Registry,
    doorbell: Doorbell,
    microsoft: Microsoft,
    grants: Grants,
    graph: GraphClient,
    sites: Sites,
    lifecycle: LifecycleDoor,
    forge: Option<ForgeDoor>,
    metrics: Metrics,
}

impl Wired {
    pub(super) fn of(
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
        let microsoft = microsoft(settings, http("entra", LOGIN_TIMEOUT)?, clock.clone())?;
        Ok(Self {
            sites: sites(settings, &http("jira", ATLASSIAN_TIMEOUT)?, clock.clone()),
            grants: Grants::new(registry.clone(), microsoft.clone()),
            graph: GraphClient::new(
                http("graph", GRAPH_TIMEOUT)?,
                settings.microsoft_graph_url.clone(),
                clock,
            ),
            lifecycle: connect_door(settings, http("connect_keys", LOGIN_TIMEOUT)?),
            forge: forge_door(settings, http("forge_keys", LOGIN_TIMEOUT)?),
            registry,
            doorbell,
            microsoft,
            metrics,
        })
    }

    pub(super) fn environment(&self, settings: &Settings) -> Environment {
        Environment {
            registry: self.registry.clone(),
            doorbell: self.doorbell.clone(),
            grants: self.grants.clone(),
            graph: self.graph.clone(),
            sites: self.sites.clone(),
            retention: TimeDelta::days(settings.retention_days),
            metrics: self.metrics.clone(),
            pace: Pace {
                min_seconds: settings.poll_min_seconds,
                max_seconds: settings.poll_max_seconds.max(settings.poll_min_seconds),
            },
        }
    }

    pub(super) fn parts(self, settings: &Settings) -> Parts {
        Parts {
            registry: self.registry,
            doorbell: self.doorbell,
            microsoft: self.microsoft,
            grants: self.grants,
            graph: self.graph,
            sites: self.sites,
            lifecycle: self.lifecycle,
            forge: self.forge,
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

fn microsoft(settings: &Settings, http: HttpClient, clock: Clock) -> anyhow::Result<Microsoft> {
    let base = settings.base_url.as_str().trim_end_matches('/');
    let callback = Url::parse(&format!("{base}/microsoft/callback"))
        .context("POSTROOM_BASE_URL cannot carry a path")?;
    let registration = AppRegistration {
        client_id: settings.microsoft_client_id.clone(),
        client_secret: settings.microsoft_client_secret.clone(),
    };
    let login_url = settings.microsoft_login_url.clone();
    Ok(Microsoft::new(
        http,
        login_url,
        registration,
        callback,
        clock,
    ))
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
