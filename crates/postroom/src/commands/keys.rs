//! `postroom keys …`: master keys, and their rotation while the service runs.

use anyhow::Context as _;
use clap::{Args, Subcommand};
use postroom_clock::Clock;
use postroom_registry::Registry;
use secrecy::{ExposeSecret as _, SecretString};

use crate::MasterKeySource;

mod new;
mod rotate;
mod status;

/// A task with master keys.
#[derive(Clone, Debug, Subcommand)]
pub enum Keys {
    /// Print a new master key, as an entry for the list
    New(new::New),
    /// Show how many tenants' keys each master key wraps
    Status(status::Status),
    /// Wrap every tenant's key with the first master key of the list; safe to interrupt and to run twice
    Rotate(rotate::Rotate),
}

/// The database and the keys.
#[derive(Clone, Debug, Args)]
struct Book {
    /// PostgreSQL, as a user who owns the database; sessions run as role `postroom_service`
    #[arg(long, env = "DATABASE_URL", hide_env_values = true)]
    database_url: SecretString,
    #[command(flatten)]
    master_keys: MasterKeySource,
}

impl Book {
    async fn open(&self) -> anyhow::Result<(Registry, Listed)> {
        let master = self.master_keys.load().await?;
        let listed = Listed {
            sealing: master.sealing_id().to_owned(),
            all: master.ids().map(str::to_owned).collect(),
        };
        let registry = Registry::connect(
            self.database_url.expose_secret(),
            2,
            master,
            Clock::system(),
        )
        .await
        .context("PostgreSQL does not answer at DATABASE_URL, or the schema is not there: run `postroom migrate`")?;
        registry
            .ready(&postroom_migrations::Migrator::names())
            .await?;
        Ok((registry, listed))
    }
}

/// The ids of the list.
struct Listed {
    sealing: String,
    all: Vec<String>,
}

/// Does it.
///
/// # Errors
/// When it could not be done, or not wholly: then the exit code says so, too.
pub async fn run(keys: &Keys) -> anyhow::Result<()> {
    match keys {
        Keys::New(command) => new::run(command),
        Keys::Status(command) => status::run(command).await,
        Keys::Rotate(command) => rotate::run(command).await,
    }
}
