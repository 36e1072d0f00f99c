//! What people change.

use chrono::{DateTime, Utc};
use sea_orm::{ActiveValue::Set, IntoActiveModel as _, entity::prelude::*};

use super::{Model, Settle};
use crate::{OutboundId, RegistryError, TenantTx, incident, subscription};

/// What a person may change. `None` leaves a field as it is.
#[derive(Debug, Default)]
pub struct Change {
    /// Another name.
    pub name: Option<String>,
    /// Where its mail goes.
    pub target: Option<Target>,
    /// What happens to a mail afterwards.
    pub settle: Option<Settle>,
    /// Another folder to read: it is walked from its beginning.
    pub folder: Option<Folder>,
    /// Where mails are moved to.
    pub settle_folder: Option<Folder>,
    /// The category that mails get; the inner none means ours.
    pub settle_category: Option<Option<String>>,
    /// From when on mail is read; the inner none means everything. The folder is walked anew: the ledger knows
    /// what it has.
    pub start_from: Option<Option<DateTime<Utc>>>,
    /// What answers go out by.
    pub outbound_id: Option<OutboundId>,
}

/// A folder of a mailbox.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Folder {
    /// Microsoft's id.
    pub id: String,
    /// For people.
    pub name: String,
}

/// A project and an issue type.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Target {
    /// Jira's id.
    pub project_id: String,
    /// For people.
    pub project_key: String,
    /// For people.
    pub project_name: String,
    /// Jira's id.
    pub issue_type_id: String,
    /// For people.
    pub issue_type_name: String,
}

/// Changes a source.
///
/// # Errors
/// When the database does not answer.
pub async fn change(tx: &TenantTx, source: Model, change: Change) -> Result<Model, RegistryError> {
    let now = tx.clock().now();
    let id = source.id;
    let mut row = source.into_active_model();
    if let Some(name) = change.name {
        row.name = Set(name);
    }
    if let Some(target) = change.target {
        row.project_id = Set(Some(target.project_id));
        row.project_key = Set(Some(target.project_key));
        row.project_name = Set(Some(target.project_name));
        row.issue_type_id = Set(Some(target.issue_type_id));
        row.issue_type_name = Set(Some(target.issue_type_name));
    }
    if let Some(settle) = change.settle {
        row.settle = Set(settle);
    }
    if let Some(folder) = change.settle_folder {
        row.settle_folder_id = Set(Some(folder.id));
        row.settle_folder_name = Set(Some(folder.name));
    }
    if let Some(category) = change.settle_category {
        row.settle_category = Set(category);
    }
    let anew = change.start_from.is_some() || change.folder.is_some();
    if let Some(folder) = change.folder {
        row.folder_id = Set(folder.id);
        row.folder_name = Set(folder.name);
        subscription::renew_now(tx, id).await?;
    }
    if let Some(start_from) = change.start_from {
        row.start_from = Set(start_from);
    }
    if anew {
        row.cursor = Set(None);
        row.next_poll_at = Set(now);
        row.lease_epoch = Set(row.lease_epoch.take().unwrap_or_default() + 1);
        row.lease_until = Set(None);
    }
    if let Some(outbound) = change.outbound_id {
        row.outbound_id = Set(Some(outbound));
    }
    Ok(row.update(tx.conn()).await?)
}

/// Deleted for people; the row and its ledger stay. Its cursor is dropped.
///
/// # Errors
/// When the database does not answer.
pub async fn delete(tx: &TenantTx, source: Model) -> Result<(), RegistryError> {
    let (id, epoch) = (source.id, source.lease_epoch);
    let mut row = source.into_active_model();
    row.deleted_at = Set(Some(tx.clock().now()));
    row.cursor = Set(None);
    row.lease_epoch = Set(epoch + 1);
    row.update(tx.conn()).await?;
    incident::close(tx, incident::Subject::Source(id)).await?;
    subscription::renew_now(tx, id).await
}
