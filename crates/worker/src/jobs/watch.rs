//! Watch: what no error ever told. Every half minute, over all tenants.

use chrono::{DateTime, TimeDelta, Utc};
use postroom_registry::{
    AlertId, OutboundId, RegistrationId, RegistryError, SourceId, TenantId, TenantTx,
    connection::{ConnectionState, StateDetail, WhoActs},
    due::Due,
    incident::{self, IncidentKind, Subject, Trouble},
    outbound,
    registration::{self, CredentialKind},
    source,
};

use crate::{Environment, Job, failure::Failure};

/// Failures that are nobody's are told when they last for so long.
const LASTING: TimeDelta = TimeDelta::hours(1);
/// What one look takes in hand; the next goes on.
const MOST: i32 = 200;

/// Looks for sources that are silent, for failures that last, and for what ends soon. One row that cannot be told
/// holds up no other.
pub(crate) async fn run(environment: &Environment) -> Result<(), Failure> {
    let registry = &environment.registry;
    let minutes = i32::try_from(environment.silence.num_minutes()).unwrap_or(i32::MAX);
    for due in registry.silent_sources(minutes, MOST).await? {
        told(environment, due.tenant, silent(environment, due).await).await;
    }
    for due in registry.troubled_sources(LASTING, MOST).await? {
        let opened = lasting_source(environment, due).await;
        told(environment, due.tenant, opened).await;
    }
    for due in registry.troubled_outbounds(LASTING, MOST).await? {
        let opened = lasting_outbound(environment, due).await;
        told(environment, due.tenant, opened).await;
    }
    for due in registry.expiring_registrations(MOST).await? {
        told(environment, due.tenant, expiring(environment, due).await).await;
    }
    Ok(())
}

async fn told(
    environment: &Environment,
    tenant: TenantId,
    alerts: Result<Vec<AlertId>, RegistryError>,
) {
    match alerts {
        Ok(alerts) => {
            for id in alerts {
                environment.ring(Job::Alert(tenant, id)).await;
            }
        }
        // Somebody deleted it meanwhile.
        Err(RegistryError::Missing) => {}
        Err(error) => tracing::warn!(%tenant, cause = %error, "an incident could not be opened"),
    }
}

/// The age of the last success raises the alarm, whatever the error path did.
async fn silent(
    environment: &Environment,
    due: Due<SourceId>,
) -> Result<Vec<AlertId>, RegistryError> {
    let tx = environment.registry.begin(due.tenant).await?;
    let row = source::find(&tx, due.id).await?;
    let detail = silence(row.state_detail, environment.clock().now() - due.due_at);
    let alerts = source::silence(&tx, due.id, detail).await?;
    tx.commit().await?;
    tracing::warn!(tenant = %due.tenant, source = %due.id, since = %due.due_at, "a source is silent");
    Ok(alerts)
}

/// What an error said before, if one did, is kept: it may tell why.
fn silence(before: StateDetail, age: TimeDelta) -> StateDetail {
    StateDetail {
        error_code: before.error_code.or_else(|| Some("silence".to_owned())),
        meaning: Some(format!(
            "This mailbox was not read to its end for {}.",
            span(age)
        )),
        way_out: Some(
            "Postroom goes on trying, and nothing is lost. Ping the source: it says which step fails."
                .to_owned(),
        ),
        who_acts: Some(WhoActs::You),
        ..before
    }
}

/// `90 min`, `3 h`, `4 d`.
fn span(age: TimeDelta) -> String {
    match age.num_minutes() {
        minutes @ ..120 => format!("{minutes} min"),
        minutes @ ..2880 => format!("{} h", minutes / 60),
        minutes => format!("{} d", minutes / 1440),
    }
}

async fn lasting_source(
    environment: &Environment,
    due: Due<SourceId>,
) -> Result<Vec<AlertId>, RegistryError> {
    let tx = environment.registry.begin(due.tenant).await?;
    let row = source::find(&tx, due.id).await?;
    let subject = Subject::Source(due.id);
    lasting(tx, subject, row.state, row.state_detail).await
}

async fn lasting_outbound(
    environment: &Environment,
    due: Due<OutboundId>,
) -> Result<Vec<AlertId>, RegistryError> {
    let tx = environment.registry.begin(due.tenant).await?;
    let row = outbound::find(&tx, due.id).await?;
    let subject = Subject::Outbound(due.id);
    lasting(tx, subject, row.state, row.state_detail).await
}

async fn lasting(
    tx: TenantTx,
    subject: Subject,
    state: ConnectionState,
    detail: StateDetail,
) -> Result<Vec<AlertId>, RegistryError> {
    // It may have got well since it was found.
    if !matches!(state, ConnectionState::Slowed | ConnectionState::Retrying) {
        return Ok(Vec::new());
    }
    let trouble = Trouble {
        kind: IncidentKind::State,
        state: Some(state),
        detail,
    };
    let alerts = incident::open(&tx, subject, trouble).await?;
    tx.commit().await?;
    Ok(alerts)
}

/// Thirty, fourteen and three days before a credential ends, and when it has ended. Each warning is told anew.
async fn expiring(
    environment: &Environment,
    due: Due<RegistrationId>,
) -> Result<Vec<AlertId>, RegistryError> {
    let tx = environment.registry.begin(due.tenant).await?;
    let row = registration::find(&tx, due.id).await?;
    let now = environment.clock().now();
    let Some((ends, days)) = row
        .expires_at
        .and_then(|ends| registration::warning(now, ends).map(|days| (ends, days)))
    else {
        return Ok(Vec::new());
    };
    let subject = Subject::Registration(due.id);
    let trouble = Trouble {
        kind: IncidentKind::Expiry,
        state: None,
        detail: expiry(&row, ends, now),
    };
    incident::drop_open(&tx, subject).await?;
    let alerts = incident::open(&tx, subject, trouble).await?;
    registration::warned(&tx, row, days).await?;
    tx.commit().await?;
    Ok(alerts)
}

fn expiry(row: &registration::Model, ends: DateTime<Utc>, now: DateTime<Utc>) -> StateDetail {
    let what = match row.credential_kind {
        CredentialKind::Secret => "client secret",
        CredentialKind::Certificate => "certificate",
    };
    let day = ends.format("%Y-%m-%d");
    let name = &row.name;
    let meaning = match ends <= now {
        true => format!("The {what} of the app registration {name} ended on {day}."),
        false => format!("The {what} of the app registration {name} ends on {day}."),
    };
    StateDetail {
        meaning: Some(meaning),
        way_out: Some(format!(
            "Make a new {what} in Microsoft Entra and put it into the registration in Postroom."
        )),
        who_acts: Some(WhoActs::You),
        until: Some(ends),
        ..StateDetail::default()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn silence_keeps_what_an_error_said_and_says_how_long() {
        let before = StateDetail {
            error_code: Some("ErrorServerBusy".to_owned()),
            reference: Some("r-1".to_owned()),
            ..StateDetail::default()
        };
        let said = silence(before, TimeDelta::minutes(61));
        assert_eq!(said.error_code.as_deref(), Some("ErrorServerBusy"));
        assert_eq!(said.reference.as_deref(), Some("r-1"));
        let meaning = said.meaning.unwrap();
        assert_eq!(meaning, "This mailbox was not read to its end for 61 min.");
        let none = silence(StateDetail::default(), TimeDelta::days(4));
        assert_eq!(none.error_code.as_deref(), Some("silence"));
        assert!(none.meaning.unwrap().contains("4 d"));
        assert_eq!(span(TimeDelta::hours(3)), "3 h");
    }
}
