use chrono::{DateTime, Utc};
use postroom_registry::{
    RegistryError, TenantTx, connection, mail, source,
    statistics::{self, SourceCount},
    subscription,
};
use serde::Serialize;
use utoipa::ToSchema;
use uuid::Uuid;

use crate::{
    Api, Problem,
    connection::{Expiry, Facts, Kind, Offline, Push, State, describe, ends_at},
    names::Named,
    routes::{
        connections::{Protocol, Used},
        vocabulary::words,
    },
};

words! {
    /// What happens to a mail in its mailbox once Jira has it.
    Settle of source::Settle {
        /// Nothing.
        Leave,
        /// It is marked read.
        MarkRead,
        /// It is moved to a folder.
        Move,
        /// It gets a category.
        Categorise,
        /// It is deleted, as a person's delete key does it.
        Delete,
    }
}

/// A connection that receives.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Source {
    id: Uuid,
    /// For people.
    name: String,
    /// The address that it reads.
    mailbox: String,
    protocol: Protocol,
    /// When Microsoft switches the protocol off.
    #[schema(required)]
    ends_at: Option<DateTime<Utc>>,
    /// How it is, in words.
    pub(crate) state: State,
    /// The sign-in that it uses.
    grant_id: Uuid,
    /// The app registration of that sign-in; null for Postroom's own.
    #[schema(required)]
    registration_id: Option<Uuid>,
    /// Whose sign-in it uses.
    signed_in_as: String,
    folder: Folder,
    /// Where its mail goes; none yet for a new source.
    #[schema(required)]
    target: Option<Target>,
    settle: Settle,
    /// Where mail is moved to.
    #[schema(required)]
    settle_folder: Option<Folder>,
    /// The category that mail gets.
    #[schema(required)]
    settle_category: Option<String>,
    /// Mail from before is not read; null means everything.
    #[schema(required)]
    start_from: Option<DateTime<Utc>>,
    /// Whether Microsoft tells of new mail.
    push: Push,
    /// The last comparison of the folder with the ledger.
    #[schema(required)]
    reconciled: Option<Reconciled>,
    /// How far a move to Graph is.
    #[schema(required)]
    moving: Option<Moving>,
    /// How old the oldest mail is that is not done yet, or, where the mailbox cannot be read, how old what is known of it
    /// is. In seconds; null before the first check.
    #[schema(required)]
    lag_seconds: Option<i64>,
    /// What ends, the next first.
    pub(crate) expires: Vec<Expiry>,
    /// Set while somebody must act before it is read again.
    #[schema(required)]
    offline: Option<Offline>,
    /// When everything that was in the folder was in the ledger.
    #[schema(required)]
    caught_up_at: Option<DateTime<Utc>>,
    /// When a check last went to its end.
    #[schema(required)]
    last_success_at: Option<DateTime<Utc>>,
    /// When the last mail was received.
    #[schema(required)]
    last_mail_at: Option<DateTime<Utc>>,
    /// When the next check is due.
    next_poll_at: DateTime<Utc>,
    /// Mails of which something is still to be done.
    waiting: i64,
    /// Mails in the ledger.
    total: i64,
    /// What answers go out by.
    #[schema(required)]
    outbound_id: Option<Uuid>,
    created_at: DateTime<Utc>,
}

/// A mail folder.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Folder {
    /// Microsoft's id.
    id: String,
    /// In the mailbox's language.
    name: String,
}

/// A project and an issue type.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Target {
    project_id: String,
    project_key: String,
    project_name: String,
    issue_type_id: String,
    issue_type_name: String,
}

/// A comparison of the folder with the ledger.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Reconciled {
    at: DateTime<Utc>,
    /// Mails that the folder had, of those that were looked at.
    in_folder: i64,
    /// How many of them the ledger had already.
    in_ledger: i64,
    /// How many were missing, and are in it since.
    imported: i64,
}

/// How far a move to Graph is.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Moving {
    /// Mails whose Graph id is known.
    done: i64,
    /// Mails of the source.
    total: i64,
}

/// All that is shown of a source, as the book has it.
#[derive(Debug)]
pub(crate) struct Read {
    row: source::Model,
    count: SourceCount,
    used: Used,
    subscription: Option<subscription::Model>,
    /// When the oldest mail was received that nobody looked at yet.
    oldest_fresh_at: Option<DateTime<Utc>>,
    now: DateTime<Utc>,
}

impl Read {
    /// Reads it.
    ///
    /// # Errors
    /// When the database does not answer.
    pub(crate) async fn of(tx: &TenantTx, row: source::Model) -> Result<Self, RegistryError> {
        let oldest_fresh_at = match mail::next_fresh(tx, row.id).await? {
            Some(id) => Some(mail::find(tx, id).await?.received_at),
            None => None,
        };
        Ok(Self {
            oldest_fresh_at,
            count: statistics::of_source(tx, row.id).await?,
            used: Used::read(tx, row.grant_id).await?,
            subscription: subscription::of_source(tx, row.id).await?,
            now: tx.clock().now(),
            row,
        })
    }

    /// The account that paused it.
    pub(crate) fn paused_by(&self) -> Option<&str> {
        self.row.state_detail.paused_by.as_deref()
    }

    /// What the panel sees.
    pub(crate) fn seen(self, names: &Named) -> Source {
        let state = self.state(names);
        let push = Push::of(&self.row, self.subscription.as_ref());
        let expires = self.expires(&push);
        let (lag_seconds, offline) = (self.lag(), self.offline());
        let (target, reconciled) = (target(&self.row), reconciled(&self.row));
        let moving = moving(&self.row);
        let Self {
            row, count, used, ..
        } = self;
        Source {
            id: row.id.0,
            state,
            ends_at: ends_at(row.protocol),
            grant_id: row.grant_id.0,
            registration_id: used.registration_id(),
            signed_in_as: used.grant.user_principal_name,
            target,
            settle: row.settle.into(),
            settle_folder: Folder::of(row.settle_folder_id, row.settle_folder_name),
            settle_category: row.settle_category,
            push,
            reconciled,
            moving,
            lag_seconds,
            expires,
            offline,
            name: row.name,
            mailbox: row.mailbox,
            protocol: row.protocol.into(),
            folder: Folder {
                id: row.folder_id,
                name: row.folder_name,
            },
            start_from: row.start_from,
            caught_up_at: row.caught_up_at,
            last_success_at: row.last_success_at,
            last_mail_at: row.last_mail_at,
            next_poll_at: row.next_poll_at,
            waiting: count.waiting,
            total: count.total,
            outbound_id: row.outbound_id.map(|id| id.0),
            created_at: row.created_at,
        }
    }

    fn state(&self, names: &Named) -> State {
        let row = &self.row;
        describe(&Facts {
            kind: Kind::Source {
                has_target: target(row).is_some(),
                last_mail_at: row.last_mail_at,
            },
            protocol: row.protocol,
            state: row.state,
            since: row.state_since,
            detail: &row.state_detail,
            signed_in_as: &self.used.grant.user_principal_name,
            own_registration: self.used.registration_id().is_some(),
            paused_by: self.paused_by().and_then(|it| names.get(it)),
            last_success_at: row.last_success_at,
            waiting: self.count.waiting,
            now: self.now,
        })
    }

    fn expires(&self, push: &Push) -> Vec<Expiry> {
        let promised = push.expires_at().map(Expiry::of_subscription);
        let mut expires = self.used.expires(self.row.protocol);
        expires.extend(promised);
        expires.sort_by_key(|it| it.at);
        expires
    }

    fn lag(&self) -> Option<i64> {
        let read = self.row.last_success_at?;
        let known = match self.row.state {
            connection::ConnectionState::Active => self.now,
            _ => read,
        };
        let oldest = self.oldest_fresh_at.unwrap_or(known);
        Some((self.now - oldest.min(known)).num_seconds().max(0))
    }

    fn offline(&self) -> Option<Offline> {
        let row = &self.row;
        let last_read = row.last_success_at.unwrap_or(row.state_since);
        Offline::of(row.state, last_read, self.count.waiting, self.now)
    }
}

impl Folder {
    fn of(id: Option<String>, name: Option<String>) -> Option<Self> {
        let id = id?;
        let name = name.unwrap_or_else(|| id.clone());
        Some(Self { id, name })
    }
}

fn reconciled(row: &source::Model) -> Option<Reconciled> {
    Some(Reconciled {
        at: row.reconciled_at?,
        in_folder: row.reconciled_in_folder?,
        in_ledger: row.reconciled_in_ledger?,
        imported: row.reconciled_imported?,
    })
}

fn moving(row: &source::Model) -> Option<Moving> {
    Some(Moving {
        done: row.moving_done.unwrap_or_default(),
        total: row.moving_total?,
    })
}

fn target(row: &source::Model) -> Option<Target> {
    Some(Target {
        project_id: row.project_id.clone()?,
        project_key: row.project_key.clone()?,
        project_name: row.project_name.clone()?,
        issue_type_id: row.issue_type_id.clone()?,
        issue_type_name: row.issue_type_name.clone()?,
    })
}

impl Api {
    /// Ends the transaction and shows the source.
    ///
    /// # Errors
    /// When the database does not answer.
    pub(super) async fn show_source(
        &self,
        tx: TenantTx,
        row: source::Model,
    ) -> Result<Source, Problem> {
        let mut seen = self.show_sources(tx, vec![row]).await?;
        seen.pop()
            .ok_or_else(|| Problem::internal("one source was read and none is there"))
    }

    /// Ends the transaction and shows the sources.
    ///
    /// # Errors
    /// When the database does not answer.
    pub(super) async fn show_sources(
        &self,
        tx: TenantTx,
        rows: Vec<source::Model>,
    ) -> Result<Vec<Source>, Problem> {
        let tenant = tx.tenant();
        let mut read = Vec::with_capacity(rows.len());
        for row in rows {
            read.push(Read::of(&tx, row).await?);
        }
        tx.commit().await?;
        // Jira is asked without a connection to the database in hand.
        let names = self
            .names_of(tenant, read.iter().filter_map(Read::paused_by))
            .await;
        Ok(read.into_iter().map(|it| it.seen(&names)).collect())
    }
}
