//! A sign-in that replaces a connection's: it keeps its rules, its ledger and its place in the mailbox.

use postroom_registry::{
    OutboundId, RegistryError, SourceId, TenantTx,
    connection::Protocol,
    grant, outbound,
    sign_in::{self, Purpose},
};

use super::{
    super::{Aim, Replaced, same_address},
    bind::{bind_mailbox, bind_same_user, bind_these, serves_only},
};

/// Whether a sign-in by an owner's link is that of the very person whose it was, or of the mailbox itself as its own
/// directory says. Then nobody else has to look at it. An address alone proves nothing: only Graph, asked about the
/// signer in the same directory, says whose mailbox it is.
pub(crate) fn is_owners_own(aim: &Aim, row: &sign_in::Model, new: &grant::Model) -> bool {
    let (Some(replaced), Some(before)) = (&aim.replaced, &aim.before) else {
        return false;
    };
    if before.directory_id != new.directory_id || before.cloud != new.cloud {
        return false;
    }
    let same_person = before.object_id == new.object_id;
    let mailbox_itself = row.protocol == Protocol::Graph
        && same_address(replaced.mailbox(), &new.user_principal_name);
    same_person || mailbox_itself
}

/// Gives the connection, and what may go along, the new sign-in.
///
/// The same person's newest sign-in is the one that counts for all their connections. Another person's takes the place
/// of the old one where that served this mailbox only; else this connection moves alone, and with it what sends or
/// receives for the same mailbox, if the sign-in was for both.
pub(super) async fn known(
    tx: &TenantTx,
    row: &sign_in::Model,
    replaced: &Replaced,
    new: &grant::Model,
) -> Result<(Option<SourceId>, Option<OutboundId>), RegistryError> {
    bind_same_user(tx, new).await?;
    let old = replaced.grant_id();
    if old != new.id {
        let mailbox = replaced.mailbox();
        if row.purpose == Purpose::Both || serves_only(tx, old, mailbox).await? {
            bind_mailbox(tx, old, mailbox, new).await?;
        }
    }
    bind_these(tx, replaced, new).await?;
    Ok(match replaced {
        Replaced::Source(source) => (Some(source.id), source.outbound_id),
        Replaced::Outbound(outbound) => {
            if (outbound.protocol, row.protocol) == (Protocol::Ews, Protocol::Graph) {
                outbound::move_to_graph(tx, outbound.id).await?;
            }
            (None, Some(outbound.id))
        }
    })
}
