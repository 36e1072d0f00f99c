//! The listeners and what each of them serves.

use std::{
    collections::BTreeMap,
    io,
    net::{Ipv4Addr, TcpListener},
    sync::Arc,
    time::Duration,
};

use actix_web::{App, HttpServer, dev::Server, middleware::from_fn, web};
use anyhow::Context as _;
use rustls::ServerConfig;

use crate::{
    control, faults, jira, microsoft, requests,
    world::{SiteHandle, World},
};

/// Largest body that any listener takes; the hosts have smaller limits of their own.
const BODY_LIMIT: usize = 160 * 1024 * 1024;

/// No limit: a machine under load is not a slow sender, and a host that breaks connections by itself would look like a
/// fault that nobody asked for.
const REQUEST_TIMEOUT: Duration = Duration::ZERO;

/// Where the gateway's paths begin.
const GATEWAY: &str = "/ex/jira/";

/// Whose listener a request came in by.
#[derive(Clone, Debug)]
pub(crate) enum Host {
    Microsoft,
    Jira {
        site: String,
    },
    /// Atlassian's own; the gateway belongs to the sites, which are named here by their cloud ids.
    Atlassian {
        sites: BTreeMap<String, String>,
    },
}

impl Host {
    /// The simulated host a path belongs to; nothing for the pages that only people look at.
    pub(crate) fn host_of(&self, path: &str) -> Option<&'static str> {
        match self {
            Self::Microsoft => microsoft::host_of(path),
            Self::Jira { .. } => jira::host_of(path),
            Self::Atlassian { .. } if path.starts_with(GATEWAY) => Some("jira"),
            Self::Atlassian { .. } => path.starts_with("/.well-known/").then_some("atlassian"),
        }
    }

    /// The Jira site that a path is about.
    pub(crate) fn site_of(&self, path: &str) -> Option<&str> {
        match self {
            Self::Microsoft => None,
            Self::Jira { site } => Some(site),
            Self::Atlassian { sites } => {
                let cloud_id = path.strip_prefix(GATEWAY)?.split('/').next()?;
                sites.get(cloud_id).map(String::as_str)
            }
        }
    }
}

/// Takes a loopback port. The error names the port and the flag that moves it.
pub(crate) fn bind(port: u16, flag: &str) -> anyhow::Result<TcpListener> {
    TcpListener::bind((Ipv4Addr::LOCALHOST, port)).with_context(|| {
        format!("cannot listen on port {port} of 127.0.0.1; choose another one with {flag}, or 0 for any free port")
    })
}

/// `http://localhost:PORT` of a listener.
pub(crate) fn url(scheme: &str, listener: &TcpListener) -> io::Result<String> {
    Ok(format!(
        "{scheme}://localhost:{}",
        listener.local_addr()?.port()
    ))
}

/// Login, Graph and webmail; over TLS when a certificate is given.
pub(crate) fn microsoft(
    world: &Arc<World>,
    listener: TcpListener,
    tls: Option<ServerConfig>,
) -> io::Result<Server> {
    let world = world.clone();
    let server = HttpServer::new(move || {
        let (recording, failing, watching) = (world.clone(), world.clone(), world.clone());
        App::new()
            .app_data(web::Data::from(world.clone()))
            .app_data(web::PayloadConfig::new(BODY_LIMIT))
            .configure(microsoft::configure)
            .wrap(from_fn(move |request, next| {
                faults::inject(failing.clone(), Host::Microsoft, request, next)
            }))
            .wrap(from_fn(move |request, next| {
                microsoft::watch(watching.clone(), request, next)
            }))
            .wrap(from_fn(move |request, next| {
                requests::record(recording.clone(), Host::Microsoft, request, next)
            }))
            .wrap(from_fn(microsoft::enter))
    });
    let server = server
        .workers(1)
        .client_request_timeout(REQUEST_TIMEOUT)
        .disable_signals()
        .shutdown_timeout(1);
    Ok(match tls {
        Some(config) => server.listen_rustls_0_23(listener, config)?.run(),
        None => server.listen(listener)?.run(),
    })
}

/// One Jira site.
pub(crate) fn jira(site: SiteHandle, listener: TcpListener) -> io::Result<Server> {
    let server = HttpServer::new(move || {
        let (recording, failing) = (site.clone(), site.clone());
        let host = Host::Jira {
            site: site.name.clone(),
        };
        let host_too = host.clone();
        App::new()
            .app_data(web::Data::from(site.world.clone()))
            .app_data(web::PayloadConfig::new(BODY_LIMIT))
            .configure(|cfg| jira::configure(cfg, site.clone()))
            .wrap(from_fn(move |request, next| {
                faults::inject(failing.world.clone(), host.clone(), request, next)
            }))
            .wrap(from_fn(move |request, next| {
                requests::record(recording.world.clone(), host_too.clone(), request, next)
            }))
    });
    Ok(server
        .workers(1)
        .client_request_timeout(REQUEST_TIMEOUT)
        .disable_signals()
        .shutdown_timeout(1)
        .listen(listener)?
        .run())
}

/// Atlassian's own hosts.
pub(crate) fn atlassian(world: &Arc<World>, listener: TcpListener) -> io::Result<Server> {
    let world = world.clone();
    let sites = world.jira.all();
    let host = Host::Atlassian {
        sites: sites
            .map(|site| (site.cloud_id.clone(), site.name.clone()))
            .collect(),
    };
    let server = HttpServer::new(move || {
        let (recording, failing) = (world.clone(), world.clone());
        let (host, host_too) = (host.clone(), host.clone());
        App::new()
            .app_data(web::Data::from(world.clone()))
            .app_data(web::PayloadConfig::new(BODY_LIMIT))
            .configure(|cfg| jira::configure_atlassian(cfg, &world))
            .wrap(from_fn(move |request, next| {
                faults::inject(failing.clone(), host.clone(), request, next)
            }))
            .wrap(from_fn(move |request, next| {
                requests::record(recording.clone(), host_too.clone(), request, next)
            }))
    });
    Ok(server
        .workers(1)
        .client_request_timeout(REQUEST_TIMEOUT)
        .disable_signals()
        .shutdown_timeout(1)
        .listen(listener)?
        .run())
}

/// The control API.
pub(crate) fn control(world: &Arc<World>, listener: TcpListener) -> io::Result<Server> {
    let world = world.clone();
    let server = HttpServer::new(move || {
        App::new()
            .app_data(web::Data::from(world.clone()))
            .app_data(web::PayloadConfig::new(BODY_LIMIT))
            .app_data(control::json_config())
            .configure(control::configure)
            .configure(microsoft::configure_control)
            .configure(jira::configure_control)
    });
    Ok(server
        .workers(1)
        .client_request_timeout(REQUEST_TIMEOUT)
        .disable_signals()
        .shutdown_timeout(1)
        .listen(listener)?
        .run())
}
