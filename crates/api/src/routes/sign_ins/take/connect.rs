//! A sign-in for a mailbox: its connections are made, or found and given the new sign-in.

use postroom_mailbox::Folder;
use postroom_registry::{
    GrantId, OutboundId, RegistryError, SourceId, TenantTx, grant,
    outbound::{self, NewOutbound},
    sign_in::{self, Purpose},
    source::{self, Change, NewSource},
};

use super::{
    super::same_address,
    bind::{bind_mailbox, bind_same_user, serves_only},
};

/// What is connected.
struct Place<'a> {
    row: &'a sign_in::Model,
    grant: &'a grant::Model,
    mailbox: &'a str,
    inbox: &'a Folder,
    poll_seconds: i32,
}

/// Connects a mailbox.
pub(super) async fn new(
    tx: &TenantTx,
    row: &sign_in::Model,
    grant: &grant::Model,
    (mailbox, inbox): (&str, &Folder),
    poll_seconds: i32,
) -> Result<(Option<SourceId>, Option<OutboundId>), RegistryError> {
    bind_same_user(tx, grant).await?;
    let place = Place {
        row,
        grant,
        mailbox,
        inbox,
        poll_seconds,
    };
    let sends = match row.purpose {
        Purpose::Source => None,
        Purpose::Outbound | Purpose::Both => Some(sender(tx, &place).await?),
    };
    let receives = match row.purpose {
        Purpose::Outbound => None,
        Purpose::Source | Purpose::Both => Some(receiver(tx, &place, sends).await?),
    };
    Ok((receives, sends))
}

/// The outbound of the mailbox. There is one, however often it is signed in.
async fn sender(tx: &TenantTx, place: &Place<'_>) -> Result<OutboundId, RegistryError> {
    let Place { grant, mailbox, .. } = *place;
    let Some(found) = outbound::of_mailbox(tx, mailbox).await? else {
        let new = NewOutbound {
            grant_id: grant.id,
            mailbox: mailbox.to_owned(),
            protocol: place.row.protocol,
            from_address: None,
        };
        let new = outbound::create(tx, new).await?;
        return Ok(new.id);
    };
    take_place(tx, found.grant_id, place).await?;
    Ok(found.id)
}

/// The new sign-in takes the place of another person's where that served this mailbox only, and where both are of the
/// directory that the mailbox is in: an address can be claimed in any.
async fn take_place(tx: &TenantTx, from: GrantId, place: &Place<'_>) -> Result<(), RegistryError> {
    let Place { grant, mailbox, .. } = *place;
    if from == grant.id {
        return Ok(());
    }
    let before = grant::find(tx, from).await?;
    let same_directory = before.directory_id == grant.directory_id && before.cloud == grant.cloud;
    if same_directory && serves_only(tx, from, mailbox).await? {
        bind_mailbox(tx, from, mailbox, grant).await?;
    }
    Ok(())
}

/// The source of the mailbox's inbox. Two on one folder would take every mail twice, so there is one.
async fn receiver(
    tx: &TenantTx,
    place: &Place<'_>,
    sends: Option<OutboundId>,
) -> Result<SourceId, RegistryError> {
    let mailbox = place.mailbox;
    let outbound_id = match sends {
        Some(id) => Some(id),
        None => outbound::of_mailbox(tx, mailbox)
            .await?
            .map(|outbound| outbound.id),
    };
    let here =
        |it: &source::Model| it.folder_id == place.inbox.id && same_address(&it.mailbox, mailbox);
    let Some(found) = source::list(tx).await?.into_iter().find(here) else {
        return make(tx, place, outbound_id).await;
    };
    take_place(tx, found.grant_id, place).await?;
    if found.outbound_id.is_none() && outbound_id.is_some() {
        let change = Change {
            outbound_id,
            ..Change::default()
        };
        let found = source::find(tx, found.id).await?;
        source::change(tx, found, change).await?;
    }
    Ok(found.id)
}

async fn make(
    tx: &TenantTx,
    place: &Place<'_>,
    outbound_id: Option<OutboundId>,
) -> Result<SourceId, RegistryError> {
    let new = NewSource {
        grant_id: place.grant.id,
        outbound_id,
        mailbox: place.mailbox.to_owned(),
        protocol: place.row.protocol,
        folder_id: place.inbox.id.clone(),
        folder_name: place.inbox.name.clone(),
        poll_interval_seconds: place.poll_seconds,
    };
    Ok(source::create(tx, new).await?.id)
}
