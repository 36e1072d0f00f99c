//! Moving connections from an old grant to a new one, each as far as the new grant's scopes carry what it does.

use postroom_registry::{GrantId, RegistryError, TenantTx, grant, outbound, source};

use super::super::{
    Replaced, same_address,
    work::{carries_outbound, carries_source},
};

/// Moves the connections of everything that the same person left before: their newest sign-in is the one that
/// counts.
pub(super) async fn bind_same_user(tx: &TenantTx, to: &grant::Model) -> Result<(), RegistryError> {
    let grants = grant::of_same_user(tx, to).await?;
    bind(tx, to, |grant, _| grants.contains(&grant)).await
}

/// Moves what another person's grant does on one mailbox.
pub(super) async fn bind_mailbox(
    tx: &TenantTx,
    from: GrantId,
    mailbox: &str,
    to: &grant::Model,
) -> Result<(), RegistryError> {
    bind(tx, to, |grant, its| {
        grant == from && same_address(its, mailbox)
    })
    .await
}

/// Moves one connection.
pub(super) async fn bind_these(
    tx: &TenantTx,
    replaced: &Replaced,
    to: &grant::Model,
) -> Result<(), RegistryError> {
    match replaced {
        Replaced::Source(row) => {
            let row = source::find(tx, row.id).await?;
            source::sign_in(tx, row, to.id).await?;
        }
        Replaced::Outbound(row) => {
            let row = outbound::find(tx, row.id).await?;
            outbound::sign_in(tx, row, to.id).await?;
        }
    }
    Ok(())
}

async fn bind(
    tx: &TenantTx,
    to: &grant::Model,
    is_moved: impl Fn(GrantId, &str) -> bool,
) -> Result<(), RegistryError> {
    for row in source::list(tx).await? {
        if is_moved(row.grant_id, &row.mailbox) && carries_source(to, &row) {
            source::sign_in(tx, row, to.id).await?;
        }
    }
    for row in outbound::list(tx).await? {
        if is_moved(row.grant_id, &row.mailbox) && carries_outbound(to, &row) {
            outbound::sign_in(tx, row, to.id).await?;
        }
    }
    Ok(())
}

/// Whether a grant is used on this mailbox and no other. Then another person's sign-in may take its place; else
/// somebody else's mailbox would go along.
pub(super) async fn serves_only(
    tx: &TenantTx,
    grant: GrantId,
    mailbox: &str,
) -> Result<bool, RegistryError> {
    let sources = source::list(tx).await?;
    let outbounds = outbound::list(tx).await?;
    let sources = sources.iter().map(|it| (it.grant_id, &it.mailbox));
    let outbounds = outbounds.iter().map(|it| (it.grant_id, &it.mailbox));
    let mut its = sources.chain(outbounds).filter(|(of, _)| *of == grant);
    Ok(its.all(|(_, other)| same_address(other, mailbox)))
}
