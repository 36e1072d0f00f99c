//! What an account may look at that administers projects, but not Jira: the sources that write to its projects, and
//! their mails. For it, everything else is not there.
//!
//! A mail is its source's, and a source is the project's that it writes to now: with another project the history goes
//! along, into the sight of those who answer for the mailbox from then on. `docs/operate.md` says so to operators.

use postroom_registry::{MailId, RegistryError, SourceId, TenantTx, mail, source};

use crate::doors::Scope;

/// The source, if it is in the scope.
///
/// # Errors
/// [`RegistryError::Missing`] otherwise.
pub(super) async fn source(
    tx: &TenantTx,
    scope: &Scope,
    id: SourceId,
) -> Result<source::Model, RegistryError> {
    let row = source::find(tx, id).await?;
    match scope.has(row.project_id.as_deref()) {
        true => Ok(row),
        false => Err(RegistryError::Missing),
    }
}

/// The sources in the scope.
///
/// # Errors
/// When the database does not answer.
pub(super) async fn sources(
    tx: &TenantTx,
    scope: &Scope,
) -> Result<Vec<source::Model>, RegistryError> {
    let mut rows = source::list(tx).await?;
    rows.retain(|row| scope.has(row.project_id.as_deref()));
    Ok(rows)
}

/// The mail, if its source is in the scope.
///
/// # Errors
/// [`RegistryError::Missing`] otherwise.
pub(super) async fn mail(
    tx: &TenantTx,
    scope: &Scope,
    id: MailId,
) -> Result<mail::Model, RegistryError> {
    let row = mail::find(tx, id).await?;
    if *scope != Scope::Site {
        source(tx, scope, row.source_id).await?;
    }
    Ok(row)
}
