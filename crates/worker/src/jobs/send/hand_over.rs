//! The last step: Microsoft takes the mail, once, in the mailbox's turn.

use std::time::Duration;

use chrono::{DateTime, TimeDelta, Utc};
use postroom_connections::Opened;
use postroom_mailbox::{MessageHead, Outgoing, Sent};
use postroom_registry::{
    NotificationId, TenantId,
    connection::Event,
    notification::{self, Attempt},
    outbound::{self, Turn},
};

use super::{End, letter::Letter, sender};
use crate::{Environment, failure::Failure};

/// Exchange's clock and ours.
const CLOCKS_DIFFER: TimeDelta = TimeDelta::minutes(1);
/// Pauses before each look for the copy in Sent Items.
const LOOKS: [Duration; 3] = [
    Duration::ZERO,
    Duration::from_secs(1),
    Duration::from_secs(3),
];

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
    Ok(match posted? {
        Posted::Wait(end) => end,
        Posted::Out(out) => End::Out(format!("Sent from {}.", sender(outbound)), out),
    })
}

enum Posted {
    Out(Box<Out>),
    Wait(End),
}

/// A mail that is out.
pub(super) struct Out {
    mailbox: Opened,
    sent: Option<Sent>,
    message_id: String,
    /// The id that it has in Sent Items, where it was found there.
    found: Option<String>,
}

async fn post(
    environment: &Environment,
    tenant: TenantId,
    row: &notification::Model,
    outbound: &outbound::Model,
    letter: &Letter,
) -> Result<Posted, Failure> {
    let mailbox = environment.connections.outbound(tenant, outbound).await?;
    let out = |mailbox, sent, found| {
        Posted::Out(Box::new(Out {
            mailbox,
            sent,
            message_id: letter.message_id.clone(),
            found,
        }))
    };
    if let Some(tried_at) = row.tried_at
        && let Some(found) = look(environment, tenant, &mailbox, letter, tried_at).await?
    {
        return Ok(out(mailbox, None, Some(found)));
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
    Ok(out(mailbox, Some(sent), None))
}

/// The id of a mail whose earlier send has an unknown outcome, if it is in Sent Items: under our id, or, as Exchange may
/// have given it another, as a mail of the same subject since then that is no other notification's.
async fn look(
    environment: &Environment,
    tenant: TenantId,
    mailbox: &Opened,
    letter: &Letter,
    tried_at: DateTime<Utc>,
) -> Result<Option<String>, Failure> {
    if mailbox.find_sent(&letter.message_id).await?.is_some() {
        return Ok(Some(letter.message_id.clone()));
    }
    let since = tried_at - CLOCKS_DIFFER;
    let recent = mailbox.list_messages("sentitems", Some(since)).await?;
    let same = |head: &MessageHead| {
        head.subject.as_deref().map(str::trim) == Some(letter.subject.as_str().trim())
    };
    let ids: Vec<String> = recent
        .iter()
        .filter(|head| same(head))
        .filter_map(|head| head.internet_message_id.as_deref().map(bare))
        .collect();
    let tx = environment.registry.begin(tenant).await?;
    let others = notification::by_message_ids(&tx, &ids).await?;
    tx.commit().await?;
    let is_anothers = |id: &String| {
        others.iter().any(|other| {
            other.message_id.as_ref() == Some(id) || other.sent_message_id.as_ref() == Some(id)
        })
    };
    Ok(ids.into_iter().find(|id| !is_anothers(id)))
}

impl Out {
    /// Keeps the Message-ID that Exchange gave to the mail: it may be another than ours, and answers name it. The copy can
    /// appear some seconds after the mail was taken. The mail is out whether or not this succeeds.
    pub(super) async fn read_back(
        &self,
        environment: &Environment,
        tenant: TenantId,
        id: NotificationId,
    ) -> Result<(), Failure> {
        let found = match (&self.found, &self.sent) {
            (Some(found), _) => Some(found.clone()),
            (None, Some(sent)) => self.wait_for(sent).await,
            (None, None) => None,
        };
        let Some(found) = found.filter(|found| *found != self.message_id) else {
            return Ok(());
        };
        let tx = environment.registry.begin(tenant).await?;
        notification::sent_as(&tx, id, &found).await?;
        Ok(tx.commit().await?)
    }

    async fn wait_for(&self, sent: &Sent) -> Option<String> {
        for wait in LOOKS {
            tokio::time::sleep(wait).await;
            match self.mailbox.sent_message_id(sent, &self.message_id).await {
                Ok(Some(id)) => return Some(bare(&id)),
                Ok(None) => {}
                Err(failure) => {
                    tracing::debug!(cause = %failure, "the final Message-ID could not be read");
                    return None;
                }
            }
        }
        None
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
        Ok(Posted::Out(_)) => Event::Worked,
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
