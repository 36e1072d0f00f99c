//! The programs of a stack and what they are told.

use std::{
    path::{Path, PathBuf},
    process::Stdio,
};

use anyhow::{Context as _, bail};
use serde_json::json;
use tokio::process::Command;
use url::Url;

use super::{Ports, Setup};

/// The client id of the app registration that the Microsoft simulator is told of.
pub(super) const CLIENT_ID: &str = "11111111-2222-3333-4444-555555555555";
/// The Forge app that the simulators install where an install names no other.
const FORGE_APP: &str = "ari:cloud:ecosystem::app/00000000-0000-4000-8000-00000000f0e1";

pub(super) fn simulator(ports: Ports) -> anyhow::Result<Command> {
    let bridge = frontend().join("node_modules/atlassian-connect-js/dist");
    let schema = frontend().join("node_modules/@atlaskit/adf-schema/dist/json-schema/v1/full.json");
    for needed in [&bridge, &schema] {
        if !needed.exists() {
            bail!("{} is missing: run `npm ci` in frontend", needed.display());
        }
    }
    let app = format!("http://localhost:{}", ports.app.0);
    let mut command = program("postroom-simulator")?;
    command
        .args(["--microsoft-port", &ports.microsoft.0.to_string()])
        .args(["--microsoft-tls-port", &ports.microsoft.1.to_string()])
        .args(["--control-port", &ports.control.to_string()])
        .args(["--atlassian-port", &ports.atlassian.to_string()])
        .args(["--jira-site", &format!("acme={}", ports.acme)])
        .args(["--jira-site", &format!("globex={}", ports.globex)])
        .args([
            "--app-descriptor-url",
            &format!("{app}/atlassian-connect.json"),
        ])
        .args(["--forge-app-id", FORGE_APP])
        .args(["--forge-remote-url", &app])
        .arg("--ca-file")
        .arg(ca_file(ports))
        .arg("--forge-panel-dir")
        .arg(frontend().join("dist"))
        .arg("--bridge-dir")
        .arg(bridge)
        .arg("--adf-schema")
        .arg(schema);
    Ok(command)
}

/// The service's binary with the settings of this stack; a verb is still to be said.
pub(super) fn postroom(ports: Ports, setup: &Setup, database: &str) -> anyhow::Result<Command> {
    let mut database = Url::parse(database)?;
    if let Some(password) = &setup.database_password {
        let _ = database.set_password(Some(password));
    }
    let localhost = |port: u16| format!("http://localhost:{port}");
    let (microsoft, atlassian) = (localhost(ports.microsoft.0), localhost(ports.atlassian));
    let mut command = program("postroom")?;
    command
        .env("DATABASE_URL", database.as_str())
        .env("REDIS_URL", redis_url()?)
        .env("POSTROOM_REDIS_PREFIX", &setup.redis_prefix)
        .env("POSTROOM_BASE_URL", localhost(ports.app.0))
        .env("POSTROOM_LISTEN", format!("127.0.0.1:{}", ports.app.0))
        .env(
            "POSTROOM_INTERNAL_LISTEN",
            format!("127.0.0.1:{}", ports.app.1),
        )
        .env(setup.master_keys.0, &setup.master_keys.1)
        .env("POSTROOM_ALLOWED_SITES", "http://localhost:*")
        .env(
            "POSTROOM_CONNECT_KEYS_URL",
            format!("{}/keys", localhost(ports.control)),
        )
        .env(
            "POSTROOM_CONNECT_SCRIPT_URL",
            format!("{}/all.js", localhost(ports.acme)),
        )
        .env("POSTROOM_FORGE_APP_ID", FORGE_APP)
        .env(
            "POSTROOM_FORGE_JWKS_URL",
            format!("{atlassian}/.well-known/jwks.json"),
        )
        .env("POSTROOM_ATLASSIAN_API_URL", &atlassian)
        .env("POSTROOM_MICROSOFT_LOGIN_URL", &microsoft)
        .env("POSTROOM_MICROSOFT_GRAPH_URL", format!("{microsoft}/v1.0"))
        .env(
            "POSTROOM_MICROSOFT_EWS_URL",
            format!("{microsoft}/EWS/Exchange.asmx"),
        )
        .env("POSTROOM_MICROSOFT_CLOUDS", clouds(&microsoft))
        .env("POSTROOM_PUSH", "insecure")
        .env("POSTROOM_ALERT_HOSTS", "localhost")
        // The chat tool of the simulators is reached over TLS alone.
        .env("SSL_CERT_FILE", ca_file(ports))
        .env("POSTROOM_MICROSOFT_CLIENT_ID", CLIENT_ID)
        .env("POSTROOM_MICROSOFT_CLIENT_SECRET", &setup.client_secret)
        .env("POSTROOM_PANEL_DIR", frontend().join("dist"))
        .env("POSTROOM_POLL_MIN_SECONDS", "1")
        .env("POSTROOM_POLL_MAX_SECONDS", "2")
        .env(
            "POSTROOM_LOG_FORMAT",
            from_outside("POSTROOM_LOG_FORMAT", "text"),
        )
        .env("POSTROOM_LOG", from_outside("POSTROOM_LOG", "warn"))
        .envs(setup.settings.iter().map(|(name, value)| (name, value)));
    Ok(command)
}

/// Where Redis is.
pub(super) fn redis_url() -> anyhow::Result<String> {
    std::env::var("REDIS_URL").context("REDIS_URL is not set: run it by `make`")
}

/// What the run was told, so that a measurement can have what is delivered.
fn from_outside(name: &str, otherwise: &str) -> String {
    std::env::var(name).unwrap_or_else(|_| otherwise.to_owned())
}

/// A program that stands beside this one, or one folder up for a test.
fn program(name: &str) -> anyhow::Result<Command> {
    let own = std::env::current_exe()?;
    let path = own
        .ancestors()
        .skip(1)
        .take(2)
        .map(|folder| folder.join(name))
        .find(|path| path.exists())
        .with_context(|| format!("{name} is not built: run it by `make`"))?;
    let mut command = Command::new(path);
    // Stdout belongs to whoever runs us: the demo's one line of JSON stands there alone.
    command
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .kill_on_drop(true);
    Ok(command)
}

/// Where the simulators say whom to trust.
pub(super) fn ca_file(ports: Ports) -> PathBuf {
    std::env::temp_dir().join(format!("postroom-simulator-{}.pem", ports.control))
}

/// The national clouds, each below a path of the simulated hosts.
fn clouds(microsoft: &str) -> String {
    let cloud = |name: &str| {
        let base = format!("{microsoft}/clouds/{name}");
        let hosts = json!({
            "login": base,
            "graph": format!("{base}/v1.0"),
            "ews": format!("{base}/EWS/Exchange.asmx"),
        });
        (name.to_owned(), hosts)
    };
    let all = ["us_gov_l4", "us_gov_l5", "china"].map(cloud);
    serde_json::Value::Object(all.into_iter().collect()).to_string()
}

fn frontend() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../frontend")
}
