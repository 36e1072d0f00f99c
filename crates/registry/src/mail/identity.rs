//! A message may get another id. Its row stays the same.

use sea_orm::{
    ConnectionTrait as _, DbBackend, QueryOrder as _, QuerySelect as _, Statement,
    entity::prelude::*,
};

use super::{Column, Entity, NewMail};
use crate::{MailId, RegistryError, SourceId, TenantTx};

/// The folder lost the messages of these ids: deleted, or moved away. Their mails go on; should one come back under
/// another id, it is known. Tell it before what came is taken in.
///
/// # Errors
/// When the database does not answer.
pub async fn gone(
    tx: &TenantTx,
    source: SourceId,
    immutable_ids: &[String],
) -> Result<(), RegistryError> {
    Entity::update_many()
        .col_expr(Column::GoneAt, Expr::value(tx.clock().now()))
        .filter(Column::SourceId.eq(source))
        .filter(Column::ImmutableId.is_in(immutable_ids))
        .exec(tx.conn())
        .await?;
    Ok(())
}

/// Gives the row of a message that was lost, and is now here under another id, that id. Says whether there was one.
pub(super) async fn came_back(
    tx: &TenantTx,
    new: &NewMail<'_>,
    hash: &[u8],
) -> Result<bool, RegistryError> {
    let lost: Option<MailId> = Entity::find()
        .select_only()
        .column(Column::Id)
        .filter(Column::SourceId.eq(new.source_id))
        .filter(Column::ContentHash.eq(hash))
        .filter(Column::MessageId.eq(new.message_id.map(super::text)))
        .filter(Column::GoneAt.is_not_null())
        .order_by_asc(Column::Id)
        .limit(1)
        .into_tuple()
        .one(tx.conn())
        .await?;
    let (Some(lost), Some(_)) = (lost, new.message_id) else {
        return Ok(false);
    };
    // Somebody took this id in already: then there is nothing to say.
    let sql = "UPDATE mail SET immutable_id = $2, gone_at = NULL WHERE id = $1
        AND NOT EXISTS (SELECT FROM mail o WHERE o.source_id = $3 AND o.immutable_id = $2)";
    let values = [lost.into(), new.immutable_id.into(), new.source_id.into()];
    let asked = Statement::from_sql_and_values(DbBackend::Postgres, sql, values);
    tx.conn().execute_raw(asked).await?;
    Ok(true)
}

/// Gives mails of a source other ids, old to new: the source speaks another protocol from now on. Says how many rows
/// there were.
///
/// # Errors
/// When the database does not answer.
pub async fn retarget_ids(
    tx: &TenantTx,
    source: SourceId,
    pairs: &[(String, String)],
) -> Result<u64, RegistryError> {
    let (old, new): (Vec<String>, Vec<String>) = pairs.iter().cloned().unzip();
    // Two rows that become the same message keep one id: the second stays under its old one.
    let sql = "UPDATE mail SET immutable_id = pair.new
        FROM (SELECT DISTINCT ON (new) old, new FROM unnest($2::text[], $3::text[]) AS given (old, new)) pair
        WHERE mail.source_id = $1 AND mail.immutable_id = pair.old AND NOT EXISTS (
            SELECT FROM mail o WHERE o.source_id = $1 AND o.immutable_id = pair.new)";
    let values = [source.into(), old.into(), new.into()];
    let asked = Statement::from_sql_and_values(DbBackend::Postgres, sql, values);
    Ok(tx.conn().execute_raw(asked).await?.rows_affected())
}

/// The ids of a source's mails with the rows that have them, in the order of the rows, after one.
///
/// # Errors
/// When the database does not answer.
pub async fn immutable_ids(
    tx: &TenantTx,
    source: SourceId,
    after: Option<MailId>,
    most: u64,
) -> Result<Vec<(MailId, String)>, RegistryError> {
    let mut select = Entity::find()
        .select_only()
        .column(Column::Id)
        .column(Column::ImmutableId)
        .filter(Column::SourceId.eq(source));
    if let Some(after) = after {
        select = select.filter(Column::Id.gt(after));
    }
    Ok(select
        .order_by_asc(Column::Id)
        .limit(most)
        .into_tuple()
        .all(tx.conn())
        .await?)
}
