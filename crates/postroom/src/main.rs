//! `postroom`: see [`postroom`] and `postroom --help`.

use std::process::ExitCode;

use clap::{Parser, Subcommand};
use postroom::{
    Logging,
    commands::{keys, mail, migrate, serve},
};

/// Connects Jira Cloud sites to Microsoft 365 mailboxes: mail becomes issues and comments, comments become mail
#[derive(Debug, Parser)]
#[command(name = "postroom", version)]
struct Arguments {
    #[command(flatten)]
    logging: Logging,
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Run the service until SIGTERM or Ctrl-C
    Serve(Box<serve::Serve>),
    /// Bring the database's schema up to date
    Migrate(migrate::Migrate),
    /// Make, count and rotate master keys
    ///
    /// A rotation: make a key (`new`), put it in front of the list of every process, `rotate`, and take the old key off
    /// the list when `status` shows that it wraps nothing any more. Where the list is a file or comes from a command,
    /// the service reads it by itself; where it is in the environment, put the new key *behind* the old one first,
    /// restart everything, and then put it in front.
    #[command(subcommand)]
    Keys(Box<keys::Keys>),
    /// Show how a mail is understood
    #[command(subcommand)]
    Mail(mail::Mail),
}

fn main() -> ExitCode {
    let arguments = Arguments::parse();
    match run(&arguments) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            tracing::error!(cause = format!("{error:#}"), "postroom ends");
            ExitCode::FAILURE
        }
    }
}

fn run(arguments: &Arguments) -> anyhow::Result<()> {
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .enable_all()
        .build()?;
    let _inside = runtime.enter();
    let logging = &arguments.logging;
    let guard = postroom_telemetry::logs::init(
        logging.log_format,
        &logging.log,
        logging.otlp_endpoint.as_deref(),
    )?;
    // One TLS provider for the whole process; two are linked, and rustls will not choose.
    let _ = rustls::crypto::aws_lc_rs::default_provider().install_default();
    let ended = match &arguments.command {
        Command::Serve(command) => runtime.block_on(serve::run(command)),
        Command::Migrate(command) => runtime.block_on(migrate::run(command)),
        Command::Keys(command) => runtime.block_on(keys::run(command)),
        Command::Mail(command) => mail::run(command),
    };
    guard.shutdown();
    ended
}
