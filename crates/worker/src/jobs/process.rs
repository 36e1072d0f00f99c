//! Process: one mail, from the ledger to its end. Understand, decide, deliver, settle; each can be resumed alone.

mod understand;

use chrono::{DateTime, TimeDelta, Utc};
use postroom_atlassian::SiteError;
use postroom_mail::ParsedMail;
use postroom_registry::{
    MailId, RegistryError, TenantId,
    connection::ConnectionState,
    mail::{self, Claim, Finish, MailState},
    source,
    tenant::{self, JiraAccess, TenantState},
};
use postroom_rules::Plan;

use crate::{
    Environment, Job, backoff,
    deliver::{self, Delivered, Refusal},
    failure::Failure,
    jobs::settle,
    trace::Trace,
};

pub(crate) use understand::THREAD_KEY;

/// How long a mail is in one worker's hand: longer than its slowest upload.
pub(crate) const HOLD: TimeDelta = TimeDelta::minutes(10);
/// After so many tries a mail that Jira refuses is dead; with the growing waits that is more than a day.
const TRIES: i32 = 12;
/// How long a mail waits for the one that it answers.
const ANOTHER: TimeDelta = TimeDelta::seconds(3);

/// A mail in hand, with all that is known about it.
pub(crate) struct InHand<'a> {
    pub(crate) environment: &'a Environment,
    pub(crate) tenant: TenantId,
    pub(crate) mail: mail::Model,
    pub(crate) source: source::Model,
    pub(crate) trace: Trace,
}

impl InHand<'_> {
    pub(crate) fn now(&self) -> DateTime<Utc> {
        self.environment.clock().now()
    }

    pub(crate) fn note(&mut self, step: &str, rule: &str, saw: &str, decided: &str) {
        let now = self.now();
        self.trace.add(now, step, rule, saw, decided);
    }
}

/// Takes a mail as far as it goes.
pub(crate) async fn run(
    environment: &Environment,
    tenant: TenantId,
    id: MailId,
) -> Result<(), Failure> {
    let Some(mut hand) = take(environment, tenant, id).await? else {
        return Ok(());
    };
    let went = match hand.mail.state {
        MailState::Waiting => onward(&mut hand).await,
        _ => Ok(()),
    };
    let went = match went {
        Ok(()) if hand.mail.state != MailState::Waiting => settle::run(&mut hand).await,
        other => other,
    };
    match went {
        Ok(()) => Ok(()),
        Err(Failure::Registry(RegistryError::Superseded)) => {
            tracing::info!(%tenant, mail = %id, "another worker took the mail over");
            Ok(())
        }
        Err(failure) => lay_aside(&hand, failure).await,
    }
}

async fn take<'a>(
    environment: &'a Environment,
    tenant: TenantId,
    id: MailId,
) -> Result<Option<InHand<'a>>, Failure> {
    let tx = environment.registry.begin(tenant).await?;
    if tenant::this(&tx).await?.state != TenantState::Installed {
        return Ok(None);
    }
    let mail = match mail::claim(&tx, id, HOLD).await? {
        Claim::Taken(mail) => mail,
        Claim::NotYet => {
            // Perhaps it came while those before it wait already.
            if matches!(tenant::jira_access(&tx).await?, JiraAccess::Waiting) {
                let source = mail::find(&tx, id).await?.source_id;
                mail::waits_for_token(&tx, source, &no_token().sentence()).await?;
                tx.commit().await?;
            }
            return Ok(None);
        }
        Claim::Nothing => return Ok(None),
    };
    let source = source::find_even_deleted(&tx, mail.source_id).await?;
    tx.commit().await?;
    let trace = Trace::of(&mail.trace);
    Ok(Some(InHand {
        environment,
        tenant,
        mail: *mail,
        source,
        trace,
    }))
}

/// From the raw mail to its terminal state.
async fn onward(hand: &mut InHand<'_>) -> Result<(), Failure> {
    if let Some((wait, why)) = parked(&hand.source, &hand.mail, hand.now()) {
        return park(hand, wait, why).await;
    }
    let (parsed, raw) = read(hand).await?;
    let plan = match understand::decide(hand, &parsed).await? {
        understand::Outcome::Plan(plan) => plan,
        understand::Outcome::NotYet(why) => return wait_for_another(hand, why).await,
    };
    let (state, finish) = match &plan {
        Plan::Create { .. } | Plan::Comment { .. } => {
            match deliver::run(hand, &parsed, &raw, &plan).await {
                Ok(delivered) => (MailState::Delivered, done(delivered)),
                Err(Refusal::Failed(failure)) => return Err(failure),
                Err(Refusal::ByJira(failure)) if hand.mail.attempts < TRIES => return Err(failure),
                Err(Refusal::ByJira(failure)) => (MailState::Dead, because(failure.sentence())),
            }
        }
        Plan::Ignore { reason } => (MailState::Ignored, because(reason.sentence())),
        Plan::Reject { reason } => (MailState::Rejected, because(reason.sentence())),
        Plan::Hold { reason } => (MailState::Held, because(reason.sentence())),
    };
    finish_as(hand, state, finish).await
}

fn done(delivered: Delivered) -> Finish {
    Finish {
        reason: delivered.reason,
        issue_id: Some(delivered.issue_id),
        issue_key: Some(delivered.issue_key),
        comment_id: delivered.comment_id,
        ..Finish::default()
    }
}

fn because(reason: String) -> Finish {
    Finish {
        reason,
        ..Finish::default()
    }
}

async fn finish_as(hand: &mut InHand<'_>, state: MailState, finish: Finish) -> Result<(), Failure> {
    let finish = Finish {
        trace: hand.trace.to_value(),
        ..finish
    };
    let tx = hand.environment.registry.begin(hand.tenant).await?;
    mail::finish(&tx, &hand.mail, state, finish).await?;
    tx.commit().await?;
    hand.mail.state = state;
    let metrics = &hand.environment.metrics;
    metrics.mails.add([state.word()]);
    if state == MailState::Delivered {
        let took = (hand.now() - hand.mail.received_at)
            .to_std()
            .unwrap_or_default();
        metrics.mail_latency.record(took, []);
    }
    tracing::info!(tenant = %hand.tenant, mail = %hand.mail.id, state = state.word(), "mail ended");
    ring_next(hand).await
}

/// The mails of a source go in the order of their arrival: the one in hand holds up no more, and the next may go.
async fn ring_next(hand: &InHand<'_>) -> Result<(), Failure> {
    let tx = hand.environment.registry.begin(hand.tenant).await?;
    let next = mail::next_fresh(&tx, hand.mail.source_id).await?;
    tx.commit().await?;
    if let Some(next) = next {
        hand.environment.ring(Job::Process(hand.tenant, next)).await;
    }
    Ok(())
}

async fn read(hand: &InHand<'_>) -> Result<(ParsedMail, Vec<u8>), Failure> {
    let tx = hand.environment.registry.begin(hand.tenant).await?;
    let raw = mail::raw(&tx, hand.mail.id).await?;
    tx.commit().await?;
    let raw = raw.as_slice().to_vec();
    Ok((ParsedMail::parse(&raw), raw))
}

/// Why a mail of this source waits, whatever it says.
fn parked(
    source: &source::Model,
    mail: &mail::Model,
    now: DateTime<Utc>,
) -> Option<(TimeDelta, &'static str)> {
    let reading = source.lease_until.is_some_and(|until| until > now);
    let of_this_round = source.caught_up_at.is_none_or(|at| at < mail.created_at);
    if mail.attempts <= 1 && reading && of_this_round {
        return Some((
            TimeDelta::seconds(5),
            "Postroom is still reading the mailbox; older mail may come.",
        ));
    }
    if source.deleted_at.is_some() {
        return Some((
            TimeDelta::days(1),
            "The message source was deleted; its mails are kept.",
        ));
    }
    if source.state == ConnectionState::Paused {
        return Some((TimeDelta::hours(1), "The message source is paused."));
    }
    if source.project_id.is_none() || source.issue_type_id.is_none() {
        return Some((
            TimeDelta::hours(1),
            "Choose where the mail of this source goes.",
        ));
    }
    None
}

async fn park(hand: &InHand<'_>, wait: TimeDelta, why: &str) -> Result<(), Failure> {
    let tx = hand.environment.registry.begin(hand.tenant).await?;
    mail::hand_back(&tx, &hand.mail, hand.now() + wait, why).await?;
    Ok(tx.commit().await?)
}

/// It answers a mail that is on its way. That one may take long, and the rest of the mailbox must not wait for it: so
/// this counts as one try, and no more than one.
async fn wait_for_another(hand: &InHand<'_>, why: &str) -> Result<(), Failure> {
    let at = hand.now() + ANOTHER;
    let tx = hand.environment.registry.begin(hand.tenant).await?;
    match hand.mail.attempts {
        ..=1 => mail::retry_at(&tx, &hand.mail, at, why).await?,
        _ => mail::hand_back(&tx, &hand.mail, at, why).await?,
    }
    tx.commit().await?;
    ring_next(hand).await
}

fn no_token() -> Failure {
    Failure::Site(SiteError::Waiting)
}

/// The mail is due again; when, depends on what went wrong.
async fn lay_aside(hand: &InHand<'_>, failure: Failure) -> Result<(), Failure> {
    let at = backoff::next_try(
        hand.now(),
        hand.mail.attempts,
        failure.retry_after(),
        backoff::spread(hand.mail.id.0),
    );
    let tx = hand.environment.registry.begin(hand.tenant).await?;
    if failure.is_waiting_for_token() {
        tracing::debug!(tenant = %hand.tenant, mail = %hand.mail.id, "mail waits for a token");
        // One that came meanwhile wakes those that wait; this one was in hand.
        let waits = tenant::waits_for_token(&tx).await?;
        let at = if waits { at } else { hand.now() };
        mail::hand_back(&tx, &hand.mail, at, &failure.sentence()).await?;
        if waits {
            mail::waits_for_token(&tx, hand.mail.source_id, &failure.sentence()).await?;
        }
    } else {
        tracing::warn!(tenant = %hand.tenant, mail = %hand.mail.id, cause = %failure, again_at = %at, "mail laid aside");
        mail::retry_at(&tx, &hand.mail, at, &failure.sentence()).await?;
    }
    tx.commit().await?;
    if !failure.is_waiting_for_token() {
        ring_next(hand).await?;
    }
    Err(failure)
}
