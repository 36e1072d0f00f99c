//! The folder counted against the ledger: delta loses mails now and then.

use chrono::TimeDelta;
use sea_orm::{ActiveValue::Set, IntoActiveModel as _, entity::prelude::*};

use super::{Lease, Model, locked};
use crate::{RegistryError, TenantTx};

pub(super) const EVERY: TimeDelta = TimeDelta::days(1);

/// A person wants the whole folder counted: due now.
///
/// # Errors
/// When the database does not answer.
pub async fn reconcile_now(tx: &TenantTx, source: Model) -> Result<Model, RegistryError> {
    let mut row = source.into_active_model();
    row.reconcile_at = Set(Some(tx.clock().now()));
    row.reconcile_whole = Set(true);
    Ok(row.update(tx.conn()).await?)
}

/// What a count found.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Reconciled {
    /// Mails in the folder, of the time that was counted.
    pub in_folder: i64,
    /// Of these in the ledger before.
    pub in_ledger: i64,
    /// Of these taken in now.
    pub imported: i64,
}

/// Ends a count under its lease, which is given back: `Ok` with what was found, the next is due in a day; `Err`: it is
/// due again after so long.
///
/// # Errors
/// [`RegistryError::Superseded`] when the lease is no longer held.
pub async fn end_reconcile(
    tx: &TenantTx,
    lease: Lease,
    found: Result<Reconciled, TimeDelta>,
) -> Result<(), RegistryError> {
    let now = tx.clock().now();
    let source = locked(tx, lease.source).await?;
    if source.lease_epoch != lease.epoch {
        return Err(RegistryError::Superseded);
    }
    let mut row = source.into_active_model();
    row.lease_until = Set(None);
    match found {
        Ok(found) => {
            row.reconcile_at = Set(Some(now + EVERY));
            row.reconcile_whole = Set(false);
            row.reconciled_at = Set(Some(now));
            row.reconciled_in_folder = Set(Some(found.in_folder));
            row.reconciled_in_ledger = Set(Some(found.in_ledger));
            row.reconciled_imported = Set(Some(found.imported));
        }
        Err(wait) => row.reconcile_at = Set(Some(now + wait)),
    }
    row.update(tx.conn()).await?;
    Ok(())
}
