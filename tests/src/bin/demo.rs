//! `make demo`: the whole product on one machine, to look at or to be played through once.

use std::{path::PathBuf, process::ExitCode};

use clap::Parser;
use postroom_tests::{Ports, Stack, story};

/// Simulators, service and panel on one machine
#[derive(Debug, Parser)]
struct Arguments {
    /// Play the story through without a person and print what happened as one line of JSON
    #[arg(long)]
    once: bool,
    /// With --once: drop every .eml of this folder into the mailbox in place of the built-in mails
    #[arg(long, requires = "once", value_name = "DIR")]
    mail: Option<PathBuf>,
}

#[tokio::main]
#[expect(
    clippy::print_stdout,
    clippy::print_stderr,
    reason = "it speaks to the person who started it"
)]
async fn main() -> ExitCode {
    let arguments = Arguments::parse();
    let ended = if arguments.once {
        once(&arguments).await
    } else {
        stay().await
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

#[expect(clippy::print_stderr, reason = "it tells the person where to look")]
async fn stay() -> anyhow::Result<Option<String>> {
    let stack = Stack::start(Ports::DEMO).await?;
    story::install(&stack, "acme").await?;
    let Ports { acme, .. } = stack.ports;
    eprintln!(
        "\nPostroom runs. Open\n\n  \
         http://localhost:{acme}/plugins/com.postroom.jira/postroom-panel   the panel inside Jira\n  \
         http://localhost:{acme}/                                           the Jira site\n  \
         {}                                       the mailboxes: write to {}\n\n\
         Ctrl-C ends it and leaves nothing running.",
        stack.webmail(),
        story::MAILBOX,
    );
    tokio::signal::ctrl_c().await?;
    stack.stop().await?;
    Ok(None)
}
