//! A sign-in that replaces a source's: it keeps its rules, its ledger and its place in the mailbox.

use postroom_registry::{OutboundId, RegistryError, SourceId, TenantTx, grant, sign_in, source};

use super::bind::{bind, bind_same_user, serves_only};
use crate::Problem;

/// The source whose sign-in is replaced, if the new signer may take the place of the old one.
pub(super) async fn replaced(
    tx: &TenantTx,
    row: &sign_in::Model,
    new: &grant::Model,
) -> Result<Option<source::Model>, Problem> {
    let Some(id) = row.reauthorise_id else {
        return Ok(None);
    };
    let source = source::find(tx, id).await.map_err(|error| match error {
        RegistryError::Missing => Problem::conflict("The message source was deleted meanwhile."),
        other => other.into(),
    })?;
    let old = grant::find(tx, source.grant_id).await?;
    let same = old.directory_id == new.directory_id && old.object_id == new.object_id;
    if same || serves_only(tx, old.id, &source.mailbox).await? {
        return Ok(Some(source));
    }
    let message = format!(
        "{} also opens other mailboxes, so {} cannot take its place here.",
        old.user_principal_name, new.user_principal_name,
    );
    let action = format!("Sign in as {}.", old.user_principal_name);
    Err(Problem::conflict(message).act(action))
}

/// Gives the source, and what else hangs on the old sign-in, the new one.
pub(super) async fn known(
    tx: &TenantTx,
    source: source::Model,
    new: &grant::Model,
) -> Result<(Option<SourceId>, Option<OutboundId>), RegistryError> {
    bind_same_user(tx, new).await?;
    let now = source::find(tx, source.id).await?;
    if now.grant_id != new.id {
        bind(tx, &[now.grant_id], new).await?;
    }
    Ok((Some(now.id), now.outbound_id))
}
