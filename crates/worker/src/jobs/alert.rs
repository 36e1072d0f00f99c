//! Alert: tells somebody that an incident began or is over, once each.

mod letter;
mod webhook;
mod words;

use chrono::TimeDelta;
use postroom_registry::{
    AlertId, RegistryError, TenantId,
    alert::{self, AlertState, Phase},
    alert_channel::{self, ChannelKind},
    incident,
};

use crate::{Environment, backoff, failure::Failure};

use words::Message;

const HOLD: TimeDelta = TimeDelta::minutes(2);
/// A message that nobody could be given for a day is old.
const PATIENCE: TimeDelta = TimeDelta::days(1);
/// How long the end of an incident waits for the message of its beginning.
const BEGINNING_FIRST: TimeDelta = TimeDelta::seconds(30);

/// How a try ended.
enum End {
    Sent,
    /// It is not needed.
    Pointless(&'static str),
    /// It is too early.
    Wait(TimeDelta, &'static str),
    /// Why it did not go, for the administrator.
    Failed(String),
}

/// Sends an alert by its channel.
pub(crate) async fn run(
    environment: &Environment,
    tenant: TenantId,
    id: AlertId,
) -> Result<(), Failure> {
    let tx = environment.registry.begin(tenant).await?;
    let Some(row) = alert::claim(&tx, id, HOLD).await? else {
        return Ok(());
    };
    tx.commit().await?;
    let end = try_once(environment, tenant, &row).await?;
    match write_down(environment, tenant, &row, end).await {
        // The channel was deleted, or the incident was over: there is nothing to write.
        Err(Failure::Registry(RegistryError::Superseded)) => Ok(()),
        other => other,
    }
}

async fn try_once(
    environment: &Environment,
    tenant: TenantId,
    row: &alert::Model,
) -> Result<End, Failure> {
    let tx = environment.registry.begin(tenant).await?;
    let incident = incident::find(&tx, row.incident_id).await?;
    let alerts = alert::of_incident(&tx, row.incident_id).await?;
    let beginning = alerts
        .iter()
        .find(|other| other.channel_id == row.channel_id && other.phase == Phase::Opened);
    match row.phase {
        Phase::Opened if incident.closed_at.is_some() => {
            return Ok(End::Pointless("It was over before it was sent."));
        }
        Phase::Opened => {}
        Phase::Closed => match beginning.map(|beginning| beginning.state) {
            Some(AlertState::Sent) => {}
            Some(AlertState::Waiting) => {
                return Ok(End::Wait(BEGINNING_FIRST, "The beginning is told first."));
            }
            Some(AlertState::Dead) | None => {
                return Ok(End::Pointless("Nobody was told of the beginning."));
            }
        },
    }
    let channel = alert_channel::find_even_deleted(&tx, row.channel_id).await?;
    if !channel.enabled || channel.deleted_at.is_some() {
        return Ok(End::Pointless("The channel is off."));
    }
    let target = alert_channel::target(&tx, &channel).await?;
    let message = Message::of(&tx, &incident, row.phase, &environment.base_url).await?;
    tx.commit().await?;
    Ok(match channel.kind {
        ChannelKind::Webhook => webhook::tell(environment, &channel, &target, &message).await,
        ChannelKind::Mail => {
            letter::tell(environment, tenant, row, &channel, &target, &message).await?
        }
    })
}

async fn write_down(
    environment: &Environment,
    tenant: TenantId,
    row: &alert::Model,
    end: End,
) -> Result<(), Failure> {
    let now = environment.clock().now();
    let tx = environment.registry.begin(tenant).await?;
    match end {
        End::Sent => {
            alert::sent(&tx, row).await?;
            alert_channel::told(&tx, row.channel_id, None).await?;
            tracing::info!(%tenant, alert = %row.id, phase = row.phase.word(), "alert sent");
        }
        End::Pointless(why) => alert::give_up(&tx, row, why).await?,
        End::Wait(wait, why) => alert::retry_at(&tx, row, now + wait, why).await?,
        End::Failed(why) => {
            alert_channel::told(&tx, row.channel_id, Some(&why)).await?;
            if now - row.created_at >= PATIENCE {
                tracing::warn!(%tenant, alert = %row.id, "an alert is given up");
                alert::give_up(&tx, row, &why).await?;
            } else {
                let spread = backoff::spread(row.id.0);
                let at = backoff::next_try(now, row.attempts, None, spread);
                alert::retry_at(&tx, row, at.min(row.created_at + PATIENCE), &why).await?;
            }
        }
    }
    Ok(tx.commit().await?)
}
