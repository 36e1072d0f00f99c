//! Sweep: what is due and was not rung, or was rung and lost. PostgreSQL is the book.

use chrono::TimeDelta;
use postroom_registry::{RegistryError, connection::ConnectionState, due::Share};

use crate::{Environment, Job};

const SHARE: Share = Share {
    fair: 50,
    most: 500,
};
/// Tenants forgotten in one sweep; each is a long transaction.
const FAREWELLS: i32 = 20;
/// Microsoft forgets a refresh token after 90 idle days; a week leaves room for any outage.
const IDLE: TimeDelta = TimeDelta::days(7);

/// All jobs that are due now, a fair share of each tenant.
pub(crate) async fn due(environment: &Environment) -> Result<Vec<Job>, RegistryError> {
    let registry = &environment.registry;
    let mut jobs = Vec::new();
    for due in registry.due_mails(SHARE).await? {
        jobs.push(Job::Process(due.tenant, due.id));
    }
    for due in registry.due_notifications(SHARE).await? {
        jobs.push(Job::Send(due.tenant, due.id));
    }
    for due in registry.due_sources(SHARE).await? {
        jobs.push(Job::Poll(due.tenant, due.id));
    }
    for due in registry.due_moves(SHARE).await? {
        jobs.push(Job::MoveToGraph(due.tenant, due.id));
    }
    for due in registry.due_reconciles(SHARE).await? {
        jobs.push(Job::Reconcile(due.tenant, due.id));
    }
    for due in registry.due_subscriptions(SHARE).await? {
        jobs.push(Job::Subscribe(due.tenant, due.id));
    }
    for due in registry.due_alerts(SHARE).await? {
        jobs.push(Job::Alert(due.tenant, due.id));
    }
    for due in registry.due_grants(IDLE, SHARE.most).await? {
        jobs.push(Job::Renew(due.tenant, due.id));
    }
    let gone = environment.retention_began();
    for tenant in registry.due_farewells(gone, FAREWELLS).await? {
        jobs.push(Job::Forget(tenant));
    }
    Ok(jobs)
}

/// Figures of the whole fleet, for the operator.
pub(crate) async fn measure(environment: &Environment) -> Result<(), RegistryError> {
    let metrics = &environment.metrics;
    let now = environment.clock().now();
    let counts = environment.registry.fleet_counts().await?;
    let waiting = counts.iter().find(|count| count.subject == "mail");
    metrics
        .mails_waiting
        .set(waiting.map_or(0.0, |count| count.amount as f64), []);
    let oldest = waiting.and_then(|count| count.oldest);
    let age = oldest.map_or(0.0, |oldest| {
        (now - oldest).num_milliseconds() as f64 / 1000.0
    });
    metrics.oldest_waiting.set(age, []);
    // Every state is set, also to nothing: a gauge keeps its last value.
    for kind in ["source", "outbound"] {
        for state in ConnectionState::ALL {
            let found = counts
                .iter()
                .find(|count| count.subject == kind && count.state == state.word());
            let amount = found.map_or(0.0, |count| count.amount as f64);
            metrics.connections.set(amount, [kind, state.word()]);
        }
    }
    if let Ok(pending) = environment.doorbell.pending().await {
        metrics.queue_pending.set(pending as f64, []);
    }
    Ok(())
}
