//! A PostgreSQL database for one test, made from a migrated template.
//!
//! `DATABASE_URL` names any database of the cluster, as a user who may create databases; `make test` sets it.
//! The template is migrated once for each state of the migrations, however many tests run at once; a test's own
//! database is a copy of it, made in some ten milliseconds and dropped with the [`TestDatabase`].

use std::time::Duration;

use anyhow::Context as _;
use postroom_clock::Clock;
use postroom_migrations::Migrator;
use sea_orm::{
    ConnectOptions, ConnectionTrait as _, Database, DatabaseConnection, DbBackend, Statement,
};
use sea_orm_migration::MigratorTrait as _;
use url::Url;

/// Any number; it guards the making of the template between test processes.
const TEMPLATE_LOCK: i64 = 0x706f_7374;

/// A database of its own, dropped when the value is.
#[derive(Debug)]
pub struct TestDatabase {
    cluster: Url,
    name: String,
}

impl TestDatabase {
    /// Makes a fresh database with the newest schema.
    ///
    /// # Errors
    /// When `DATABASE_URL` is not set or its cluster does not let us create databases.
    pub async fn create() -> anyhow::Result<Self> {
        let cluster = cluster()?;
        let admin = connect(&cluster).await?;
        let template = format!("postroom_template_{}", Migrator::fingerprint());
        admin
            .execute_unprepared(&format!("SELECT pg_advisory_lock({TEMPLATE_LOCK})"))
            .await?;
        let ready = ensure_template(&admin, &cluster, &template).await;
        let name = format!("postroom_test_{}", Clock::system().new_id().simple());
        let copied = match ready {
            Ok(()) => admin
                .execute_unprepared(&format!("CREATE DATABASE {name} TEMPLATE {template}"))
                .await
                .map_err(anyhow::Error::from),
            Err(error) => Err(error),
        };
        admin
            .execute_unprepared(&format!("SELECT pg_advisory_unlock({TEMPLATE_LOCK})"))
            .await?;
        copied.context("copying the template database")?;
        admin.close().await?;
        Ok(Self { cluster, name })
    }

    /// Where the database is, as an owner: what the service takes as `DATABASE_URL`.
    pub fn url(&self) -> String {
        of(&self.cluster, &self.name).to_string()
    }

    /// Runs statements as the owner, behind the service's back.
    ///
    /// # Errors
    /// What PostgreSQL says to them.
    pub async fn execute(&self, sql: &str) -> anyhow::Result<()> {
        let owner = connect(&of(&self.cluster, &self.name)).await?;
        let done = owner.execute_unprepared(sql).await;
        owner.close().await?;
        done.with_context(|| sql.to_owned()).map(drop)
    }

    /// What a query answers that gives one number, as the owner.
    ///
    /// # Errors
    /// What PostgreSQL says to it, or an answer that is none.
    pub async fn number(&self, sql: &str) -> anyhow::Result<i64> {
        let owner = connect(&of(&self.cluster, &self.name)).await?;
        let row = owner
            .query_one_raw(Statement::from_string(DbBackend::Postgres, sql))
            .await;
        owner.close().await?;
        let row = row?.with_context(|| format!("no row: {sql}"))?;
        row.try_get_by_index(0).with_context(|| sql.to_owned())
    }
}

impl Drop for TestDatabase {
    fn drop(&mut self) {
        let (cluster, name) = (self.cluster.clone(), self.name.clone());
        // A runtime of its own: the test's may be the one that drops us.
        let dropping = std::thread::spawn(move || {
            let runtime = tokio::runtime::Builder::new_current_thread()
                .enable_all()
                .build()?;
            runtime.block_on(async {
                let admin = connect(&cluster).await?;
                admin
                    .execute_unprepared(&format!("DROP DATABASE IF EXISTS {name} WITH (FORCE)"))
                    .await?;
                anyhow::Ok(())
            })
        });
        let _ = dropping.join();
    }
}

async fn ensure_template(
    admin: &DatabaseConnection,
    cluster: &Url,
    template: &str,
) -> anyhow::Result<()> {
    let found = admin
        .query_one_raw(Statement::from_sql_and_values(
            DbBackend::Postgres,
            "SELECT 1 FROM pg_database WHERE datname = $1 AND datistemplate",
            [template.into()],
        ))
        .await?;
    if found.is_some() {
        return Ok(());
    }
    // Left by a run that was killed half way.
    admin
        .execute_unprepared(&format!("DROP DATABASE IF EXISTS {template}"))
        .await?;
    admin
        .execute_unprepared(&format!("CREATE DATABASE {template}"))
        .await?;
    let db = connect(&of(cluster, template)).await?;
    Migrator::up(&db, None)
        .await
        .context("migrating the template")?;
    db.close().await?;
    admin
        .execute_unprepared(&format!("ALTER DATABASE {template} IS_TEMPLATE true"))
        .await?;
    Ok(())
}

async fn connect(url: &Url) -> anyhow::Result<DatabaseConnection> {
    let mut options = ConnectOptions::new(url.as_str());
    // One session: an advisory lock belongs to its session.
    options
        .max_connections(1)
        .acquire_timeout(Duration::from_secs(30))
        .sqlx_logging(false);
    Database::connect(options)
        .await
        .context("PostgreSQL does not answer at DATABASE_URL")
}

fn cluster() -> anyhow::Result<Url> {
    let url = std::env::var("DATABASE_URL").context(
        "DATABASE_URL is not set: run the tests by `make test`, or start the services by `scripts/services start`",
    )?;
    Url::parse(&url).context("DATABASE_URL is not a URL")
}

fn of(cluster: &Url, database: &str) -> Url {
    let mut url = cluster.clone();
    url.set_path(database);
    url
}
