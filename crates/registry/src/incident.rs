//! Incidents: one trouble of one connection, from its beginning to its end. At most one is open for each.

use chrono::{DateTime, Utc};
use sea_orm::{
    ActiveValue::Set, IntoActiveModel as _, QueryOrder as _, QuerySelect as _, QueryTrait as _,
    entity::prelude::*,
};

use crate::{
    AlertId, IncidentId, OutboundId, RegistrationId, RegistryError, SourceId, TenantId, TenantTx,
    alert,
    audit::{self, Action, Actor, Entry},
    connection::{ConnectionState, StateDetail, life},
    vocabulary::vocabulary,
};

vocabulary! {
    /// What kind of trouble.
    IncidentKind {
        /// A connection is out of order.
        State = "state",
        /// A source was not read for long, though no error said why.
        Silence = "silence",
        /// A credential ends soon.
        Expiry = "expiry",
    }
}

vocabulary! {
    /// What is in trouble.
    SubjectKind {
        /// A message source.
        Source = "source",
        /// A message outbound.
        Outbound = "outbound",
        /// An app registration.
        Registration = "registration",
    }
}

/// Who is in trouble.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Subject {
    /// A message source.
    Source(SourceId),
    /// A message outbound.
    Outbound(OutboundId),
    /// An app registration.
    Registration(RegistrationId),
}

impl Subject {
    fn parts(self) -> (SubjectKind, Uuid) {
        match self {
            Self::Source(id) => (SubjectKind::Source, id.0),
            Self::Outbound(id) => (SubjectKind::Outbound, id.0),
            Self::Registration(id) => (SubjectKind::Registration, id.0),
        }
    }

    fn in_trail(self) -> (audit::SubjectKind, Uuid) {
        match self {
            Self::Source(id) => (audit::SubjectKind::Source, id.0),
            Self::Outbound(id) => (audit::SubjectKind::Outbound, id.0),
            Self::Registration(id) => (audit::SubjectKind::Registration, id.0),
        }
    }
}

/// An incident's row.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "incident")]
pub struct Model {
    /// Whose it is.
    #[sea_orm(primary_key, auto_increment = false)]
    pub tenant_id: TenantId,
    /// Its id.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: IncidentId,
    /// What kind of trouble.
    pub kind: IncidentKind,
    /// What is in trouble.
    pub subject_kind: SubjectKind,
    /// Which one.
    pub subject_id: Uuid,
    /// The connection's last state in it.
    pub state: Option<ConnectionState>,
    /// Why.
    #[sea_orm(column_type = "JsonBinary")]
    pub detail: StateDetail,
    /// When it began.
    pub opened_at: DateTime<Utc>,
    /// When it was over.
    pub closed_at: Option<DateTime<Utc>>,
}

/// Rows are joined by the schema's keys; no query needs a relation.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

impl Model {
    /// Who is in trouble.
    pub fn subject(&self) -> Subject {
        match self.subject_kind {
            SubjectKind::Source => Subject::Source(self.subject_id.into()),
            SubjectKind::Outbound => Subject::Outbound(self.subject_id.into()),
            SubjectKind::Registration => Subject::Registration(self.subject_id.into()),
        }
    }
}

/// The incident, if this tenant has it.
///
/// # Errors
/// [`RegistryError::Missing`] otherwise.
pub async fn find(tx: &TenantTx, id: IncidentId) -> Result<Model, RegistryError> {
    Entity::find_by_id((tx.tenant(), id))
        .one(tx.conn())
        .await?
        .ok_or(RegistryError::Missing)
}

/// Incidents, the newest first: the open ones, those that are over, or all.
///
/// # Errors
/// When the database does not answer.
pub async fn list(
    tx: &TenantTx,
    open: Option<bool>,
    most: u64,
) -> Result<Vec<Model>, RegistryError> {
    Ok(Entity::find()
        .apply_if(open, |query, open| match open {
            true => query.filter(Column::ClosedAt.is_null()),
            false => query.filter(Column::ClosedAt.is_not_null()),
        })
        .order_by_desc(Column::OpenedAt)
        .order_by_desc(Column::Id)
        .limit(most)
        .all(tx.conn())
        .await?)
}

/// The open incident of a subject, if there is one.
///
/// # Errors
/// When the database does not answer.
pub async fn open_of(tx: &TenantTx, subject: Subject) -> Result<Option<Model>, RegistryError> {
    let (kind, id) = subject.parts();
    Ok(Entity::find()
        .filter(Column::SubjectKind.eq(kind))
        .filter(Column::SubjectId.eq(id))
        .filter(Column::ClosedAt.is_null())
        .one(tx.conn())
        .await?)
}

/// What is the matter.
#[derive(Clone, Debug)]
pub struct Trouble {
    /// What kind of trouble.
    pub kind: IncidentKind,
    /// The connection's state; none for a registration.
    pub state: Option<ConnectionState>,
    /// Why.
    pub detail: StateDetail,
}

/// Opens an incident, unless one is open: that one then knows the newest reason, and nobody is told twice. Gives the
/// messages that are to be sent.
///
/// # Errors
/// When the database does not answer.
pub async fn open(
    tx: &TenantTx,
    subject: Subject,
    trouble: Trouble,
) -> Result<Vec<AlertId>, RegistryError> {
    one_at_a_time(tx, subject).await?;
    if let Some(open) = open_of(tx, subject).await? {
        let mut row = open.into_active_model();
        row.kind = Set(trouble.kind);
        row.state = Set(trouble.state);
        row.detail = Set(trouble.detail);
        row.update(tx.conn()).await?;
        return Ok(Vec::new());
    }
    let (subject_kind, subject_id) = subject.parts();
    let id = IncidentId(tx.clock().new_id());
    let why = trouble.detail.error_code.clone();
    let row = ActiveModel {
        tenant_id: Set(tx.tenant()),
        id: Set(id),
        kind: Set(trouble.kind),
        subject_kind: Set(subject_kind),
        subject_id: Set(subject_id),
        state: Set(trouble.state),
        detail: Set(trouble.detail),
        opened_at: Set(tx.clock().now()),
        closed_at: Set(None),
    };
    Entity::insert(row)
        .exec_without_returning(tx.conn())
        .await?;
    let entry = entry(Action::IncidentOpened, subject)
        .changed("kind", None, Some(trouble.kind.word()))
        .changed("state", None, trouble.state.map(ConnectionState::word))
        .changed("error_code", None, why.as_deref());
    audit::record(tx, &entry).await?;
    alert::opened(tx, id).await
}

fn entry(action: Action, subject: Subject) -> Entry {
    let (kind, id) = subject.in_trail();
    Entry::new(Actor::Service, action).on(kind, &id, None)
}

/// Closes the open incident of a subject, if there is one. Gives the messages that are to be sent.
///
/// # Errors
/// When the database does not answer.
pub async fn close(tx: &TenantTx, subject: Subject) -> Result<Vec<AlertId>, RegistryError> {
    let Some(open) = end(tx, subject).await? else {
        return Ok(Vec::new());
    };
    alert::closed(tx, open).await
}

/// Closes the open incident of a subject without a word: another takes its place.
///
/// # Errors
/// When the database does not answer.
pub async fn drop_open(tx: &TenantTx, subject: Subject) -> Result<(), RegistryError> {
    if let Some(id) = end(tx, subject).await? {
        alert::drop_waiting(
            tx,
            alert::Column::IncidentId.eq(id),
            "It was over before it was sent.",
        )
        .await?;
    }
    Ok(())
}

async fn end(tx: &TenantTx, subject: Subject) -> Result<Option<IncidentId>, RegistryError> {
    one_at_a_time(tx, subject).await?;
    let Some(open) = open_of(tx, subject).await? else {
        return Ok(None);
    };
    let id = open.id;
    let mut row = open.into_active_model();
    row.closed_at = Set(Some(tx.clock().now()));
    row.update(tx.conn()).await?;
    audit::record(tx, &entry(Action::IncidentClosed, subject)).await?;
    Ok(Some(id))
}

/// A poll that fails and a watch that looks may open the same incident at once: the second sees the first.
async fn one_at_a_time(tx: &TenantTx, subject: Subject) -> Result<(), RegistryError> {
    let (kind, id) = subject.parts();
    tx.one_at_a_time(&format!("incident of {kind} {id}")).await
}

/// What the state of a connection means for its incident: trouble that is somebody's opens it at once; a connection
/// that works, or that a person paused, closes it.
pub(crate) async fn follow(
    tx: &TenantTx,
    subject: Subject,
    state: ConnectionState,
    detail: &StateDetail,
    read_to_the_end: bool,
) -> Result<(), RegistryError> {
    if life::alarms(state) {
        let trouble = Trouble {
            kind: IncidentKind::State,
            state: Some(state),
            detail: detail.clone(),
        };
        open(tx, subject, trouble).await?;
    } else if state == ConnectionState::Paused {
        close(tx, subject).await?;
    } else if state == ConnectionState::Active {
        let silent = open_of(tx, subject)
            .await?
            .is_some_and(|open| open.kind == IncidentKind::Silence);
        // That a mailbox answers is no proof that its source is read.
        if read_to_the_end || !silent {
            close(tx, subject).await?;
        }
    }
    Ok(())
}
