//! `postroom-simulator`: Microsoft 365 and Jira Cloud on one machine, for the demo and for trying things out.

use std::{
    io::{self, Write as _},
    process::ExitCode,
};

use clap::Parser as _;
use postroom_simulator::{Options, Simulator};
use tokio::signal::unix::{SignalKind, signal};
use tracing_subscriber::EnvFilter;

#[tokio::main]
async fn main() -> ExitCode {
    // actix tells of every connection that a fault dropped on purpose.
    tracing_subscriber::fmt()
        .with_env_filter(EnvFilter::new("warn,actix_http=off"))
        .with_writer(io::stderr)
        .init();
    match run(Options::parse()).await {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            // With its causes, on one line.
            let _ = writeln!(io::stderr(), "postroom-simulator: {error:#}");
            ExitCode::FAILURE
        }
    }
}

async fn run(options: Options) -> anyhow::Result<()> {
    let mut terminate = signal(SignalKind::terminate())?;
    let simulator = Simulator::start(options).await?;
    announce(&simulator)?;
    tokio::select! {
        _ = terminate.recv() => {}
        interrupted = tokio::signal::ctrl_c() => interrupted?,
    }
    simulator.stop().await;
    Ok(())
}

/// One line for each listener; after that standard output stays silent.
fn announce(simulator: &Simulator) -> io::Result<()> {
    let mut out = io::stdout().lock();
    writeln!(out, "microsoft      {}", simulator.microsoft_url())?;
    writeln!(out, "microsoft-tls  {}", simulator.microsoft_tls_url())?;
    for (name, url) in simulator.jira_sites() {
        writeln!(out, "jira/{name:<9} {url}")?;
    }
    writeln!(out, "atlassian      {}", simulator.atlassian_url())?;
    writeln!(out, "control        {}", simulator.control_url())?;
    out.flush()
}
