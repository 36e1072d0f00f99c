//! Reconcile: the folder is counted against the ledger, and what the ledger lacks is fetched.
//!
//! Microsoft's changes lose messages: with immutable ids, one that is moved away and back is told as removed and never
//! again (microsoft-graph-docs issue 21752). Once a day the last two days are listed, and at a person's wish all.

use chrono::{DateTime, TimeDelta, Utc};
use postroom_mailbox::MessageHead;
use postroom_registry::{
    SourceId, TenantId,
    audit::{self, Action, Actor, Entry, SubjectKind},
    connection::Event,
    mail,
    source::{self, Reconciled},
};

use crate::{
    Environment, Job, backoff,
    failure::Failure,
    intake::{self, Intake},
};

/// How far back the daily count looks.
const WINDOW: TimeDelta = TimeDelta::days(2);
/// Messages of a listing that are taken in together.
const CHUNK: usize = 50;
/// A count that failed is made again after this time at the earliest, and at the latest.
const SHORTEST_WAIT: TimeDelta = TimeDelta::minutes(1);
const LONGEST_WAIT: TimeDelta = TimeDelta::hours(1);

/// What a count came to.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
struct Counted {
    in_folder: usize,
    in_ledger: usize,
    imported: usize,
}

/// Counts a source, if that is due.
pub(crate) async fn run(
    environment: &Environment,
    tenant: TenantId,
    id: SourceId,
) -> Result<(), Failure> {
    if !is_due(environment, tenant, id).await? {
        return Ok(());
    }
    let Some((source, lease)) = intake::take(environment, tenant, id).await? else {
        return Ok(());
    };
    let counted = count(environment, tenant, &source, lease).await;
    end(environment, tenant, &source, lease, counted).await
}

/// Whether a count is due: the bell may have been rung twice.
async fn is_due(
    environment: &Environment,
    tenant: TenantId,
    id: SourceId,
) -> Result<bool, Failure> {
    let now = environment.clock().now();
    let tx = environment.registry.begin(tenant).await?;
    let source = source::find(&tx, id).await?;
    Ok(source.reconcile_at.is_some_and(|at| at <= now) && source.moving_total.is_none())
}

async fn count(
    environment: &Environment,
    tenant: TenantId,
    source: &source::Model,
    lease: source::Lease,
) -> Result<Counted, Failure> {
    let now = environment.clock().now();
    let since = since(source, now);
    let intake = Intake::open(environment, tenant, source.clone(), lease).await?;
    let listed = intake
        .mailbox
        .list_messages(&source.folder_id, since)
        .await?;
    let in_ledger = known(environment, tenant, source.id, &listed).await?;
    let mut imported = 0;
    for heads in listed.chunks(CHUNK) {
        imported += intake.take_in(heads, None).await?;
    }
    Ok(Counted {
        in_folder: listed.len(),
        in_ledger,
        imported,
    })
}

/// From when on messages are counted: never from before what the source reads at all.
fn since(source: &source::Model, now: DateTime<Utc>) -> Option<DateTime<Utc>> {
    match source.reconcile_whole {
        true => source.start_from,
        false => Some(now - WINDOW).max(source.start_from),
    }
}

/// How many of these the ledger has.
async fn known(
    environment: &Environment,
    tenant: TenantId,
    source: SourceId,
    listed: &[MessageHead],
) -> Result<usize, Failure> {
    let mut known = 0;
    let tx = environment.registry.begin(tenant).await?;
    for heads in listed.chunks(1_000) {
        let ids: Vec<String> = heads.iter().map(|head| head.id.clone()).collect();
        known += mail::known(&tx, source, &ids).await?.len();
    }
    tx.commit().await?;
    Ok(known)
}

async fn end(
    environment: &Environment,
    tenant: TenantId,
    source: &source::Model,
    lease: source::Lease,
    counted: Result<Counted, Failure>,
) -> Result<(), Failure> {
    let now = environment.clock().now();
    match counted {
        Ok(counted) => {
            let tx = environment.registry.begin(tenant).await?;
            let figures = Reconciled {
                in_folder: as_count(counted.in_folder),
                in_ledger: as_count(counted.in_ledger),
                imported: as_count(counted.imported),
            };
            source::end_reconcile(&tx, lease, Ok(figures)).await?;
            let first = intake::release(&tx, source.id).await?;
            let entry = Entry::new(Actor::Service, Action::SourceReconciled)
                .on(SubjectKind::Source, &source.id, Some(&source.name))
                .changed("in_folder", None, Some(&counted.in_folder.to_string()))
                .changed("imported", None, Some(&counted.imported.to_string()));
            audit::record(&tx, &entry).await?;
            tx.commit().await?;
            if let Some(first) = first {
                environment.ring(Job::Process(tenant, first)).await;
            }
            // Whoever rang for a poll meanwhile found the source in hand.
            environment.ring(Job::Poll(tenant, source.id)).await;
            tracing::info!(%tenant, source = %source.id, in_folder = counted.in_folder, in_ledger = counted.in_ledger, imported = counted.imported, "folder counted");
            Ok(())
        }
        Err(failure) => {
            let again = backoff::next_try(
                now,
                source.failures + 1,
                failure.retry_after(),
                backoff::spread(source.id.0),
            );
            let wait = (again - now).clamp(SHORTEST_WAIT, LONGEST_WAIT);
            let verdict = environment
                .verdict_on_source(tenant, source, &failure)
                .await?;
            let tx = environment.registry.begin(tenant).await?;
            source::end_reconcile(&tx, lease, Err(wait)).await?;
            if let Some(verdict) = verdict {
                source::apply(&tx, source.id, &Event::Failed(verdict)).await?;
            }
            tx.commit().await?;
            Err(failure)
        }
    }
}

fn as_count(count: usize) -> i64 {
    i64::try_from(count).unwrap_or(i64::MAX)
}
