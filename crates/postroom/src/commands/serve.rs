//! `postroom serve`: the service, until SIGTERM or Ctrl-C.

use clap::Args;
use postroom_clock::Clock;
use tokio::signal::unix::{SignalKind, signal};

use crate::{Role, Service, Settings};

/// What to serve.
#[derive(Clone, Debug, Args)]
pub struct Serve {
    /// What this process does of the whole
    #[arg(long, env = "POSTROOM_ROLE", value_enum, default_value = "all")]
    role: Role,
    #[command(flatten)]
    settings: Settings,
}

/// Serves until it is told to stop, then finishes what is in hand.
///
/// # Errors
/// When it cannot start.
pub async fn run(serve: &Serve) -> anyhow::Result<()> {
    let service = Service::start(&serve.settings, serve.role, Clock::system()).await?;
    let mut terminate = signal(SignalKind::terminate())?;
    tokio::select! {
        _ = terminate.recv() => {}
        _ = tokio::signal::ctrl_c() => {}
    }
    service.stop().await
}
