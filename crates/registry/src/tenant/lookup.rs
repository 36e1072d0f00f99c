//! The questions that a door asks before it knows a tenant: each is answered with ids.

use sea_orm::{ConnectionTrait as _, DbBackend, Statement, entity::prelude::*};

use crate::{Registry, RegistryError, TenantId};

/// The longest name that anybody has, in bytes.
const LONGEST_NAME: usize = 255;

/// Whether somebody may go by this name at all. Strangers send us names, and PostgreSQL refuses some of them.
pub fn may_be_a_name(name: &str) -> bool {
    name.len() <= LONGEST_NAME && !name.chars().any(char::is_control)
}

impl Registry {
    /// Which tenant has this client key, or had it until a site import a moment ago.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn tenant_by_client_key(
        &self,
        client_key: &str,
    ) -> Result<Option<TenantId>, RegistryError> {
        if !may_be_a_name(client_key) {
            return Ok(None);
        }
        let now = self.clock().now();
        let found = self
            .tenant_ids(
                "SELECT tenant_by_client_key($1, $2) AS id",
                [client_key.into(), now.into()],
            )
            .await?;
        Ok(found.first().copied())
    }

    /// Which tenant has this Forge installation.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn tenant_by_installation(
        &self,
        installation_id: &str,
    ) -> Result<Option<TenantId>, RegistryError> {
        if !may_be_a_name(installation_id) {
            return Ok(None);
        }
        let found = self
            .tenant_ids(
                "SELECT tenant_by_installation($1) AS id",
                [installation_id.into()],
            )
            .await?;
        Ok(found.first().copied())
    }

    /// The ids of a query's column `id`, without the nulls.
    pub(crate) async fn tenant_ids(
        &self,
        sql: &str,
        values: impl IntoIterator<Item = Value>,
    ) -> Result<Vec<TenantId>, RegistryError> {
        let statement = Statement::from_sql_and_values(DbBackend::Postgres, sql, values);
        let rows = self.db().query_all_raw(statement).await?;
        let ids = rows
            .iter()
            .map(|row| row.try_get::<Option<Uuid>>("", "id"))
            .collect::<Result<Vec<_>, _>>()?;
        Ok(ids.into_iter().flatten().map(TenantId).collect())
    }
}
