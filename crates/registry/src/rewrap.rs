//! Master keys change: data keys are wrapped anew, one tenant after the other, while everything runs.

use sea_orm::{ConnectionTrait as _, DbBackend, Statement, Value};

use postroom_secrets::MasterKeys;

use crate::{
    Registry, RegistryError, TenantId,
    audit::{self, Action, Actor, Entry},
    tenant,
};

impl Registry {
    /// Wraps the tenant's data key with the first master key. The data key itself stays, so whatever runs goes on.
    /// Says whether there was something to do: `false` also when another rotation was faster.
    ///
    /// # Errors
    /// [`RegistryError::Sealed`] when the data key does not open with the master keys that are listed.
    pub async fn rewrap(&self, tenant: TenantId) -> Result<bool, RegistryError> {
        let tx = self.begin(tenant).await?;
        let wrapped = match tenant::wrapped_key(&tx).await {
            Err(RegistryError::Missing | RegistryError::Forgotten) => return Ok(false),
            other => other?,
        };
        let now = self.clock().now();
        let rewrapped = self
            .keys()
            .try_with(now, |master| master.rewrap(&wrapped, tenant.0))
            .await?;
        let Some(rewrapped) = rewrapped else {
            return Ok(false);
        };
        let entry = Entry::new(Actor::Operator, Action::KeyRewrapped).changed(
            "master_key",
            Some(MasterKeys::id_of(&wrapped)?),
            Some(MasterKeys::id_of(&rewrapped)?),
        );
        let statement = Statement::from_sql_and_values(
            DbBackend::Postgres,
            "UPDATE tenant SET wrapped_key = $1 WHERE id = current_tenant() AND wrapped_key = $2",
            [rewrapped.into(), wrapped.into()],
        );
        if tx.conn().execute_raw(statement).await?.rows_affected() == 0 {
            return Ok(false);
        }
        audit::record(&tx, &entry).await?;
        tx.commit().await?;
        Ok(true)
    }

    /// The next tenants after `after` whose data key another master key than the first one wraps.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn tenants_to_rewrap(
        &self,
        after: Option<TenantId>,
        most: i32,
    ) -> Result<Vec<TenantId>, RegistryError> {
        let sealing = self.keys().master().sealing_id().to_owned();
        let values: [Value; 3] = [sealing.into(), after.map(|id| id.0).into(), most.into()];
        self.tenant_ids("SELECT tenants_to_rewrap($1, $2, $3) AS id", values)
            .await
    }

    /// How many data keys each master key wraps, by its id.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn master_key_counts(&self) -> Result<Vec<(String, u64)>, RegistryError> {
        let sql = "SELECT master_key, amount FROM master_key_counts()";
        let statement = Statement::from_string(DbBackend::Postgres, sql);
        let rows = self.db().query_all_raw(statement).await?;
        rows.iter()
            .map(|row| {
                let amount: i64 = row.try_get("", "amount")?;
                Ok((
                    row.try_get("", "master_key")?,
                    amount.try_into().unwrap_or_default(),
                ))
            })
            .collect()
    }
}
