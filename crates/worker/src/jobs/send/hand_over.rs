//! The last step: Microsoft takes the mail, once, in the mailbox's turn.

use postroom_connections::Opened;
use postroom_mailbox::Outgoing;
use postroom_registry::{
    TenantId,
    connection::Event,
    notification::{self, Attempt, NotificationState},
    outbound::{self, Turn},
};

use super::{End, letter::Letter, sender};
use crate::{Environment, failure::Failure};

/// Hands the mail to Microsoft; where an earlier call's outcome is unknown, Sent Items are asked first.
pub(super) async fn run(
    environment: &Environment,
    tenant: TenantId,
    row: &notification::Model,
    outbound: &outbound::Model,
    letter: &Letter,
) -> Result<End, Failure> {
    let posted = post(environment, tenant, row, outbound, letter).await;
    report(environment, tenant, outbound, &posted).await?;
    match posted? {
        Posted::Wait(end) => Ok(end),
        Posted::Sent(final_id) => {
            if let Some(id) = final_id.filter(|id| *id != letter.message_id) {
                let tx = environment.registry.begin(tenant).await?;
                notification::sent_as(&tx, row.id, &id).await?;
                tx.commit().await?;
            }
            Ok(End::Finished(
                NotificationState::Sent,
                format!("Sent from {}.", sender(outbound)),
            ))
        }
    }
}

enum Posted {
    /// It is out, under this Message-ID where that is known.
    Sent(Option<String>),
    Wait(End),
}

async fn post(
    environment: &Environment,
    tenant: TenantId,
    row: &notification::Model,
    outbound: &outbound::Model,
    letter: &Letter,
) -> Result<Posted, Failure> {
    let mailbox = environment.connections.outbound(tenant, outbound).await?;
    if row.tried_at.is_some()
        && let Some(found) = mailbox.find_sent(&letter.message_id).await?
    {
        let final_id = found.internet_message_id.as_deref().map(bare);
        return Ok(Posted::Sent(final_id));
    }
    // The turn and the note that the call is about to be made are one transaction: a turn is never taken twice, and
    // no call is made without one.
    let tx = environment.registry.begin(tenant).await?;
    if let Turn::Wait { until } = outbound::take_turn(&tx, outbound.id).await? {
        return Ok(Posted::Wait(End::Turn(until)));
    }
    let attempt = Attempt {
        outbound_id: outbound.id,
        to_name: letter.to.name.as_deref().unwrap_or_default(),
        to_address: &letter.to.address,
        subject: &letter.subject,
        message_id: &letter.message_id,
    };
    notification::attempt(&tx, row, &attempt).await?;
    tx.commit().await?;
    let outgoing = Outgoing {
        mime: &letter.mime,
        message_id: &letter.message_id,
        from: outbound.from_address.as_deref(),
    };
    let sent = mailbox.send(&outgoing).await?;
    Ok(Posted::Sent(final_id(&mailbox, &sent, letter).await))
}

/// The Message-ID that Exchange gave to the mail: read back, because it may be another than ours and answers name it.
/// The mail is out whether or not this can be read.
async fn final_id(
    mailbox: &Opened,
    sent: &postroom_mailbox::Sent,
    letter: &Letter,
) -> Option<String> {
    match mailbox.sent_message_id(sent, &letter.message_id).await {
        Ok(id) => id.as_deref().map(bare),
        Err(failure) => {
            tracing::debug!(cause = %failure, "the final Message-ID could not be read");
            None
        }
    }
}

/// A Message-ID as the ledger keeps it.
fn bare(message_id: &str) -> String {
    message_id
        .trim()
        .trim_start_matches('<')
        .trim_end_matches('>')
        .to_owned()
}

/// What the try says about the outbound.
async fn report(
    environment: &Environment,
    tenant: TenantId,
    outbound: &outbound::Model,
    posted: &Result<Posted, Failure>,
) -> Result<(), Failure> {
    let event = match posted {
        Ok(Posted::Wait(_)) => return Ok(()),
        Ok(Posted::Sent(_)) => Event::Worked,
        Err(failure) => {
            let verdict = environment
                .verdict_on_outbound(tenant, outbound, failure)
                .await?;
            match verdict {
                Some(verdict) => Event::Failed(verdict),
                None => return Ok(()),
            }
        }
    };
    let tx = environment.registry.begin(tenant).await?;
    outbound::apply(&tx, outbound.id, &event).await?;
    Ok(tx.commit().await?)
}
