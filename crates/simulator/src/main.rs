//! `postroom-simulator`: Microsoft 365 and Jira Cloud on one machine, for the demo and for trying things out.

use std::io::Write as _;

use clap::Parser as _;
use postroom_simulator::{Options, Simulator};
use tokio::signal::unix::{SignalKind, signal};

#[tokio::main]
async fn main() -> anyhow::Result<()> {
    tracing_subscriber::fmt()
        .with_env_filter(tracing_subscriber::EnvFilter::new("warn,actix_http=off"))
        .with_writer(std::io::stderr)
        .init();
    let mut terminate = signal(SignalKind::terminate())?;
    let simulator = Simulator::start(Options::parse()).await?;
    announce(&simulator)?;
    tokio::select! {
        _ = terminate.recv() => {}
        interrupted = tokio::signal::ctrl_c() => interrupted?,
    }
    simulator.stop().await;
    Ok(())
}

/// One line for each listener; after that standard output stays silent.
fn announce(simulator: &Simulator) -> std::io::Result<()> {
    let mut out = std::io::stdout().lock();
    writeln!(out, "microsoft      {}", simulator.microsoft_url())?;
    writeln!(out, "microsoft-tls  {}", simulator.microsoft_tls_url())?;
    for (name, url) in simulator.jira_sites() {
        writeln!(out, "jira/{name:<9} {url}")?;
    }
    writeln!(out, "control        {}", simulator.control_url())?;
    out.flush()
}
