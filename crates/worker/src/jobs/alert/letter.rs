//! An alert by mail, through another outbound than the broken one.

use postroom_connections::Opened;
use postroom_mail::{
    Address,
    compose::{self, Outgoing},
};
use postroom_registry::{
    RegistryError, TenantId, alert, alert_channel,
    connection::{ConnectionState, Event},
    incident::{self, Subject},
    outbound::{self, Turn},
};
use secrecy::{ExposeSecret as _, SecretString};

use super::{End, words::Message};
use crate::{Environment, failure::Failure};

pub(super) async fn tell(
    environment: &Environment,
    tenant: TenantId,
    row: &alert::Model,
    channel: &alert_channel::Model,
    target: &SecretString,
    message: &Message,
) -> Result<End, Failure> {
    let Some(by) = sender(environment, tenant, row, channel).await? else {
        return Ok(End::Failed(
            "There is no message outbound that works, so no mail can go.".to_owned(),
        ));
    };
    let from = by.from_address.as_deref().unwrap_or(&by.mailbox);
    let message_id = format!("alert.{}@{}", row.id, domain(from));
    let outgoing = written(
        environment,
        from,
        target.expose_secret(),
        &message_id,
        message,
    );
    let Ok(mime) = compose::compose(&outgoing) else {
        return Ok(End::Failed(
            "The address of the channel is not one that a mail can go to.".to_owned(),
        ));
    };
    let letter = postroom_mailbox::Outgoing {
        mime: &mime,
        message_id: &message_id,
        from: by.from_address.as_deref(),
    };
    match post(environment, tenant, row, &by, &letter).await {
        Ok(Some(end)) => Ok(end),
        Ok(None) => {
            let tx = environment.registry.begin(tenant).await?;
            outbound::apply(&tx, by.id, &Event::Worked).await?;
            tx.commit().await?;
            Ok(End::Sent)
        }
        Err(failure) => failed(environment, tenant, &by, failure).await,
    }
}

/// `None`: it is out.
async fn post(
    environment: &Environment,
    tenant: TenantId,
    row: &alert::Model,
    by: &outbound::Model,
    letter: &postroom_mailbox::Outgoing<'_>,
) -> Result<Option<End>, Failure> {
    let mailbox: Opened = environment.connections.outbound(tenant, by).await?;
    // An earlier try may have gone out though nobody heard of it.
    if row.attempts > 1 && mailbox.find_sent(letter.message_id).await?.is_some() {
        return Ok(None);
    }
    let tx = environment.registry.begin(tenant).await?;
    if let Turn::Wait { until } = outbound::take_turn(&tx, by.id).await? {
        let wait = until - environment.clock().now();
        return Ok(Some(End::Wait(wait, "The mailbox sent enough for now.")));
    }
    tx.commit().await?;
    mailbox.send(letter).await?;
    Ok(None)
}

/// The failure says something of this outbound, too. The next try may find another.
async fn failed(
    environment: &Environment,
    tenant: TenantId,
    by: &outbound::Model,
    failure: Failure,
) -> Result<End, Failure> {
    if matches!(failure, Failure::Registry(_)) {
        return Err(failure);
    }
    let verdict = environment
        .verdict_on_outbound(tenant, by, &failure)
        .await?;
    if let Some(verdict) = verdict {
        let tx = environment.registry.begin(tenant).await?;
        outbound::apply(&tx, by.id, &Event::Failed(verdict)).await?;
        tx.commit().await?;
    }
    tracing::info!(%tenant, outbound = %by.id, cause = %failure, "an alert was not sent");
    Ok(End::Failed(failure.sentence()))
}

/// The outbound that the channel names, else any that works; never the one that the alert is about, unless that works
/// again.
async fn sender(
    environment: &Environment,
    tenant: TenantId,
    row: &alert::Model,
    channel: &alert_channel::Model,
) -> Result<Option<outbound::Model>, RegistryError> {
    let tx = environment.registry.begin(tenant).await?;
    let about = incident::find(&tx, row.incident_id).await?;
    let all = outbound::list(&tx).await?;
    tx.commit().await?;
    let fit = |it: &&outbound::Model| {
        it.state == ConnectionState::Active
            && (about.closed_at.is_some() || about.subject() != Subject::Outbound(it.id))
    };
    let named = all
        .iter()
        .filter(fit)
        .find(|it| Some(it.id) == channel.outbound_id);
    Ok(named.or_else(|| all.iter().find(fit)).cloned())
}

fn written(
    environment: &Environment,
    from: &str,
    to: &str,
    message_id: &str,
    message: &Message,
) -> Outgoing {
    let lines = message.lines();
    let html: String = lines
        .iter()
        .map(|line| format!("<p>{}</p>", escaped(line)))
        .collect();
    Outgoing {
        from: Address {
            name: Some("Postroom".to_owned()),
            address: from.to_owned(),
        },
        to: vec![Address::bare(to.to_owned())],
        cc: Vec::new(),
        subject: message.title(),
        message_id: message_id.to_owned(),
        in_reply_to: None,
        references: Vec::new(),
        date: environment.clock().now(),
        text: lines.join("\n"),
        html,
    }
}

fn domain(address: &str) -> &str {
    address.rsplit('@').next().unwrap_or_default()
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;")
        .replace('<', "&lt;")
        .replace('>', "&gt;")
}
