//! The way in: a pool, and transactions that carry a tenant.

use std::{
    fmt,
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
    },
    time::Duration,
};

use postroom_clock::Clock;
use postroom_secrets::{MasterKeys, Place, Plain};
use sea_orm::{
    ConnectOptions, ConnectionTrait as _, Database, DatabaseConnection, DatabaseTransaction,
    DbBackend, Statement, TransactionTrait as _,
};

use crate::{RegistryError, TenantId, key_ring::KeyRing};

/// The role of the service's sessions: it owns nothing and is under row-level security.
pub const SERVICE_ROLE: &str = "postroom_service";

/// No statement of ours takes this long, waiting for a row included; what does is given up, and tried again.
const SLOWEST_STATEMENT: &str = "30s";

/// The book of the service. Cheap to clone.
///
/// It runs no query by itself but those of [`crate::due`] and the two questions that a door must ask before it
/// knows a tenant. All else goes through [`Registry::begin`].
#[derive(Clone)]
pub struct Registry {
    db: DatabaseConnection,
    clock: Clock,
    keys: Arc<KeyRing>,
}

impl Registry {
    /// Opens the pool. Every session runs as [`SERVICE_ROLE`].
    ///
    /// # Errors
    /// [`RegistryError::Unavailable`] when PostgreSQL does not answer in time.
    pub async fn connect(
        url: &str,
        connections: u32,
        master: MasterKeys,
        clock: Clock,
    ) -> Result<Self, RegistryError> {
        let mut options = ConnectOptions::new(url);
        options
            .max_connections(connections)
            .acquire_timeout(Duration::from_secs(10))
            .sqlx_logging(false)
            .map_sqlx_postgres_opts(|options| {
                options
                    .options([
                        ("role", SERVICE_ROLE),
                        ("statement_timeout", SLOWEST_STATEMENT),
                    ])
                    .application_name("postroom")
            });
        let db = Database::connect(options).await?;
        Ok(Self {
            db,
            clock,
            keys: Arc::new(KeyRing::new(master)),
        })
    }

    /// Opens a transaction that sees this tenant's rows and no others.
    ///
    /// # Errors
    /// When no session can be had.
    pub async fn begin(&self, tenant: TenantId) -> Result<TenantTx, RegistryError> {
        let tx = self.db.begin().await?;
        tx.execute_raw(Statement::from_sql_and_values(
            DbBackend::Postgres,
            "SELECT set_config('postroom.tenant', $1, true)",
            [tenant.to_string().into()],
        ))
        .await?;
        Ok(TenantTx {
            tx,
            tenant,
            db: self.db.clone(),
            clock: self.clock.clone(),
            keys: Arc::clone(&self.keys),
            forgotten: AtomicBool::new(false),
        })
    }

    /// Whether PostgreSQL answers and has every migration of `wanted` (their names).
    ///
    /// # Errors
    /// [`RegistryError::Schema`] names the first migration that is missing.
    pub async fn ready(&self, wanted: &[String]) -> Result<(), RegistryError> {
        let rows = self
            .db
            .query_all_raw(Statement::from_string(
                DbBackend::Postgres,
                "SELECT version FROM seaql_migrations",
            ))
            .await?;
        let applied = rows
            .iter()
            .map(|row| row.try_get::<String>("", "version"))
            .collect::<Result<Vec<_>, _>>()?;
        match wanted.iter().find(|name| !applied.contains(name)) {
            Some(missing) => Err(RegistryError::Schema(missing.clone())),
            None => Ok(()),
        }
    }

    /// Whether the sessions' login could do more than [`SERVICE_ROLE`]: it owns the schema, or is above row-level
    /// security. Then `SET ROLE NONE` is all that an injected statement needs to see every tenant.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn login_is_too_mighty(&self) -> Result<bool, RegistryError> {
        let sql = "SELECT bool_or(login.rolsuper OR login.rolbypassrls OR pg_has_role(login.oid, thing.relowner, 'MEMBER')) \
            AS mighty FROM pg_roles login, pg_class thing WHERE login.rolname = session_user \
            AND thing.relnamespace = 'public'::regnamespace AND thing.relkind IN ('r', 'p')";
        let asked = Statement::from_string(DbBackend::Postgres, sql);
        let row = self.db.query_one_raw(asked).await?;
        let mighty = row.map(|row| row.try_get::<Option<bool>>("", "mighty"));
        Ok(mighty.transpose()?.flatten().unwrap_or_default())
    }

    /// Closes the pool; what runs still ends.
    ///
    /// # Errors
    /// When the pool cannot be closed.
    pub async fn close(self) -> Result<(), RegistryError> {
        Ok(self.db.close().await?)
    }

    /// The clock that rows are stamped with.
    pub fn clock(&self) -> &Clock {
        &self.clock
    }

    pub(crate) fn db(&self) -> &DatabaseConnection {
        &self.db
    }

    pub(crate) fn keys(&self) -> &KeyRing {
        &self.keys
    }
}

impl fmt::Debug for Registry {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Registry").finish_non_exhaustive()
    }
}

/// A transaction of one tenant: the only thing that runs queries on tenants' tables.
///
/// It is rolled back when it is dropped without [`TenantTx::commit`]. Nobody else can make one, so that no query runs
/// without a tenant:
///
/// ```compile_fail,E0451
/// # fn stolen(tx: postroom_registry::TenantTx, other: postroom_registry::TenantId) {
/// let theirs = postroom_registry::TenantTx { tenant: other, ..tx };
/// # }
/// ```
pub struct TenantTx {
    tx: DatabaseTransaction,
    tenant: TenantId,
    db: DatabaseConnection,
    clock: Clock,
    keys: Arc<KeyRing>,
    /// Whether this transaction destroyed the tenant's key.
    forgotten: AtomicBool,
}

impl TenantTx {
    /// Makes what was written durable.
    ///
    /// # Errors
    /// When PostgreSQL does not confirm: then the outcome is unknown.
    pub async fn commit(self) -> Result<(), RegistryError> {
        self.tx.commit().await?;
        if self.forgotten.load(Ordering::Relaxed) {
            self.keys.drop_key(self.tenant);
        }
        Ok(())
    }

    /// Whose transaction this is.
    pub fn tenant(&self) -> TenantId {
        self.tenant
    }

    /// The clock that rows are stamped with.
    pub fn clock(&self) -> &Clock {
        &self.clock
    }

    /// Until this transaction ends, no other goes on from here under the same name.
    pub(crate) async fn one_at_a_time(&self, name: &str) -> Result<(), RegistryError> {
        let sql = "SELECT pg_advisory_xact_lock(hashtextextended($1, 0))";
        let asked = Statement::from_sql_and_values(DbBackend::Postgres, sql, [name.into()]);
        self.tx.execute_raw(asked).await?;
        Ok(())
    }

    pub(crate) fn conn(&self) -> &DatabaseTransaction {
        &self.tx
    }

    /// The book that this is a transaction of.
    pub(crate) fn registry(&self) -> Registry {
        Registry {
            db: self.db.clone(),
            clock: self.clock.clone(),
            keys: self.shared_keys(),
        }
    }

    pub(crate) fn keys(&self) -> &KeyRing {
        &self.keys
    }

    pub(crate) fn shared_keys(&self) -> Arc<KeyRing> {
        Arc::clone(&self.keys)
    }

    /// The tenant's key is destroyed with this transaction: nobody in this process may go on with it.
    pub(crate) fn forget_key(&self) {
        self.forgotten.store(true, Ordering::Relaxed);
        self.keys.drop_key(self.tenant);
    }

    /// Seals a value of this tenant for its place.
    pub(crate) async fn seal(
        &self,
        table: &'static str,
        column: &'static str,
        plain: &[u8],
    ) -> Result<Vec<u8>, RegistryError> {
        Ok(self.key().await?.seal(&self.place(table, column), plain))
    }

    /// Opens a value of this tenant that was sealed for this place.
    pub(crate) async fn open(
        &self,
        table: &'static str,
        column: &'static str,
        sealed: &[u8],
    ) -> Result<Plain, RegistryError> {
        Ok(self.key().await?.open(&self.place(table, column), sealed)?)
    }

    /// A key of this tenant for one purpose, e.g. to sign the ids of its notifications.
    ///
    /// # Errors
    /// When the tenant's key does not open.
    pub async fn derive_key(&self, purpose: &str) -> Result<[u8; 32], RegistryError> {
        Ok(self.key().await?.derive(purpose))
    }

    pub(crate) fn place(&self, table: &'static str, column: &'static str) -> Place {
        Place {
            tenant: self.tenant.0,
            table,
            column,
        }
    }
}

impl fmt::Debug for TenantTx {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("TenantTx")
            .field("tenant", &self.tenant)
            .finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests {
    use postroom_test_database::TestDatabase;

    use super::*;

    #[tokio::test]
    async fn a_statement_that_has_no_end_is_given_up_and_may_be_tried_again() {
        let database = TestDatabase::create().await.unwrap();
        let keys = MasterKeys::parse("test:AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=").unwrap();
        let registry = Registry::connect(&database.url(), 1, keys, Clock::system())
            .await
            .unwrap();
        let asked = Statement::from_string(DbBackend::Postgres, "SHOW statement_timeout");
        let row = registry.db.query_one_raw(asked).await.unwrap().unwrap();
        let longest: String = row.try_get_by_index(0).unwrap();
        assert_eq!(longest, SLOWEST_STATEMENT);
        let soon = "SET statement_timeout = 1; SELECT pg_sleep(60)";
        let error = registry.db.execute_unprepared(soon).await.unwrap_err();
        assert!(RegistryError::from(error).is_transient());
    }
}
