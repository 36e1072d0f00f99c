//! Moving connections from an old grant to a new one.

use postroom_azure_oauth::scopes::{self, Purpose};
use postroom_registry::{GrantId, RegistryError, TenantTx, grant, outbound, source};

/// Moves the connections of these grants, as far as the new grant's scopes carry them.
pub(super) async fn bind(
    tx: &TenantTx,
    from: &[GrantId],
    to: &grant::Model,
) -> Result<(), RegistryError> {
    let carries = |purpose| scopes::missing(&to.scopes, scopes::needed(purpose)).is_empty();
    if carries(Purpose::Source) {
        source::rebind(tx, from, to.id).await?;
    }
    if carries(Purpose::Outbound) {
        outbound::rebind(tx, from, to.id).await?;
    }
    Ok(())
}

/// Moves the connections of everything that the same person left before: their newest sign-in is the one that
/// counts.
pub(super) async fn bind_same_user(tx: &TenantTx, to: &grant::Model) -> Result<(), RegistryError> {
    let grants = grant::of_same_user(tx, to).await?;
    bind(tx, &grants, to).await
}

/// Whether a grant is used on this mailbox and no other. Then another person's sign-in may take its place; else
/// somebody else's mailbox would go along.
pub(super) async fn serves_only(
    tx: &TenantTx,
    grant: GrantId,
    mailbox: &str,
) -> Result<bool, RegistryError> {
    let same = |other: &str| other.to_lowercase() == mailbox.to_lowercase();
    let sources = source::list(tx).await?;
    let outbounds = outbound::list(tx).await?;
    Ok(sources
        .iter()
        .filter(|it| it.grant_id == grant)
        .all(|it| same(&it.mailbox))
        && outbounds
            .iter()
            .filter(|it| it.grant_id == grant)
            .all(|it| same(&it.mailbox)))
}
