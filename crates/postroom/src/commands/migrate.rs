//! `postroom migrate`: brings the schema up to date.

use anyhow::Context as _;
use clap::Args;
use postroom_migrations::Migrator;
use sea_orm::{ConnectOptions, Database};
use sea_orm_migration::MigratorTrait as _;
use secrecy::{ExposeSecret as _, SecretString};

/// Where the schema is.
#[derive(Clone, Debug, Args)]
pub struct Migrate {
    /// PostgreSQL, as a user who owns the database and may create the service's role
    #[arg(long, env = "DATABASE_URL", hide_env_values = true)]
    database_url: SecretString,
}

/// Applies what is missing, in order.
///
/// # Errors
/// When PostgreSQL does not answer or refuses a migration; what was applied before stays.
pub async fn run(migrate: &Migrate) -> anyhow::Result<()> {
    let mut options = ConnectOptions::new(migrate.database_url.expose_secret());
    options.max_connections(1).sqlx_logging(false);
    let db = Database::connect(options)
        .await
        .context("PostgreSQL does not answer at DATABASE_URL")?;
    Migrator::up(&db, None)
        .await
        .context("a migration was refused")?;
    tracing::info!("the schema is up to date");
    Ok(db.close().await?)
}
