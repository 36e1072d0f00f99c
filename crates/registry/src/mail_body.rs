//! Raw bodies, sealed, apart from the ledger.

use postroom_secrets::Plain;
use sea_orm::{ActiveValue::Set, entity::prelude::*};

use crate::{MailId, RegistryError, TenantId, TenantTx};

/// A body's row.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "mail_body")]
pub struct Model {
    /// Whose it is.
    #[sea_orm(primary_key, auto_increment = false)]
    pub tenant_id: TenantId,
    /// Of which mail.
    #[sea_orm(primary_key, auto_increment = false)]
    pub mail_id: MailId,
    sealed: Vec<u8>,
}

/// Rows are joined by the schema's keys; no query needs a relation.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

pub(crate) async fn insert(tx: &TenantTx, mail: MailId, raw: &[u8]) -> Result<(), RegistryError> {
    let row = ActiveModel {
        tenant_id: Set(tx.tenant()),
        mail_id: Set(mail),
        sealed: Set(tx.seal("mail_body", "sealed", raw).await?),
    };
    Entity::insert(row)
        .exec_without_returning(tx.conn())
        .await?;
    Ok(())
}

pub(crate) async fn open(tx: &TenantTx, mail: MailId) -> Result<Plain, RegistryError> {
    let row = Entity::find_by_id((tx.tenant(), mail))
        .one(tx.conn())
        .await?
        .ok_or(RegistryError::Missing)?;
    tx.open("mail_body", "sealed", &row.sealed).await
}
