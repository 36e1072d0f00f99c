//! A site moves from Connect to Forge and keeps its connections, rules and ledger: an administrator's own step.

use chrono::{DateTime, Utc};
use postroom_secrets::Plain;
use sea_orm::{ConnectionTrait as _, DbBackend, Statement, Value, entity::prelude::*};

use super::{Model, TABLE, this};
use crate::{
    Registry, RegistryError, TenantId,
    audit::{self, Action, Actor, Entry},
};

impl Registry {
    /// The tenant whose data this one, a Forge installation, may go on with: the same site by Atlassian's cloud id,
    /// not forgotten, and not behind a living Forge door already.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn movable(&self, tenant: TenantId) -> Result<Option<TenantId>, RegistryError> {
        let tx = self.begin(tenant).await?;
        let statement = Statement::from_sql_and_values(
            DbBackend::Postgres,
            "SELECT movable_tenant($1) AS id",
            [self.clock().now().into()],
        );
        let row = tx.conn().query_one_raw(statement).await?;
        tx.commit().await?;
        Ok(row
            .and_then(|row| row.try_get::<Option<Uuid>>("", "id").transpose())
            .transpose()?
            .map(TenantId))
    }

    /// Gives `connect` the Forge door of `forge`, in one transaction: from then on the installation finds the
    /// connections and the ledger of `connect`. The row of `forge` is forgotten. `by` is the administrator who asked.
    ///
    /// # Errors
    /// [`RegistryError::Missing`] when `connect` is not what [`Registry::movable`] may name,
    /// [`RegistryError::NotEmpty`] when `forge` has connections or a ledger of its own: neither is thrown away, nor mixed
    /// with the other.
    pub async fn move_to_forge(
        &self,
        forge: TenantId,
        connect: TenantId,
        by: Actor,
    ) -> Result<(), RegistryError> {
        let (door, token) = self.forge_door(forge).await?;
        let tx = self.begin(connect).await?;
        let (sealed, until) = match token {
            Some((plain, until)) => {
                let sealed = tx.seal(TABLE, "sealed_system_token", plain.as_slice());
                (Some(sealed.await?), Some(until))
            }
            None => (None, None),
        };
        let values: [Value; 4] = [
            forge.0.into(),
            sealed.into(),
            until.into(),
            self.clock().now().into(),
        ];
        let sql = "SELECT move_to_forge($1, $2, $3, $4) AS outcome";
        let statement = Statement::from_sql_and_values(DbBackend::Postgres, sql, values);
        let row = tx.conn().query_one_raw(statement).await?;
        let outcome: Option<String> = row.map(|row| row.try_get("", "outcome")).transpose()?;
        match outcome.as_deref() {
            Some("moved") => {}
            Some("not_empty") => return Err(RegistryError::NotEmpty),
            _ => return Err(RegistryError::Missing),
        }
        let entry = Entry::new(by, Action::SiteMovedToForge).changed(
            "installation_id",
            None,
            door.installation_id.as_deref(),
        );
        audit::record(&tx, &entry).await?;
        tx.commit().await?;
        self.keys().drop_key(forge);
        Ok(())
    }

    /// The Forge tenant, and its system token where there is one.
    async fn forge_door(
        &self,
        forge: TenantId,
    ) -> Result<(Model, Option<(Plain, DateTime<Utc>)>), RegistryError> {
        let tx = self.begin(forge).await?;
        let row = this(&tx).await?;
        let token = match (&row.sealed_system_token, row.system_token_until) {
            (Some(sealed), Some(until)) => {
                let plain = tx.open(TABLE, "sealed_system_token", sealed).await?;
                Some((plain, until))
            }
            _ => None,
        };
        tx.commit().await?;
        Ok((row, token))
    }
}
