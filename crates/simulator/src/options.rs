//! What the simulator is started with.

use std::{path::PathBuf, str::FromStr};

use clap::Parser;
use postroom_clock::Clock;

const FORGE_APP_ID: &str = "ari:cloud:ecosystem::app/00000000-0000-4000-8000-00000000f0e1";

/// Settings of a simulator; the flags of the binary. A port of 0 takes any free port.
#[derive(Clone, Debug, Parser)]
#[command(name = "postroom-simulator", version, about = "Microsoft 365 and Jira Cloud on one machine", long_about = None)]
pub struct Options {
    /// Port of the Microsoft hosts (login, Graph, EWS, webmail) over plain HTTP
    #[arg(long, env = "SIMULATOR_MICROSOFT_PORT", default_value_t = 7090)]
    pub microsoft_port: u16,
    /// Port of the same hosts over TLS, with a certificate of the simulator's own CA
    #[arg(long, env = "SIMULATOR_MICROSOFT_TLS_PORT", default_value_t = 7093)]
    pub microsoft_tls_port: u16,
    /// Base URL that the Microsoft hosts say they have; without it, the one that each caller used
    #[arg(long, env = "SIMULATOR_MICROSOFT_PUBLIC_URL")]
    pub microsoft_public_url: Option<String>,
    /// Milliseconds that a Graph request holds its mailbox before it is answered, as the real one does
    #[arg(long, env = "SIMULATOR_GRAPH_LATENCY_MS", default_value_t = 2)]
    pub graph_latency_ms: u64,
    /// Port of the control API
    #[arg(long, env = "SIMULATOR_CONTROL_PORT", default_value_t = 7099)]
    pub control_port: u16,
    /// Port of Atlassian's own hosts: the gateway to the sites' REST APIs, the keys of Forge, the pages of Forge apps
    #[arg(long, env = "SIMULATOR_ATLASSIAN_PORT", default_value_t = 7096)]
    pub atlassian_port: u16,
    /// A Jira site and its port, NAME=PORT; can be given again
    #[arg(long = "jira-site", value_name = "NAME=PORT", env = "SIMULATOR_JIRA_SITES", value_delimiter = ',',
          default_values = ["acme=7100", "globex=7101"])]
    pub jira_sites: Vec<JiraSite>,
    /// Folder with the built bridge of npm atlassian-connect-js (iframe.js, host.js)
    #[arg(long, env = "SIMULATOR_BRIDGE_DIR")]
    pub bridge_dir: Option<PathBuf>,
    /// full.json of npm @atlaskit/adf-schema, to refuse the documents that Jira refuses
    #[arg(long, env = "SIMULATOR_ADF_SCHEMA")]
    pub adf_schema: Option<PathBuf>,
    /// Descriptor URL that the install page of a Jira site proposes
    #[arg(long, env = "SIMULATOR_APP_DESCRIPTOR_URL")]
    pub app_descriptor_url: Option<String>,
    /// The Forge app that is installed where an install names no other, an ARI
    #[arg(long, env = "SIMULATOR_FORGE_APP_ID", default_value = FORGE_APP_ID)]
    pub forge_app_id: String,
    /// Base URL of the Forge app's back end that the install page of a Jira site proposes
    #[arg(long, env = "SIMULATOR_FORGE_REMOTE_URL")]
    pub forge_remote_url: Option<String>,
    /// Folder with the built panel that the Forge app shows inside Jira
    #[arg(long, env = "SIMULATOR_FORGE_PANEL_DIR")]
    pub forge_panel_dir: Option<PathBuf>,
    /// The Forge app's manifest.yml; without it, one like Postroom's
    #[arg(long, env = "SIMULATOR_FORGE_MANIFEST")]
    pub forge_manifest: Option<PathBuf>,
    /// Write the certificate of the CA to this file (PEM)
    #[arg(long, env = "SIMULATOR_CA_FILE")]
    pub ca_file: Option<PathBuf>,
    /// The time of the simulated world.
    #[arg(skip = Clock::system())]
    pub clock: Clock,
}

impl Options {
    /// For tests: free ports, the sites `acme` and `globex`, the machine's time.
    pub fn ephemeral() -> Self {
        Self {
            microsoft_port: 0,
            microsoft_tls_port: 0,
            microsoft_public_url: None,
            graph_latency_ms: 0,
            control_port: 0,
            atlassian_port: 0,
            jira_sites: ["acme", "globex"]
                .map(|name| JiraSite {
                    name: name.into(),
                    port: 0,
                })
                .into(),
            bridge_dir: None,
            adf_schema: None,
            app_descriptor_url: None,
            forge_app_id: FORGE_APP_ID.into(),
            forge_remote_url: None,
            forge_panel_dir: None,
            forge_manifest: None,
            ca_file: None,
            clock: Clock::system(),
        }
    }
}

/// Name and port of one Jira site.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct JiraSite {
    /// Lower-case letters, digits and hyphens: it becomes part of control paths.
    pub name: String,
    /// Port on the loopback interface; 0 takes a free one.
    pub port: u16,
}

impl FromStr for JiraSite {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let (name, port) = text
            .split_once('=')
            .ok_or("write it as NAME=PORT, for example acme=7100")?;
        let plain = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-';
        if name.is_empty() || !name.chars().all(plain) {
            return Err(format!(
                "{name:?} is no site name: use lower-case letters, digits and hyphens"
            ));
        }
        let port = port
            .parse()
            .map_err(|_| format!("{port:?} is no port: use a number up to 65535"))?;
        Ok(Self {
            name: name.into(),
            port,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_site_is_a_name_and_a_port() {
        assert_eq!(
            "acme=7100".parse(),
            Ok(JiraSite {
                name: "acme".into(),
                port: 7100
            })
        );
        assert!("acme".parse::<JiraSite>().is_err());
        assert!("Ac me=1".parse::<JiraSite>().is_err());
        assert!("acme=70000".parse::<JiraSite>().is_err());
    }

    #[test]
    fn without_flags_there_are_two_sites() {
        let options = Options::parse_from(["postroom-simulator"]);
        assert_eq!(options.jira_sites.len(), 2);
        assert_eq!(options.control_port, 7099);
    }
}
