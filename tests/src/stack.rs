//! The product and the simulators, each a process of its own, as they run for real.

use std::{
    net::TcpListener,
    path::{Path, PathBuf},
    process::Stdio,
    time::Duration,
};

use anyhow::{Context as _, bail};
use postroom_clock::Clock;
use postroom_test_database::TestDatabase;
use serde_json::json;
use tokio::process::{Child, Command};

use crate::{Http, until};

/// The client id and secret of the app registration that the Microsoft simulator is told of.
const CLIENT: (&str, &str) = ("11111111-2222-3333-4444-555555555555", "simulator-secret");
/// Any 32 bytes: the demo's secrets protect nothing.
const MASTER_KEYS: &str = "demo:ZGVtby1kZW1vLWRlbW8tZGVtby1kZW1vLWRlbW8tZGU=";
const PATIENCE: Duration = Duration::from_secs(60);

/// Where everything listens.
#[derive(Clone, Copy, Debug)]
pub struct Ports {
    /// Postroom, and its operator's listener.
    pub app: (u16, u16),
    /// Microsoft over HTTP and over TLS.
    pub microsoft: (u16, u16),
    /// The site `acme`.
    pub acme: u16,
    /// The site `globex`.
    pub globex: u16,
    /// The control API.
    pub control: u16,
}

impl Ports {
    /// The demo's own, which a person can remember.
    pub const DEMO: Self = Self {
        app: (7080, 7081),
        microsoft: (7090, 7093),
        acme: 7100,
        globex: 7101,
        control: 7099,
    };

    /// Seven that are free now.
    ///
    /// # Errors
    /// When the machine has none.
    pub fn free() -> anyhow::Result<Self> {
        let held: Vec<TcpListener> = (0..7)
            .map(|_| TcpListener::bind(("127.0.0.1", 0)))
            .collect::<Result<_, _>>()?;
        let port = |n: usize| -> anyhow::Result<u16> { Ok(held[n].local_addr()?.port()) };
        Ok(Self {
            app: (port(0)?, port(1)?),
            microsoft: (port(2)?, port(3)?),
            acme: port(4)?,
            globex: port(5)?,
            control: port(6)?,
        })
    }
}

/// Running processes; they end when it is dropped.
#[derive(Debug)]
pub struct Stack {
    /// Where everything listens.
    pub ports: Ports,
    /// For the control API.
    pub http: Http,
    simulator: Child,
    postroom: Child,
    _database: TestDatabase,
}

impl Stack {
    /// Starts simulators and service on a fresh database, and waits until both are ready.
    ///
    /// # Errors
    /// A process that does not come up, with what it said on stderr.
    pub async fn start(ports: Ports) -> anyhow::Result<Self> {
        let database = TestDatabase::create().await?;
        let redis = std::env::var("REDIS_URL").context("REDIS_URL is not set: run it by `make`")?;
        let http = Http::new()?;
        let mut simulator = simulator(ports)?;
        let control = format!("http://localhost:{}", ports.control);
        ready(&mut simulator, "the simulator", &http, &control).await?;
        http.post(
            &format!("{control}/microsoft/registrations"),
            &json!({
                "client_id": CLIENT.0,
                "client_secret": CLIENT.1,
                "redirect_uris": [format!("http://localhost:{}/microsoft/callback", ports.app.0)],
            }),
        )
        .await?;
        let mut postroom = postroom(ports, &database.url(), &redis)?;
        let readyz = format!("http://localhost:{}/readyz", ports.app.1);
        ready(&mut postroom, "postroom", &http, &readyz).await?;
        Ok(Self {
            ports,
            http,
            simulator,
            postroom,
            _database: database,
        })
    }

    /// Postroom's base URL.
    pub fn app(&self) -> String {
        format!("http://localhost:{}", self.ports.app.0)
    }

    /// The control API's base URL.
    pub fn control(&self) -> String {
        format!("http://localhost:{}", self.ports.control)
    }

    /// The webmail's base URL.
    pub fn webmail(&self) -> String {
        format!("http://localhost:{}/webmail", self.ports.microsoft.0)
    }

    /// The most memory that postroom has held so far, in MB (`VmHWM`, proc(5)).
    ///
    /// # Errors
    /// When the process is gone.
    pub fn peak_memory_mb(&self) -> anyhow::Result<u64> {
        let pid = self.postroom.id().context("postroom is gone")?;
        let status = std::fs::read_to_string(format!("/proc/{pid}/status"))?;
        let line = status
            .lines()
            .find_map(|line| line.strip_prefix("VmHWM:"))
            .context("no VmHWM")?;
        let kb: u64 = line.trim().trim_end_matches("kB").trim().parse()?;
        Ok(kb / 1024)
    }

    /// Ends the service as an operator would, and says whether it ended well.
    ///
    /// # Errors
    /// When it ends with a failure, or not at all.
    pub async fn stop(mut self) -> anyhow::Result<()> {
        let pid = self
            .postroom
            .id()
            .context("postroom ended before its time")?;
        let told = Command::new("kill")
            .args(["-TERM", &pid.to_string()])
            .status()
            .await?;
        if !told.success() {
            bail!("postroom could not be told to stop");
        }
        let ended = tokio::time::timeout(PATIENCE, self.postroom.wait())
            .await
            .context("postroom did not stop")??;
        if !ended.success() {
            bail!("postroom ended with {ended}");
        }
        self.simulator.kill().await?;
        Ok(())
    }
}

async fn ready(child: &mut Child, name: &str, http: &Http, url: &str) -> anyhow::Result<()> {
    until(name, PATIENCE, async || {
        if let Some(ended) = child.try_wait()? {
            bail!("{name} ended at once ({ended}); its reason stands above");
        }
        Ok(http.get(url).await.ok().map(drop).or(up(http, url).await))
    })
    .await
}

/// Up is up, whatever the body is.
async fn up(http: &Http, url: &str) -> Option<()> {
    let answer = http.request(reqwest::Method::GET, url).send().await.ok()?;
    answer.status().is_success().then_some(())
}

fn simulator(ports: Ports) -> anyhow::Result<Child> {
    let bridge = frontend().join("node_modules/atlassian-connect-js/dist");
    let schema = frontend().join("node_modules/@atlaskit/adf-schema/dist/json-schema/v1/full.json");
    for needed in [&bridge, &schema] {
        if !needed.exists() {
            bail!("{} is missing: run `npm ci` in frontend", needed.display());
        }
    }
    let mut command = program("postroom-simulator")?;
    command
        .args(["--microsoft-port", &ports.microsoft.0.to_string()])
        .args(["--microsoft-tls-port", &ports.microsoft.1.to_string()])
        .args(["--control-port", &ports.control.to_string()])
        .args(["--jira-site", &format!("acme={}", ports.acme)])
        .args(["--jira-site", &format!("globex={}", ports.globex)])
        .args([
            "--app-descriptor-url",
            &format!("http://localhost:{}/atlassian-connect.json", ports.app.0),
        ])
        .arg("--bridge-dir")
        .arg(bridge)
        .arg("--adf-schema")
        .arg(schema);
    Ok(command.spawn()?)
}

fn postroom(ports: Ports, database: &str, redis: &str) -> anyhow::Result<Child> {
    let microsoft = format!("http://localhost:{}", ports.microsoft.0);
    let site = format!("http://localhost:{}", ports.acme);
    let mut command = program("postroom")?;
    command
        .arg("serve")
        .env("DATABASE_URL", database)
        .env("REDIS_URL", redis)
        .env(
            "POSTROOM_REDIS_PREFIX",
            format!("demo-{}", Clock::system().new_id().simple()),
        )
        .env(
            "POSTROOM_BASE_URL",
            format!("http://localhost:{}", ports.app.0),
        )
        .env("POSTROOM_LISTEN", format!("127.0.0.1:{}", ports.app.0))
        .env(
            "POSTROOM_INTERNAL_LISTEN",
            format!("127.0.0.1:{}", ports.app.1),
        )
        .env("POSTROOM_MASTER_KEYS", MASTER_KEYS)
        .env("POSTROOM_ALLOWED_SITES", "http://localhost:*")
        .env(
            "POSTROOM_CONNECT_KEYS_URL",
            format!("http://localhost:{}/keys", ports.control),
        )
        .env("POSTROOM_CONNECT_SCRIPT_URL", format!("{site}/all.js"))
        .env("POSTROOM_MICROSOFT_LOGIN_URL", &microsoft)
        .env("POSTROOM_MICROSOFT_GRAPH_URL", format!("{microsoft}/v1.0"))
        .env("POSTROOM_MICROSOFT_CLIENT_ID", CLIENT.0)
        .env("POSTROOM_MICROSOFT_CLIENT_SECRET", CLIENT.1)
        .env("POSTROOM_PANEL_DIR", frontend().join("dist"))
        .env("POSTROOM_POLL_MIN_SECONDS", "1")
        .env("POSTROOM_POLL_MAX_SECONDS", "2")
        .env("POSTROOM_LOG_FORMAT", "text")
        .env(
            "POSTROOM_LOG",
            std::env::var("POSTROOM_LOG").unwrap_or_else(|_| "warn".to_owned()),
        );
    Ok(command.spawn()?)
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

fn frontend() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../frontend")
}
