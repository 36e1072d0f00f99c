//! A sign-in for a mailbox: its connections are made, or found and given the new sign-in.

use postroom_mailbox::graph::Folder;
use postroom_registry::{
    OutboundId, RegistryError, SourceId, TenantTx, grant, outbound,
    sign_in::{self, Purpose},
    source::{self, Change, NewSource},
};

use super::bind::{bind, bind_same_user, serves_only};

/// Connects the signer's own mailbox.
pub(super) async fn new(
    tx: &TenantTx,
    row: &sign_in::Model,
    grant: &grant::Model,
    inbox: &Folder,
    poll_seconds: i32,
) -> Result<(Option<SourceId>, Option<OutboundId>), RegistryError> {
    bind_same_user(tx, grant).await?;
    let sends = match row.purpose {
        Purpose::Source => None,
        Purpose::Outbound | Purpose::Both => Some(sender(tx, grant).await?),
    };
    let receives = match row.purpose {
        Purpose::Outbound => None,
        Purpose::Source | Purpose::Both => {
            Some(receiver(tx, grant, inbox, sends, poll_seconds).await?)
        }
    };
    Ok((receives, sends))
}

/// The outbound of the mailbox. There is one, however often it is signed in.
async fn sender(tx: &TenantTx, grant: &grant::Model) -> Result<OutboundId, RegistryError> {
    let mailbox = &grant.user_principal_name;
    let Some(found) = outbound::of_mailbox(tx, mailbox).await? else {
        return Ok(outbound::create(tx, grant.id, mailbox).await?.id);
    };
    if found.grant_id != grant.id && serves_only(tx, found.grant_id, mailbox).await? {
        bind(tx, &[found.grant_id], grant).await?;
    }
    Ok(found.id)
}

/// The source of the mailbox's inbox. Two on one folder would take every mail twice, so there is one.
async fn receiver(
    tx: &TenantTx,
    grant: &grant::Model,
    inbox: &Folder,
    sends: Option<OutboundId>,
    poll_seconds: i32,
) -> Result<SourceId, RegistryError> {
    let mailbox = &grant.user_principal_name;
    let outbound_id = match sends {
        Some(id) => Some(id),
        None => outbound::of_mailbox(tx, mailbox)
            .await?
            .map(|outbound| outbound.id),
    };
    let here = |it: &source::Model| {
        it.folder_id == inbox.id && it.mailbox.to_lowercase() == mailbox.to_lowercase()
    };
    let Some(found) = source::list(tx).await?.into_iter().find(here) else {
        let new = NewSource {
            grant_id: grant.id,
            outbound_id,
            mailbox: mailbox.clone(),
            folder_id: inbox.id.clone(),
            folder_name: inbox.name.clone(),
            poll_interval_seconds: poll_seconds,
        };
        return Ok(source::create(tx, new).await?.id);
    };
    if found.grant_id != grant.id && serves_only(tx, found.grant_id, mailbox).await? {
        bind(tx, &[found.grant_id], grant).await?;
    }
    let id = found.id;
    if found.outbound_id.is_none() && outbound_id.is_some() {
        let found = source::find(tx, id).await?;
        source::change(
            tx,
            found,
            Change {
                outbound_id,
                ..Change::default()
            },
        )
        .await?;
    }
    Ok(id)
}
