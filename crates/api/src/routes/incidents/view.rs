use chrono::{DateTime, Utc};
use postroom_registry::{
    IncidentId, RegistryError, TenantTx, alert, alert_channel, incident, outbound, registration,
    source,
};
use serde::Serialize;
use utoipa::ToSchema;
use uuid::Uuid;

use crate::{connection::said_of, routes::vocabulary::words};

words! {
    /// What an incident is about.
    IncidentKind of incident::IncidentKind {
        /// A connection is out of order.
        State,
        /// A source was not read for long, though no error said why.
        Silence,
        /// A credential ends soon.
        Expiry,
    }
}

words! {
    /// What is out of order.
    IncidentSubjectKind of incident::SubjectKind {
        /// A message source.
        Source,
        /// A message outbound.
        Outbound,
        /// An app registration.
        Registration,
    }
}

words! {
    /// What a message is about.
    AlertPhase of alert::Phase {
        /// The incident began.
        Opened,
        /// The incident is over.
        Closed,
    }
}

words! {
    /// What became of a message.
    AlertState of alert::AlertState {
        /// It is to be sent.
        Waiting,
        /// It was sent.
        Sent,
        /// It could not be sent.
        Dead,
    }
}

/// One trouble, from its beginning to its end.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Incident {
    id: Uuid,
    pub(crate) kind: IncidentKind,
    pub(crate) subject: IncidentSubject,
    /// What is the matter.
    pub(crate) sentence: String,
    opened_at: DateTime<Utc>,
    /// When it was over; null while it lasts.
    #[schema(required)]
    closed_at: Option<DateTime<Utc>>,
    /// Whom Postroom told.
    alerts: Vec<IncidentAlert>,
}

/// What is out of order.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct IncidentSubject {
    pub(crate) kind: IncidentSubjectKind,
    pub(crate) id: Uuid,
    /// What people call it.
    pub(crate) name: String,
}

/// One message about an incident.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct IncidentAlert {
    /// What people call the channel.
    channel: String,
    phase: AlertPhase,
    state: AlertState,
    /// When it was sent or given up; when it was made, while it waits.
    at: DateTime<Utc>,
}

impl IncidentSubjectKind {
    /// Its word.
    pub(crate) fn word(self) -> &'static str {
        incident::SubjectKind::from(self).word()
    }
}

/// What the panel sees of an incident.
///
/// # Errors
/// When the database does not answer.
pub(crate) async fn view(tx: &TenantTx, row: incident::Model) -> Result<Incident, RegistryError> {
    Ok(Incident {
        id: row.id.0,
        kind: row.kind.into(),
        subject: IncidentSubject {
            kind: row.subject_kind.into(),
            id: row.subject_id,
            name: name(tx, row.subject()).await?,
        },
        sentence: sentence(&row),
        alerts: alerts(tx, row.id).await?,
        opened_at: row.opened_at,
        closed_at: row.closed_at,
    })
}

/// What people call it now, or called it at last.
async fn name(tx: &TenantTx, subject: incident::Subject) -> Result<String, RegistryError> {
    let name = match subject {
        incident::Subject::Source(id) => {
            source::find_even_deleted(tx, id).await.map(|row| row.name)
        }
        incident::Subject::Outbound(id) => outbound::find(tx, id).await.map(|row| row.name),
        incident::Subject::Registration(id) => registration::find(tx, id).await.map(|row| row.name),
    };
    match name {
        Err(RegistryError::Missing) => Ok("something that was deleted".to_owned()),
        other => other,
    }
}

fn sentence(row: &incident::Model) -> String {
    if let (incident::IncidentKind::State, Some(state)) = (row.kind, row.state) {
        return said_of(state, &row.detail);
    }
    let otherwise = match row.kind {
        incident::IncidentKind::Expiry => "Its credential ends soon.",
        _ => "It was not read for long.",
    };
    let meaning = row.detail.meaning.as_deref();
    meaning.unwrap_or(otherwise).to_owned()
}

async fn alerts(tx: &TenantTx, id: IncidentId) -> Result<Vec<IncidentAlert>, RegistryError> {
    let mut told = Vec::new();
    for row in alert::of_incident(tx, id).await? {
        let channel = alert_channel::find_even_deleted(tx, row.channel_id).await?;
        told.push(IncidentAlert {
            channel: channel.name,
            phase: row.phase.into(),
            state: row.state.into(),
            at: row.finished_at.unwrap_or(row.created_at),
        });
    }
    Ok(told)
}
