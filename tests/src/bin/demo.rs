//! `make demo`: the whole product on one machine, to look at or to be played through once.

use std::{ffi::OsString, path::PathBuf, process::ExitCode};

use clap::Parser;
use postroom_tests::{Ports, Stack, story};
use tokio::signal::unix::{SignalKind, signal};

/// Simulators, service and panel on one machine
#[derive(Debug, Parser)]
struct Arguments {
    /// Play the story through without a person and print what happened as one line of JSON
    #[arg(long)]
    once: bool,
    /// With --once: drop every .eml of this folder into the mailbox in place of the built-in mails
    #[arg(long, requires = "once", value_name = "DIR")]
    mail: Option<PathBuf>,
    /// Run this command beside it, told by POSTROOM_DEMO_… where everything is, and end as it ends
    #[arg(long, conflicts_with = "once", num_args = 1.., allow_hyphen_values = true, value_name = "COMMAND")]
    run: Vec<OsString>,
}

#[tokio::main]
#[expect(
    clippy::print_stdout,
    clippy::print_stderr,
    reason = "it speaks to the person who started it"
)]
async fn main() -> ExitCode {
    let arguments = Arguments::parse();
    let ended = match arguments.run.split_first() {
        Some((program, rest)) => Box::pin(unless_told(beside(program, rest))).await,
        None if arguments.once => Box::pin(unless_told(once(&arguments))).await,
        None => stay().await,
    };
    match ended {
        Ok(Some(line)) => {
            println!("{line}");
            ExitCode::SUCCESS
        }
        Ok(None) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("The demo failed: {error:#}");
            ExitCode::FAILURE
        }
    }
}

async fn once(arguments: &Arguments) -> anyhow::Result<Option<String>> {
    let stack = Stack::start(Ports::free()?).await?;
    let figures = story::play(&stack, arguments.mail.as_deref()).await?;
    stack.stop().await?;
    Ok(Some(figures.json().to_string()))
}

async fn beside(program: &OsString, rest: &[OsString]) -> anyhow::Result<Option<String>> {
    let stack = Stack::start(Ports::free()?).await?;
    let ended = tokio::process::Command::new(program)
        .args(rest)
        .kill_on_drop(true)
        .env("POSTROOM_DEMO_APP", stack.app())
        .env("POSTROOM_DEMO_CONTROL", stack.control())
        .env(
            "POSTROOM_DEMO_SITE",
            format!("http://localhost:{}", stack.ports.acme),
        )
        .env("POSTROOM_DEMO_WEBMAIL", stack.webmail())
        .env(
            "POSTROOM_DEMO_FORGE_SITE",
            format!("http://localhost:{}", stack.ports.globex),
        )
        .env(
            "POSTROOM_DEMO_ATLASSIAN",
            format!("http://localhost:{}", stack.ports.atlassian),
        )
        .status()
        .await?;
    stack.stop().await?;
    anyhow::ensure!(ended.success(), "the command ended with {ended}");
    Ok(None)
}

#[expect(clippy::print_stderr, reason = "it tells the person where to look")]
async fn stay() -> anyhow::Result<Option<String>> {
    let stack = Stack::start(Ports::DEMO).await?;
    story::install(&stack, "acme").await?;
    story::install_forge(&stack, "globex").await?;
    let forge = story::site(&stack, "globex").await?["forge"].clone();
    let page = forge["modules"][0]["key"].as_str().unwrap_or_default();
    let Ports { acme, globex, .. } = stack.ports;
    eprintln!(
        "\nPostroom runs. Open\n\n  \
         http://localhost:{acme}/plugins/com.postroom.jira/postroom-panel   the panel inside Jira, a Connect app\n  \
         http://localhost:{acme}/                                           that Jira site\n  \
         {:64} the panel inside another Jira, a Forge app\n  \
         {:64} the mailboxes: write to {}\n\n\
         Ctrl-C ends it and leaves nothing running.",
        format!("http://localhost:{globex}/forge/{page}"),
        stack.webmail(),
        story::MAILBOX,
    );
    told_to_stop().await?;
    stack.stop().await?;
    Ok(None)
}

/// What is dropped here takes its processes with it.
async fn unless_told(
    work: impl Future<Output = anyhow::Result<Option<String>>>,
) -> anyhow::Result<Option<String>> {
    tokio::select! {
        ended = work => ended,
        told = told_to_stop() => {
            told?;
            anyhow::bail!("stopped before its end")
        }
    }
}

/// Ctrl-C, or TERM.
async fn told_to_stop() -> std::io::Result<()> {
    let mut terminate = signal(SignalKind::terminate())?;
    tokio::select! {
        _ = terminate.recv() => Ok(()),
        pressed = tokio::signal::ctrl_c() => pressed,
    }
}
