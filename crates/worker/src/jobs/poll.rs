//! Poll: from the mailbox into the ledger. The mailbox is not changed here.

mod rhythm;

use std::time::Instant;

use chrono::{DateTime, TimeDelta, Utc};
use postroom_mailbox::{ChangeCursor, ChangeWalk, ErrorKind, Pace, Repeating};
use postroom_registry::{
    SourceId, TenantId,
    connection::{ConnectionState, Event, Verdict},
    mail,
    source::{self, Lease, PollEnd},
    subscription::{self, SubscriptionState},
};

use crate::{
    Environment, Job, backoff,
    failure::Failure,
    intake::{self, Intake},
    jobs::move_to_graph::{self, Moving},
};

const PAGE_SIZE: u32 = 50;
/// Pages in one poll; the next poll goes on from there at once.
const PAGE_CAP: u32 = 200;
/// A failed poll is tried again after this time at the latest, unless Microsoft asks for more.
const LONGEST_WAIT: TimeDelta = TimeDelta::minutes(15);

/// How far a poll came.
#[derive(Clone, Copy, Debug, Default)]
struct Found {
    mails: usize,
    /// The page cap was met; there is more.
    more: bool,
}

/// Reads a source to its end, or as far as it goes. A source that shall move to Graph moves before it is read.
pub(crate) async fn run(
    environment: &Environment,
    tenant: TenantId,
    id: SourceId,
) -> Result<(), Failure> {
    let Some((source, lease)) = intake::take(environment, tenant, id).await? else {
        return Ok(());
    };
    let begun = environment.clock().now();
    match move_to_graph::if_asked(environment, tenant, &source, lease).await {
        Ok(Moving::Over) => {
            environment.ring(Job::Poll(tenant, id)).await;
            return Ok(());
        }
        Ok(Moving::NotNow) => {}
        Err(failure) => return end(environment, tenant, &source, lease, begun, Err(failure)).await,
    }
    let watch = Instant::now();
    let found = read(environment, tenant, source.clone(), lease).await;
    environment
        .metrics
        .poll_duration
        .record(watch.elapsed(), []);
    end(environment, tenant, &source, lease, begun, found).await
}

async fn read(
    environment: &Environment,
    tenant: TenantId,
    source: source::Model,
    lease: Lease,
) -> Result<Found, Failure> {
    let intake = Intake::open(environment, tenant, source, lease).await?;
    match walk(&intake, intake.source.cursor.clone()).await {
        Err(failure) if failure.kind() == Some(ErrorKind::Resync) => {
            // Microsoft forgot where we were: the folder is walked anew, the ledger knows what it has.
            forget_cursor(&intake).await?;
            walk(&intake, None).await
        }
        Err(failure) if failure.is_circle() => {
            forget_cursor(&intake).await?;
            Err(failure)
        }
        other => other,
    }
}

async fn forget_cursor(intake: &Intake<'_>) -> Result<(), Failure> {
    let tx = intake.environment.registry.begin(intake.tenant).await?;
    source::forget_cursor(&tx, intake.lease).await?;
    Ok(tx.commit().await?)
}

async fn walk(intake: &Intake<'_>, state: Option<String>) -> Result<Found, Failure> {
    let mut cursor = ChangeCursor {
        folder: intake.source.folder_id.clone(),
        since: intake.source.start_from,
        state,
    };
    let mut walk = ChangeWalk::new(PAGE_CAP);
    let mut found = Found::default();
    loop {
        let page = intake.mailbox.changes(&cursor, PAGE_SIZE).await?;
        let pace = walk.follow(&page).map_err(circle)?;
        let (Pace::More(next) | Pace::Rest(next) | Pace::Done(next)) = &pace;
        if !page.removed.is_empty() {
            let tx = intake.environment.registry.begin(intake.tenant).await?;
            mail::gone(&tx, intake.source.id, &page.removed).await?;
            tx.commit().await?;
        }
        found.mails += intake.take_in(&page.messages, Some(next)).await?;
        match pace {
            Pace::More(next) => cursor.state = Some(next),
            Pace::Rest(_) => {
                found.more = true;
                return Ok(found);
            }
            Pace::Done(_) => return Ok(found),
        }
    }
}

fn circle(repeating: Repeating) -> Failure {
    postroom_connections::Failure::from(postroom_mailbox::MailboxError::from(repeating)).into()
}

async fn end(
    environment: &Environment,
    tenant: TenantId,
    source: &source::Model,
    lease: Lease,
    begun: DateTime<Utc>,
    found: Result<Found, Failure>,
) -> Result<(), Failure> {
    let now = environment.clock().now();
    let end = match &found {
        Ok(found) => {
            let tx = environment.registry.begin(tenant).await?;
            let push = subscription::of_source(&tx, source.id).await?;
            tx.commit().await?;
            succeeded(environment, source, push.as_ref(), *found, begun)
        }
        Err(failure) => {
            let verdict = verdict(environment, tenant, source, failure).await?;
            environment
                .metrics
                .poll_failures
                .add([class(verdict.as_ref())]);
            tracing::warn!(%tenant, source = %source.id, cause = %failure, class = class(verdict.as_ref()), "poll failed");
            failed(source, failure, verdict, now)
        }
    };
    let caught_up = end.caught_up;
    let tx = environment.registry.begin(tenant).await?;
    source::end_poll(&tx, lease, end).await?;
    let first = match caught_up {
        true => intake::release(&tx, source.id).await?,
        false => None,
    };
    tx.commit().await?;
    if let Some(first) = first {
        environment.ring(Job::Process(tenant, first)).await;
    }
    Ok(())
}

/// What a failure says about the source; one of a move, which Graph met, is said in Graph's words.
async fn verdict(
    environment: &Environment,
    tenant: TenantId,
    source: &source::Model,
    failure: &Failure,
) -> Result<Option<Verdict>, Failure> {
    match source.moving_total {
        Some(_) => move_to_graph::verdict(environment, tenant, source, failure).await,
        None => environment.verdict_on_source(tenant, source, failure).await,
    }
}

/// Whose failure it is, for the operator's figures.
fn class(verdict: Option<&Verdict>) -> &'static str {
    match verdict.map(|verdict| verdict.state) {
        Some(ConnectionState::Ours) => "ours",
        Some(
            ConnectionState::NeedsSignIn
            | ConnectionState::Refused
            | ConnectionState::WaitingForApproval,
        ) => "connection",
        _ => "nobody",
    }
}

fn succeeded(
    environment: &Environment,
    source: &source::Model,
    push: Option<&subscription::Model>,
    found: Found,
    begun: DateTime<Utc>,
) -> PollEnd {
    let now = environment.clock().now();
    let live = push.is_some_and(|push| push.state == SubscriptionState::Live);
    // What Microsoft told of during the walk, the walk may have passed already.
    let told = push.is_some_and(|push| push.last_notified_at.is_some_and(|at| at >= begun));
    let seconds = rhythm::next_interval(
        source.poll_interval_seconds,
        found.mails,
        live,
        environment.pace,
    );
    let wait = if found.more || told { 0 } else { seconds };
    PollEnd {
        event: Some(Event::Worked),
        caught_up: !found.more,
        next_poll_at: now + TimeDelta::seconds(wait.into()),
        poll_interval_seconds: seconds,
    }
}

fn failed(
    source: &source::Model,
    failure: &Failure,
    verdict: Option<Verdict>,
    now: DateTime<Utc>,
) -> PollEnd {
    let asked = failure.retry_after();
    let again = backoff::next_try(
        now,
        source.failures + 1,
        asked,
        backoff::spread(source.id.0),
    );
    let longest = asked
        .and_then(|asked| TimeDelta::from_std(asked).ok())
        .map_or(LONGEST_WAIT, |asked| LONGEST_WAIT.max(asked * 2));
    let again = again.min(now + longest);
    let verdict = verdict.map(|mut verdict| {
        if verdict.state == ConnectionState::Slowed {
            verdict.detail.until = Some(again);
        }
        verdict
    });
    PollEnd {
        event: verdict.map(Event::Failed),
        caught_up: false,
        next_poll_at: again,
        poll_interval_seconds: source.poll_interval_seconds,
    }
}
