use chrono::{DateTime, Utc};
use postroom_registry::{
    RegistryError, TenantTx,
    notification::{self, NotificationState},
    outbound,
};
use serde::Serialize;
use utoipa::ToSchema;
use uuid::Uuid;

use crate::{
    Api, Problem,
    connection::{Expiry, Facts, Kind, State, describe, ends_at},
    names::Named,
    routes::connections::{Protocol, Used},
};

/// A connection that sends.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Outbound {
    id: Uuid,
    /// For people.
    name: String,
    /// The mailbox that it sends from.
    mailbox: String,
    /// The address that mails come from, where it is another than the mailbox's.
    #[schema(required)]
    from_address: Option<String>,
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
    /// What ends, the next first.
    pub(crate) expires: Vec<Expiry>,
    /// When Microsoft last took a mail, or a ping was green.
    #[schema(required)]
    last_success_at: Option<DateTime<Utc>>,
    /// Notifications that went out by it.
    sent: u64,
    /// Notifications that wait for it.
    waiting: u64,
    created_at: DateTime<Utc>,
}

/// All that is shown of an outbound, as the book has it.
#[derive(Debug)]
pub(crate) struct Read {
    row: outbound::Model,
    used: Used,
    sent: u64,
    waiting: u64,
    now: DateTime<Utc>,
}

impl Read {
    /// Reads it.
    ///
    /// # Errors
    /// When the database does not answer.
    pub(crate) async fn of(tx: &TenantTx, row: outbound::Model) -> Result<Self, RegistryError> {
        Ok(Self {
            used: Used::read(tx, row.grant_id).await?,
            sent: notification::count(tx, row.id, NotificationState::Sent).await?,
            waiting: notification::count(tx, row.id, NotificationState::Waiting).await?,
            now: tx.clock().now(),
            row,
        })
    }

    /// The account that paused it.
    pub(crate) fn paused_by(&self) -> Option<&str> {
        self.row.state_detail.paused_by.as_deref()
    }

    /// What the panel sees.
    pub(crate) fn seen(self, names: &Named) -> Outbound {
        let state = self.state(names);
        let Self {
            row,
            used,
            sent,
            waiting,
            ..
        } = self;
        Outbound {
            id: row.id.0,
            state,
            ends_at: ends_at(row.protocol),
            grant_id: row.grant_id.0,
            registration_id: used.registration_id(),
            expires: used.expires(row.protocol),
            signed_in_as: used.grant.user_principal_name,
            name: row.name,
            mailbox: row.mailbox,
            from_address: row.from_address,
            protocol: row.protocol.into(),
            last_success_at: row.last_success_at,
            sent,
            waiting,
            created_at: row.created_at,
        }
    }

    fn state(&self, names: &Named) -> State {
        let row = &self.row;
        describe(&Facts {
            kind: Kind::Outbound,
            protocol: row.protocol,
            state: row.state,
            since: row.state_since,
            detail: &row.state_detail,
            signed_in_as: &self.used.grant.user_principal_name,
            own_registration: self.used.registration_id().is_some(),
            paused_by: self.paused_by().and_then(|it| names.get(it)),
            last_success_at: row.last_success_at,
            waiting: i64::try_from(self.waiting).unwrap_or(i64::MAX),
            now: self.now,
        })
    }
}

impl Api {
    /// Ends the transaction and shows the outbound.
    ///
    /// # Errors
    /// When the database does not answer.
    pub(super) async fn show_outbound(
        &self,
        tx: TenantTx,
        row: outbound::Model,
    ) -> Result<Outbound, Problem> {
        let mut seen = self.show_outbounds(tx, vec![row]).await?;
        seen.pop()
            .ok_or_else(|| Problem::internal("one outbound was read and none is there"))
    }

    /// Ends the transaction and shows the outbounds.
    ///
    /// # Errors
    /// When the database does not answer.
    pub(super) async fn show_outbounds(
        &self,
        tx: TenantTx,
        rows: Vec<outbound::Model>,
    ) -> Result<Vec<Outbound>, Problem> {
        let tenant = tx.tenant();
        let mut read = Vec::with_capacity(rows.len());
        for row in rows {
            read.push(Read::of(&tx, row).await?);
        }
        tx.commit().await?;
        // Jira is asked without a connection to the database in hand.
        let accounts = read.iter().filter_map(Read::paused_by);
        let names = self.names_of(tenant, accounts).await;
        Ok(read.into_iter().map(|it| it.seen(&names)).collect())
    }
}
