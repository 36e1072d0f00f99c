//! The audit trail: who changed what. Rows are added in the transaction of the change and never touched again.
//!
//! ```no_run
//! # use postroom_registry::{Registry, RegistryError, TenantId, SourceId};
//! use postroom_registry::audit::{self, Action, Actor, Entry, SubjectKind};
//!
//! # async fn example(registry: Registry, tenant: TenantId, source: SourceId) -> Result<(), RegistryError> {
//! let tx = registry.begin(tenant).await?;
//! let entry = Entry::new(Actor::Account("an account id".into()), Action::SourcePaused)
//!     .on(SubjectKind::Source, &source, Some("Support"))
//!     .changed("state", Some("active"), Some("paused"));
//! audit::record(&tx, &entry).await?;
//! tx.commit().await
//! # }
//! ```

use std::sync::atomic::{AtomicU64, Ordering};

use chrono::{DateTime, Utc};
use sea_orm::{
    ActiveValue::Set, FromJsonQueryResult, QueryOrder as _, QuerySelect as _, QueryTrait as _,
    entity::prelude::*,
};
use serde::{Deserialize, Serialize};

use crate::{AuditId, RegistryError, TenantId, TenantTx, vocabulary::vocabulary};

mod words;

pub use words::{Action, ActorKind, SubjectKind};

/// A row of the trail.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "audit")]
pub struct Model {
    /// Whose it is.
    #[sea_orm(primary_key, auto_increment = false)]
    pub tenant_id: TenantId,
    /// Its id; later rows have greater ones.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: AuditId,
    /// When.
    pub at: DateTime<Utc>,
    /// Who.
    pub actor_kind: ActorKind,
    /// Jira's id of the account, where it was one.
    pub actor_account: Option<String>,
    /// What was done.
    pub action: Action,
    /// What it was done to.
    pub subject_kind: Option<SubjectKind>,
    /// Its id.
    pub subject_id: Option<String>,
    /// What people called it then.
    pub subject_name: Option<String>,
    /// What changed.
    #[sea_orm(column_type = "JsonBinary")]
    pub changes: Changes,
}

/// Rows are joined by the schema's keys; no query needs a relation.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

/// What an entry changed, in the order in which it was said.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, FromJsonQueryResult)]
#[serde(transparent)]
pub struct Changes(pub Vec<Change>);

/// One field that changed. Never a secret, never what a mail says.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Change {
    /// Its name.
    pub field: String,
    /// What it was.
    pub from: Option<String>,
    /// What it is.
    pub to: Option<String>,
}

/// Who did it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Actor {
    /// A person, by Jira's account id.
    Account(String),
    /// Jira itself, on behalf of the site.
    Atlassian,
    /// The service by itself.
    Service,
    /// Who runs the service.
    Operator,
}

/// What something was done to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Subject {
    /// What it is.
    pub kind: SubjectKind,
    /// Its id.
    pub id: String,
    /// What people call it.
    pub name: Option<String>,
}

/// A row that is to be written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    /// Who.
    pub actor: Actor,
    /// What was done.
    pub action: Action,
    /// To what; `None`: to the site itself.
    pub subject: Option<Subject>,
    /// What changed.
    pub changes: Vec<Change>,
}

impl Entry {
    /// An entry about the site itself that changed nothing yet.
    pub fn new(actor: Actor, action: Action) -> Self {
        Self {
            actor,
            action,
            subject: None,
            changes: Vec::new(),
        }
    }

    /// The same about this thing.
    pub fn on(
        mut self,
        kind: SubjectKind,
        id: &(impl ToString + ?Sized),
        name: Option<&str>,
    ) -> Self {
        self.subject = Some(Subject {
            kind,
            id: id.to_string(),
            name: name.map(str::to_owned),
        });
        self
    }

    /// The same with this field changed; nothing when both are the same.
    pub fn changed(mut self, field: &str, from: Option<&str>, to: Option<&str>) -> Self {
        if from != to {
            self.changes.push(Change {
                field: field.to_owned(),
                from: from.map(str::to_owned),
                to: to.map(str::to_owned),
            });
        }
        self
    }
}

/// Writes an entry into the trail of the transaction's tenant.
///
/// # Errors
/// When the database does not answer.
pub async fn record(tx: &TenantTx, entry: &Entry) -> Result<AuditId, RegistryError> {
    let id = next_id(tx.clock().new_id());
    let (kind, account) = match &entry.actor {
        Actor::Account(account) => (ActorKind::Account, Some(account.clone())),
        Actor::Atlassian => (ActorKind::Atlassian, None),
        Actor::Service => (ActorKind::Service, None),
        Actor::Operator => (ActorKind::Operator, None),
    };
    let subject = entry.subject.clone();
    let row = ActiveModel {
        tenant_id: Set(tx.tenant()),
        id: Set(id),
        at: Set(tx.clock().now()),
        actor_kind: Set(kind),
        actor_account: Set(account),
        action: Set(entry.action),
        subject_kind: Set(subject.as_ref().map(|subject| subject.kind)),
        subject_id: Set(subject.as_ref().map(|subject| subject.id.clone())),
        subject_name: Set(subject.and_then(|subject| subject.name)),
        changes: Set(Changes(entry.changes.clone())),
    };
    Entity::insert(row)
        .exec_without_returning(tx.conn())
        .await?;
    Ok(id)
}

/// The 12 bits after the milliseconds count up, as RFC 9562 section 6.2 (method 1) has it: rows that one process
/// writes within a millisecond, such as those of one install, keep their order.
fn next_id(id: Uuid) -> AuditId {
    static LAST: AtomicU64 = AtomicU64::new(0);
    let (high, low) = id.as_u64_pair();
    let millis = high >> 16;
    let next = |last: u64| match last >> 12 == millis {
        true => last + 1,
        false => millis << 12,
    };
    let last = LAST.update(Ordering::Relaxed, Ordering::Relaxed, next);
    let next = next(last);
    let high = (next >> 12) << 16 | high & 0xf000 | next & 0xfff;
    AuditId(Uuid::from_u64_pair(high, low))
}

/// Which rows are asked for. The default is all of them, one at a time.
#[derive(Clone, Debug, Default)]
pub struct Filter {
    /// Only rows older than this one.
    pub before: Option<AuditId>,
    /// At most so many.
    pub limit: u64,
    /// Only of this action.
    pub action: Option<Action>,
    /// Only about this thing.
    pub subject_id: Option<String>,
    /// Not earlier.
    pub from: Option<DateTime<Utc>>,
    /// Earlier.
    pub to: Option<DateTime<Utc>>,
}

/// Rows of the trail, the newest first.
///
/// # Errors
/// When the database does not answer.
pub async fn list(tx: &TenantTx, filter: &Filter) -> Result<Vec<Model>, RegistryError> {
    let rows = matching(tx, filter).order_by_desc(Column::Id);
    Ok(rows.all(tx.conn()).await?)
}

/// Rows of the trail after `after`, the oldest first.
///
/// # Errors
/// When the database does not answer.
pub async fn oldest_first(
    tx: &TenantTx,
    after: Option<AuditId>,
    filter: &Filter,
) -> Result<Vec<Model>, RegistryError> {
    let rows = matching(tx, filter)
        .apply_if(after, |query, id| query.filter(Column::Id.gt(id)))
        .order_by_asc(Column::Id);
    Ok(rows.all(tx.conn()).await?)
}

fn matching(tx: &TenantTx, filter: &Filter) -> Select<Entity> {
    Entity::find()
        .filter(Column::TenantId.eq(tx.tenant()))
        .apply_if(filter.before, |query, id| query.filter(Column::Id.lt(id)))
        .apply_if(filter.action, |query, action| {
            query.filter(Column::Action.eq(action))
        })
        .apply_if(filter.subject_id.as_ref(), |query, id| {
            query.filter(Column::SubjectId.eq(id))
        })
        .apply_if(filter.from, |query, from| {
            query.filter(Column::At.gte(from))
        })
        .apply_if(filter.to, |query, to| query.filter(Column::At.lt(to)))
        .limit(filter.limit)
}
