//! `postroom mail …`: how a mail is understood. Reads files, no database.

use std::{
    io::{BufRead as _, Write as _},
    path::{Path, PathBuf},
};

use anyhow::Context as _;
use clap::{Args, Subcommand, ValueEnum};
use postroom_mail::{
    ParsedMail,
    inspect::{self, Source},
    reply::Extent,
};
use postroom_rules::{Context, Profile, Target};
use serde_json::{Value, json};

/// A question about mails.
#[derive(Clone, Debug, Subcommand)]
pub enum Mail {
    /// What it says, field by field
    Show(Files),
    /// What in it is new
    Reply {
        #[command(flatten)]
        files: Files,
        /// Whether signatures are cut, too
        #[arg(long, value_enum, default_value = "quotes")]
        mode: Mode,
    },
    /// What it looks like in Jira (Atlassian Document Format)
    Adf(Files),
    /// What would happen to it, and why
    Explain(Files),
}

/// How much of a reply is cut.
#[derive(Clone, Copy, Debug, ValueEnum)]
pub enum Mode {
    /// Quoted history.
    Quotes,
    /// Quoted history and signatures.
    Full,
}

/// Which mails.
#[derive(Clone, Debug, Args)]
pub struct Files {
    /// The mail (.eml), or an .html or .txt body
    #[arg(required_unless_present = "batch")]
    path: Option<PathBuf>,
    /// Read paths from stdin, one a line, and print a JSON line for each
    #[arg(long, conflicts_with = "path")]
    batch: bool,
}

/// Answers on stdout, a JSON line for each mail.
///
/// # Errors
/// When stdin or stdout break, or the one mail that was named cannot be read.
pub fn run(mail: &Mail) -> anyhow::Result<()> {
    match mail {
        Mail::Show(files) => each(files, |raw, _| inspect::show(raw)),
        Mail::Reply { files, mode } => {
            let extent = match mode {
                Mode::Quotes => Extent::Quotes,
                Mode::Full => Extent::Full,
            };
            each(files, |raw, source| inspect::reply(raw, source, extent))
        }
        Mail::Adf(files) => each(files, inspect::adf),
        Mail::Explain(files) => each(files, |raw, _| explain(raw)),
    }
}

/// The decision for a source that has a target and knows nothing else.
fn explain(raw: &[u8]) -> Value {
    let profile = Profile {
        target: Some(Target {
            project_id: "the source's project".to_owned(),
            issue_type_id: "the source's issue type".to_owned(),
        }),
        accept_automatic: false,
    };
    let decision = postroom_rules::decide(&profile, &ParsedMail::parse(raw), &Context::default());
    serde_json::to_value(decision).unwrap_or_else(|error| json!({ "error": error.to_string() }))
}

fn each(files: &Files, answer: impl Fn(&[u8], Source) -> Value) -> anyhow::Result<()> {
    let mut out = std::io::stdout().lock();
    if let Some(path) = &files.path {
        let raw =
            std::fs::read(path).with_context(|| format!("{} cannot be read", path.display()))?;
        writeln!(out, "{}", with_path(path, answer(&raw, source_of(path))))?;
        return Ok(());
    }
    for line in std::io::stdin().lock().lines() {
        let line = line.context("stdin cannot be read as text")?;
        let path = Path::new(&line);
        let answered = match std::fs::read(path) {
            Ok(raw) => answer(&raw, source_of(path)),
            Err(error) => json!({ "error": format!("cannot be read: {error}") }),
        };
        writeln!(out, "{}", with_path(path, answered))?;
    }
    Ok(())
}

fn source_of(path: &Path) -> Source {
    Source::of_name(&path.to_string_lossy())
}

fn with_path(path: &Path, mut answer: Value) -> Value {
    if let Some(fields) = answer.as_object_mut() {
        fields.insert("path".to_owned(), json!(path));
    }
    answer
}
