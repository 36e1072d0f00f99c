//! A running simulator.

use std::{net::TcpListener, sync::Arc};

use actix_web::dev::{Server, ServerHandle};
use anyhow::Context as _;
use tokio::task::JoinHandle;

use crate::{
    listen,
    options::Options,
    tls::Tls,
    world::{SiteHandle, Urls, World},
};

/// A running simulator. Its listeners end with [`Simulator::stop`].
#[derive(Debug)]
pub struct Simulator {
    world: Arc<World>,
    servers: Vec<(ServerHandle, JoinHandle<std::io::Result<()>>)>,
}

impl Simulator {
    /// Starts all listeners on the loopback interface. They answer when this returns.
    ///
    /// # Errors
    /// A port that is taken (the message names it and its flag), or a file of the options that cannot be read or
    /// written.
    pub async fn start(options: Options) -> anyhow::Result<Self> {
        let sockets = Sockets::bind(&options)?;
        let tls = Tls::new()?;
        if let Some(path) = &options.ca_file {
            tokio::fs::write(path, &tls.ca_pem).await.with_context(|| {
                format!("cannot write the CA certificate to {}", path.display())
            })?;
        }
        let urls = sockets.urls()?;
        let world = Arc::new(World::new(options, urls, tls.ca_pem)?);
        let mut servers = vec![
            listen::microsoft(&world, sockets.microsoft, None)?,
            listen::microsoft(&world, sockets.microsoft_tls, Some(tls.server))?,
            listen::control(&world, sockets.control)?,
            listen::atlassian(&world, sockets.atlassian)?,
        ];
        for (name, socket) in sockets.jira {
            let site = SiteHandle {
                world: world.clone(),
                name,
            };
            servers.push(listen::jira(site, socket)?);
        }
        crate::microsoft::wind(&world);
        for site in world.jira.all() {
            crate::jira::wind(&site);
        }
        let servers = servers.into_iter().map(run).collect();
        Ok(Self { world, servers })
    }

    /// Base URL of login, Graph and webmail over HTTP, without a slash at the end.
    pub fn microsoft_url(&self) -> &str {
        &self.world.urls.microsoft
    }

    /// The same over TLS; trust [`Simulator::ca_pem`].
    pub fn microsoft_tls_url(&self) -> &str {
        &self.world.urls.microsoft_tls
    }

    /// Certificate of the CA that signed the TLS listener's, PEM.
    pub fn ca_pem(&self) -> &str {
        &self.world.ca_pem
    }

    /// Base URL of the control API.
    pub fn control_url(&self) -> &str {
        &self.world.urls.control
    }

    /// Base URL of Atlassian's own hosts: `/ex/jira/{cloudId}` is the gateway to a site's REST API,
    /// `/.well-known/jwks.json` has the keys of Forge's invocation tokens.
    pub fn atlassian_url(&self) -> &str {
        &self.world.urls.atlassian
    }

    /// Base URL of a Jira site; nothing when the options named no such site.
    pub fn jira_url(&self, site: &str) -> Option<&str> {
        self.world.urls.jira.get(site).map(String::as_str)
    }

    /// Names and base URLs of the Jira sites.
    pub fn jira_sites(&self) -> impl Iterator<Item = (&str, &str)> {
        self.world
            .urls
            .jira
            .iter()
            .map(|(name, url)| (name.as_str(), url.as_str()))
    }

    /// Closes all listeners. Requests still running are cut off.
    pub async fn stop(self) {
        for (handle, task) in self.servers {
            handle.stop(false).await;
            if let Ok(Err(error)) = task.await {
                tracing::warn!(%error, "a listener ended with an error");
            }
        }
    }
}

fn run(server: Server) -> (ServerHandle, JoinHandle<std::io::Result<()>>) {
    (server.handle(), tokio::spawn(server))
}

/// All ports, taken before anything is built, so that addresses are known.
struct Sockets {
    microsoft: TcpListener,
    microsoft_tls: TcpListener,
    control: TcpListener,
    atlassian: TcpListener,
    jira: Vec<(String, TcpListener)>,
}

impl Sockets {
    fn bind(options: &Options) -> anyhow::Result<Self> {
        let site = |site: &crate::options::JiraSite| {
            let socket = listen::bind(site.port, &format!("--jira-site {}=PORT", site.name))?;
            anyhow::Ok((site.name.clone(), socket))
        };
        Ok(Self {
            microsoft: listen::bind(options.microsoft_port, "--microsoft-port")?,
            microsoft_tls: listen::bind(options.microsoft_tls_port, "--microsoft-tls-port")?,
            control: listen::bind(options.control_port, "--control-port")?,
            atlassian: listen::bind(options.atlassian_port, "--atlassian-port")?,
            jira: options
                .jira_sites
                .iter()
                .map(site)
                .collect::<anyhow::Result<_>>()?,
        })
    }

    fn urls(&self) -> anyhow::Result<Urls> {
        let site = |(name, socket): &(String, TcpListener)| {
            anyhow::Ok((name.clone(), listen::url("http", socket)?))
        };
        Ok(Urls {
            microsoft: listen::url("http", &self.microsoft)?,
            microsoft_tls: listen::url("https", &self.microsoft_tls)?,
            control: listen::url("http", &self.control)?,
            atlassian: listen::url("http", &self.atlassian)?,
            jira: self.jira.iter().map(site).collect::<anyhow::Result<_>>()?,
        })
    }
}
