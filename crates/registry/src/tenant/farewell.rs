//! The end of retention: a tenant is forgotten.

use chrono::{DateTime, Utc};
use sea_orm::{ConnectionTrait as _, DbBackend, Statement};

use crate::{
    Registry, RegistryError, TenantId, TenantTx,
    audit::{self, Action, Actor, Entry},
};

impl Registry {
    /// Tenants that were uninstalled before that time and are not forgotten yet, the longest gone first.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn due_farewells(
        &self,
        uninstalled_before: DateTime<Utc>,
        most: i32,
    ) -> Result<Vec<TenantId>, RegistryError> {
        self.tenant_ids(
            "SELECT due_farewells($1, $2) AS id",
            [uninstalled_before.into(), most.into()],
        )
        .await
    }
}

/// Destroys the key of the transaction's tenant and everything that the tenant had, if it was uninstalled before that
/// time and nobody installed it again. Its id stays, and what its audit trail says without names. Says whether it did.
///
/// A later install of the same site is a new tenant.
///
/// # Errors
/// When the database does not answer.
pub async fn forget(
    tx: &TenantTx,
    uninstalled_before: DateTime<Utc>,
) -> Result<bool, RegistryError> {
    let statement = Statement::from_sql_and_values(
        DbBackend::Postgres,
        "SELECT forget_this_tenant($1, $2) AS forgotten",
        [uninstalled_before.into(), tx.clock().now().into()],
    );
    let row = tx.conn().query_one_raw(statement).await?;
    let forgotten = match row {
        Some(row) => row.try_get("", "forgotten")?,
        None => false,
    };
    if forgotten {
        tx.forget_key();
        let entry = Entry::new(Actor::Service, Action::KeyDestroyed).changed(
            "wrapped_key",
            Some("kept"),
            Some("destroyed"),
        );
        audit::record(tx, &entry).await?;
    }
    Ok(forgotten)
}
