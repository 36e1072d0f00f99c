use chrono::{DateTime, Utc};
use postroom_registry::audit;
use serde::Serialize;
use utoipa::ToSchema;
use uuid::Uuid;

use super::sentence::sentence;
use crate::{names::Named, routes::vocabulary::words};

words! {
    /// Who did something.
    ActorKind of audit::ActorKind {
        /// A person with an account in Jira.
        Account,
        /// Jira itself, on behalf of the site.
        Atlassian,
        /// Postroom by itself.
        Service,
        /// Who runs Postroom.
        Operator,
    }
}

words! {
    /// What something was done to.
    SubjectKind of audit::SubjectKind {
        /// A message source.
        Source,
        /// A message outbound.
        Outbound,
        /// A sign-in with Microsoft.
        SignIn,
        /// An app registration.
        Registration,
        /// A channel for alerts.
        AlertChannel,
        /// A mail.
        Mail,
        /// The audit trail itself.
        Audit,
    }
}

/// One thing that was done.
#[derive(Serialize, ToSchema)]
pub(super) struct AuditEntry {
    pub(super) id: Uuid,
    pub(super) at: DateTime<Utc>,
    pub(super) actor: AuditActor,
    /// A word for programs, e.g. `source.paused`.
    pub(super) action: String,
    /// The same for people.
    pub(super) sentence: String,
    /// What it was done to; null for the site itself.
    #[schema(required)]
    pub(super) subject: Option<AuditSubject>,
    /// What is different since.
    pub(super) changes: Vec<AuditChange>,
}

/// Who did it.
#[derive(Serialize, ToSchema)]
pub(super) struct AuditActor {
    pub(super) kind: ActorKind,
    /// Atlassian's id, where it was an account.
    #[schema(required)]
    pub(super) account_id: Option<String>,
    /// What Jira calls the account now; null where it does not say.
    #[schema(required)]
    pub(super) name: Option<String>,
}

/// What it was done to.
#[derive(Serialize, ToSchema)]
pub(super) struct AuditSubject {
    pub(super) kind: SubjectKind,
    pub(super) id: String,
    /// What people called it then; empty where it has no name.
    pub(super) name: String,
}

/// A field that is different since.
#[derive(Serialize, ToSchema)]
pub(super) struct AuditChange {
    pub(super) field: String,
    /// What it was.
    #[schema(required)]
    pub(super) from: Option<String>,
    /// What it is.
    #[schema(required)]
    pub(super) to: Option<String>,
}

impl AuditEntry {
    /// A row of the trail, with the names that Jira gave.
    pub(super) fn of(row: audit::Model, names: &Named) -> Self {
        let name = row.actor_account.as_deref().and_then(|id| names.get(id));
        let changes = row.changes.0.into_iter().map(|change| AuditChange {
            field: change.field,
            from: change.from,
            to: change.to,
        });
        Self {
            id: row.id.0,
            at: row.at,
            sentence: sentence(
                row.actor_kind,
                name,
                row.action,
                row.subject_name.as_deref(),
            ),
            actor: AuditActor {
                kind: row.actor_kind.into(),
                name: name.map(str::to_owned),
                account_id: row.actor_account,
            },
            action: row.action.word().to_owned(),
            subject: row.subject_kind.zip(row.subject_id).map(|(kind, id)| {
                let name = row.subject_name.unwrap_or_default();
                AuditSubject {
                    kind: kind.into(),
                    id,
                    name,
                }
            }),
            changes: changes.collect(),
        }
    }
}
