//! Poll: from the mailbox into the ledger. The mailbox is not changed here.

mod fetch;
mod rhythm;

use std::time::Instant;

use chrono::{DateTime, TimeDelta, Utc};
use postroom_mailbox::{
    AccessToken, MailboxAddress,
    graph::{DeltaCursor, DeltaPage, DeltaWalk, GraphError, Step},
};
use postroom_registry::{
    SourceId, TenantId,
    connection::{ConnectionState, StateDetail},
    grant, mail,
    source::{self, Lease, PollEnd},
    tenant::{self, TenantState},
};

use crate::{Environment, Job, failure::Failure};

const HOLD: TimeDelta = TimeDelta::minutes(5);
const PAGE_SIZE: u32 = 50;
/// Pages in one poll; the next poll goes on from there at once.
const PAGE_CAP: u32 = 200;

/// One poll under its lease.
struct Poll<'a> {
    environment: &'a Environment,
    tenant: TenantId,
    source: source::Model,
    lease: Lease,
    mailbox: MailboxAddress,
    token: AccessToken,
}

/// How far a poll came.
#[derive(Clone, Copy, Debug, Default)]
struct Found {
    mails: usize,
    /// The page cap was met; there is more.
    more: bool,
}

/// Reads a source to its end, or as far as it goes.
pub(crate) async fn run(
    environment: &Environment,
    tenant: TenantId,
    id: SourceId,
) -> Result<(), Failure> {
    let Some((source, lease)) = take(environment, tenant, id).await? else {
        return Ok(());
    };
    let begun = Instant::now();
    let found = read(environment, tenant, source.clone(), lease).await;
    environment
        .metrics
        .poll_duration
        .record(begun.elapsed(), []);
    end(environment, tenant, &source, lease, found).await
}

/// The source with its lease; `None` when it is not to be polled now.
async fn take(
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

async fn read(
    environment: &Environment,
    tenant: TenantId,
    source: source::Model,
    lease: Lease,
) -> Result<Found, Failure> {
    let token = environment.token(tenant, source.grant_id).await?;
    let mailbox = mailbox_of(environment, tenant, &source).await?;
    let poll = Poll {
        environment,
        tenant,
        source,
        lease,
        mailbox,
        token,
    };
    match poll.walk(poll.cursor()).await {
        Err(Failure::Graph(GraphError::Resync(_))) => {
            // Microsoft forgot the delta state: the folder is walked anew, the ledger knows what it has.
            let tx = environment.registry.begin(tenant).await?;
            source::forget_cursor(&tx, lease).await?;
            tx.commit().await?;
            poll.walk(poll.start()).await
        }
        Err(Failure::Graph(error @ GraphError::Unauthorized(_))) => {
            environment
                .grants
                .forget_access_token(tenant, poll.source.grant_id)
                .await?;
            Err(error.into())
        }
        other => other,
    }
}

/// Whose mailbox it is from where the signer stands.
pub(crate) async fn mailbox_of(
    environment: &Environment,
    tenant: TenantId,
    source: &source::Model,
) -> Result<MailboxAddress, Failure> {
    let tx = environment.registry.begin(tenant).await?;
    let grant = grant::find(&tx, source.grant_id).await?;
    tx.commit().await?;
    Ok(address(&grant, &source.mailbox))
}

/// `/me` for the signer's own mailbox, `/users/{address}` for another.
pub(crate) fn address(grant: &grant::Model, mailbox: &str) -> MailboxAddress {
    if grant.user_principal_name.eq_ignore_ascii_case(mailbox) {
        MailboxAddress::Me
    } else {
        MailboxAddress::Shared(mailbox.to_owned())
    }
}

impl Poll<'_> {
    fn start(&self) -> DeltaCursor {
        DeltaCursor::start(self.source.folder_id.clone(), self.source.start_from)
    }

    fn cursor(&self) -> DeltaCursor {
        match &self.source.cursor {
            Some(link) => DeltaCursor::Resume(link.clone()),
            None => self.start(),
        }
    }

    async fn walk(&self, mut cursor: DeltaCursor) -> Result<Found, Failure> {
        let mut walk = DeltaWalk::new(PAGE_CAP);
        let mut found = Found::default();
        loop {
            let page = self.page(&cursor).await?;
            let step = walk.follow(&page)?;
            let (Step::More(next) | Step::Rest(next) | Step::Done(next)) = &step;
            found.mails += self.take_in(&page, next).await?;
            match step {
                Step::More(next) => cursor = next,
                Step::Rest(_) => {
                    found.more = true;
                    return Ok(found);
                }
                Step::Done(_) => return Ok(found),
            }
        }
    }

    async fn page(&self, cursor: &DeltaCursor) -> Result<DeltaPage, Failure> {
        let _permit = self.environment.graph_permit(&self.source.mailbox).await;
        let graph = &self.environment.graph;
        Ok(graph
            .delta_page(&self.token, &self.mailbox, cursor, PAGE_SIZE)
            .await?)
    }

    /// Takes in what the ledger does not have; the cursor moves with the page's last rows.
    async fn take_in(&self, page: &DeltaPage, next: &DeltaCursor) -> Result<usize, Failure> {
        let DeltaCursor::Resume(link) = next else {
            return Ok(0);
        };
        let ids: Vec<String> = page.messages.iter().map(|head| head.id.clone()).collect();
        let tx = self.environment.registry.begin(self.tenant).await?;
        let known = mail::known(&tx, self.source.id, &ids).await?;
        tx.commit().await?;
        let mut seen = known;
        let new: Vec<_> = page
            .messages
            .iter()
            .filter(|head| seen.insert(head.id.clone()))
            .collect();
        let newest = new.iter().filter_map(|head| head.received_at).max();
        let mut taken = Vec::new();
        let mut rest = new.as_slice();
        loop {
            let (now, later) = rest.split_at(rest.len().min(fetch::AT_ONCE));
            let fetched = self.fetch(now).await?;
            let tx = self.environment.registry.begin(self.tenant).await?;
            for mail in &fetched {
                taken.extend(mail::insert(&tx, &mail.row(self.source.id)).await?);
            }
            if later.is_empty() {
                source::advance(&tx, self.lease, link, newest, HOLD).await?;
            }
            tx.commit().await?;
            if later.is_empty() {
                break;
            }
            rest = later;
        }
        self.announce(&taken).await;
        Ok(taken.len())
    }

    async fn announce(&self, taken: &[postroom_registry::MailId]) {
        let metrics = &self.environment.metrics;
        metrics.mails.add_many(taken.len() as u64, ["received"]);
        for id in taken {
            tracing::info!(tenant = %self.tenant, source = %self.source.id, mail = %id, "mail received");
            self.environment.ring(Job::Process(self.tenant, *id)).await;
        }
    }
}

async fn end(
    environment: &Environment,
    tenant: TenantId,
    source: &source::Model,
    lease: Lease,
    found: Result<Found, Failure>,
) -> Result<(), Failure> {
    let now = environment.clock().now();
    let end = match &found {
        Ok(found) => succeeded(environment, source, *found, now),
        Err(failure) => {
            environment.metrics.poll_failures.add([failure.class()]);
            tracing::warn!(tenant = %tenant, source = %source.id, cause = %failure, class = failure.class(), "poll failed");
            failed(source, failure, now)
        }
    };
    let tx = environment.registry.begin(tenant).await?;
    source::end_poll(&tx, lease, end).await?;
    tx.commit().await?;
    Ok(())
}

fn succeeded(
    environment: &Environment,
    source: &source::Model,
    found: Found,
    now: DateTime<Utc>,
) -> PollEnd {
    let seconds =
        rhythm::next_interval(source.poll_interval_seconds, found.mails, environment.pace);
    let wait = if found.more { 0 } else { seconds };
    PollEnd {
        success: true,
        state: ConnectionState::Active,
        detail: StateDetail::default(),
        next_poll_at: now + TimeDelta::seconds(wait.into()),
        poll_interval_seconds: seconds,
    }
}

fn failed(source: &source::Model, failure: &Failure, now: DateTime<Utc>) -> PollEnd {
    let again = crate::backoff::next_try(
        now,
        source.failures + 1,
        failure.retry_after(),
        crate::backoff::spread(source.id.0),
    )
    .min(
        now + TimeDelta::minutes(15).max(
            failure
                .retry_after()
                .and_then(|asked| TimeDelta::from_std(asked).ok())
                .unwrap_or_default(),
        ),
    );
    let (state, mut detail) = failure
        .connection()
        .unwrap_or((source.state, source.state_detail.clone()));
    if state == ConnectionState::Slowed {
        detail.until = Some(again);
    }
    PollEnd {
        success: false,
        state,
        detail,
        next_poll_at: again,
        poll_interval_seconds: source.poll_interval_seconds,
    }
}
