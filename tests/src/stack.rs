//! The product and the simulators, each a process of its own, as they run for real.

mod aging;
mod ports;
mod programs;
mod setup;

use std::{
    fs::File,
    process::{Output, Stdio},
    time::Duration,
};

use anyhow::{Context as _, bail};
use postroom_test_database::TestDatabase;
use serde_json::json;
use tokio::process::{Child, Command};

pub use self::{ports::Ports, setup::Setup};
use crate::{Http, until};

const PATIENCE: Duration = Duration::from_secs(60);

/// Running processes; they end when it is dropped.
#[derive(Debug)]
pub struct Stack {
    /// Where everything listens.
    pub ports: Ports,
    /// For the control API.
    pub http: Http,
    /// The service's database.
    pub database: TestDatabase,
    setup: Setup,
    simulator: Child,
    postroom: Child,
}

/// A process beside the stack's own.
#[derive(Debug)]
pub struct Second {
    /// Where it answers.
    pub app: String,
    _process: Child,
}

impl Stack {
    /// Starts simulators and service on a fresh database, and waits until both are ready.
    ///
    /// # Errors
    /// A process that does not come up, with what it said on stderr.
    pub async fn start(ports: Ports) -> anyhow::Result<Self> {
        Self::start_with(ports, Setup::default()).await
    }

    /// As [`Stack::start`], with what `setup` wants otherwise.
    ///
    /// # Errors
    /// As [`Stack::start`].
    pub async fn start_with(ports: Ports, setup: Setup) -> anyhow::Result<Self> {
        let database = TestDatabase::create().await?;
        let http = Http::new()?;
        let mut simulator = programs::simulator(ports)?.spawn()?;
        let control = format!("http://localhost:{}", ports.control);
        ready(&mut simulator, "the simulator", &http, &control).await?;
        http.post(
            &format!("{control}/microsoft/registrations"),
            &json!({
                "client_id": programs::CLIENT_ID,
                "client_secret": setup.client_secret,
                "redirect_uris": [format!("http://localhost:{}/microsoft/callback", ports.app.0)],
            }),
        )
        .await?;
        let mut postroom = serve(ports, &setup, &database)?;
        let readyz = format!("http://localhost:{}/readyz", ports.app.1);
        ready(&mut postroom, "postroom", &http, &readyz).await?;
        Ok(Self {
            ports,
            http,
            database,
            setup,
            simulator,
            postroom,
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

    /// The chat tool's base URL, over TLS.
    pub fn chat(&self) -> String {
        format!("https://localhost:{}/chat", self.ports.microsoft.1)
    }

    /// Where Redis is, and what the service's keys begin with.
    ///
    /// # Errors
    /// When nobody said where it is.
    pub fn redis(&self) -> anyhow::Result<(String, &str)> {
        Ok((programs::redis_url()?, &self.setup.redis_prefix))
    }

    /// Starts a second process of the service that answers HTTP only, beside the first; it ends when it is dropped.
    ///
    /// # Errors
    /// When it does not come up.
    pub async fn second_process(&self) -> anyhow::Result<Second> {
        self.beside("api").await
    }

    /// Starts another process of the service with one role, beside the first; it ends when it is dropped.
    ///
    /// # Errors
    /// When it does not come up.
    pub async fn beside(&self, role: &str) -> anyhow::Result<Second> {
        let (app, internal) = Ports::free()?.app;
        let mut command = programs::postroom(self.ports, &self.setup, &self.database.url())?;
        command
            .args(["serve", "--role", role])
            .env("POSTROOM_LISTEN", format!("127.0.0.1:{app}"))
            .env("POSTROOM_INTERNAL_LISTEN", format!("127.0.0.1:{internal}"));
        let mut process = command.spawn()?;
        let readyz = format!("http://localhost:{internal}/readyz");
        ready(&mut process, "another process", &self.http, &readyz).await?;
        Ok(Second {
            app: format!("http://localhost:{app}"),
            _process: process,
        })
    }

    /// Runs another verb of the service's binary, with the service's settings.
    ///
    /// # Errors
    /// When it does not run.
    pub async fn postroom(&self, arguments: &[&str]) -> anyhow::Result<Output> {
        let mut command = programs::postroom(self.ports, &self.setup, &self.database.url())?;
        command
            .args(arguments)
            .stdout(Stdio::piped())
            .stderr(Stdio::piped());
        Ok(tokio::time::timeout(PATIENCE, command.output())
            .await
            .context("it does not end")??)
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

    /// Ends the service as an operator would, and says whether it ended well; the database stays.
    ///
    /// # Errors
    /// When it ends with a failure, or not at all.
    pub async fn end_service(&mut self) -> anyhow::Result<()> {
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
        Ok(())
    }

    /// Ends everything.
    ///
    /// # Errors
    /// As [`Stack::end_service`].
    pub async fn stop(mut self) -> anyhow::Result<()> {
        self.end_service().await?;
        self.simulator.kill().await?;
        // Nobody looks at it any more; who does not stop leaves a file behind, no more.
        let _ = std::fs::remove_file(programs::ca_file(self.ports));
        Ok(())
    }
}

fn serve(ports: Ports, setup: &Setup, database: &TestDatabase) -> anyhow::Result<Child> {
    let mut command = programs::postroom(ports, setup, &database.url())?;
    command.arg("serve");
    if let Some(path) = &setup.log {
        let file = File::create(path).with_context(|| format!("{}", path.display()))?;
        command.stdout(file.try_clone()?).stderr(file);
    }
    Ok(command.spawn()?)
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
