//! A source in hand: its lease is held, its mailbox is open, and what the ledger lacks is taken in.

mod fetch;

use std::collections::HashSet;

use chrono::TimeDelta;
use postroom_connections::Opened;
use postroom_mailbox::MessageHead;
use postroom_registry::{
    MailId, SourceId, TenantId, TenantTx,
    connection::ConnectionState,
    mail,
    source::{self, Lease},
    tenant::{self, TenantState},
};

use crate::{Environment, failure::Failure};

/// How long a source is held without a sign of life.
pub(crate) const HOLD: TimeDelta = TimeDelta::minutes(5);

/// A source in hand.
pub(crate) struct Intake<'a> {
    pub(crate) environment: &'a Environment,
    pub(crate) tenant: TenantId,
    pub(crate) source: source::Model,
    pub(crate) lease: Lease,
    pub(crate) mailbox: Opened,
}

/// The source with its lease; `None` when it is not to be read now, or another worker reads it.
pub(crate) async fn take(
    environment: &Environment,
    tenant: TenantId,
    id: SourceId,
) -> Result<Option<(source::Model, Lease)>, Failure> {
    let tx = environment.registry.begin(tenant).await?;
    if tenant::this(&tx).await?.state != TenantState::Installed {
        return Ok(None);
    }
    let Some(lease) = source::lease(&tx, id, HOLD).await? else {
        return Ok(None);
    };
    let source = source::find(&tx, id).await?;
    if matches!(
        source.state,
        ConnectionState::Paused | ConnectionState::NeedsSignIn
    ) {
        return Ok(None);
    }
    tx.commit().await?;
    Ok(Some((source, lease)))
}

impl<'a> Intake<'a> {
    /// Opens the mailbox of a source whose lease is held.
    pub(crate) async fn open(
        environment: &'a Environment,
        tenant: TenantId,
        source: source::Model,
        lease: Lease,
    ) -> Result<Self, Failure> {
        let mailbox = environment.connections.source(tenant, &source).await?;
        Ok(Self {
            environment,
            tenant,
            source,
            lease,
            mailbox,
        })
    }

    /// Takes those of `heads` in that the ledger does not have, with their raw bodies, and says how many they were.
    /// The cursor moves with the last rows, so that it never passes a mail that is not in the ledger.
    ///
    /// They are not due before all of the round are there (see [`release`]): Microsoft promises no order.
    pub(crate) async fn take_in(
        &self,
        heads: &[MessageHead],
        cursor: Option<&str>,
    ) -> Result<usize, Failure> {
        let new = self.unknown(heads).await?;
        let newest = new.iter().filter_map(|head| head.received_at).max();
        let mut taken = 0;
        let mut rest = new.as_slice();
        loop {
            let (now, later) = rest.split_at(rest.len().min(fetch::AT_ONCE));
            let fetched = self.fetch(now).await?;
            let tx = self.environment.registry.begin(self.tenant).await?;
            for mail in &fetched {
                if let Some(id) = mail::insert(&tx, &mail.row(self.source.id)).await? {
                    taken += 1;
                    tracing::info!(tenant = %self.tenant, source = %self.source.id, mail = %id, "mail received");
                }
            }
            match cursor {
                Some(cursor) if later.is_empty() => {
                    source::advance(&tx, self.lease, cursor, newest, HOLD).await?;
                }
                _ => self.stay(&tx).await?,
            }
            tx.commit().await?;
            if later.is_empty() {
                break;
            }
            rest = later;
        }
        let metrics = &self.environment.metrics;
        metrics.mails.add_many(taken as u64, ["received"]);
        Ok(taken)
    }

    /// Those of `heads` that the ledger does not have, each once, in the order of their arrival.
    async fn unknown<'h>(&self, heads: &'h [MessageHead]) -> Result<Vec<&'h MessageHead>, Failure> {
        let ids: Vec<String> = heads.iter().map(|head| head.id.clone()).collect();
        let tx = self.environment.registry.begin(self.tenant).await?;
        let mut seen: HashSet<String> = mail::known(&tx, self.source.id, &ids).await?;
        tx.commit().await?;
        let mut new: Vec<_> = heads
            .iter()
            .filter(|head| seen.insert(head.id.clone()))
            .collect();
        new.sort_by_key(|head| head.received_at);
        Ok(new)
    }

    /// Holds the source on: its cursor stays where it is.
    async fn stay(&self, tx: &TenantTx) -> Result<(), Failure> {
        stay(tx, &self.source, self.lease).await
    }
}

/// Holds a source on whose work goes on; its cursor stays where it is.
pub(crate) async fn stay(
    tx: &TenantTx,
    source: &source::Model,
    lease: Lease,
) -> Result<(), Failure> {
    if let Some(cursor) = &source.cursor {
        source::advance(tx, lease, cursor, None, HOLD).await?;
    }
    Ok(())
}

/// All of a round is in the ledger: its mails may go to Jira, the oldest first. Commit, then ring for the one that is
/// given; the others wait for it anyway, and each rings the next when it ends.
pub(crate) async fn release(tx: &TenantTx, source: SourceId) -> Result<Option<MailId>, Failure> {
    Ok(mail::release_fresh(tx, source).await?.first().copied())
}
