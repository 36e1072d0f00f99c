//! How a connection was, state after state.

use chrono::{DateTime, Utc};
use postroom_registry::{
    TenantTx,
    connection::{ConnectionKind, ConnectionState, StateDetail},
    connection_history,
};
use serde::Serialize;
use utoipa::ToSchema;
use uuid::Uuid;

use super::{StateCode, Tone, state::look};
use crate::{Api, Problem, names::Named};

/// Chapters that are shown.
const MOST: u64 = 100;

/// How a connection was, the newest first.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct History {
    items: Vec<StateSpan>,
}

/// A time in which a connection was in one state.
#[derive(Debug, PartialEq, Eq, Serialize, ToSchema)]
pub(crate) struct StateSpan {
    /// Which state.
    state: StateCode,
    /// One or two words.
    lozenge: String,
    /// Their colour.
    tone: Tone,
    /// What was the matter.
    sentence: String,
    /// From when on.
    since: DateTime<Utc>,
    /// Until when; null while it lasts.
    #[schema(required)]
    until: Option<DateTime<Utc>>,
}

impl History {
    /// The rows in words. `names` are Jira's, of accounts.
    fn of(rows: Vec<connection_history::Model>, names: &Named) -> Self {
        let items = rows.into_iter().map(|row| {
            let (code, lozenge, tone) = look(row.state);
            StateSpan {
                state: code,
                lozenge: lozenge.to_owned(),
                tone,
                sentence: match row.detail.paused_by.as_deref() {
                    Some(account) => paused(names.get(account)),
                    None => said_of(row.state, &row.detail),
                },
                since: row.since,
                until: row.until,
            }
        });
        Self {
            items: items.collect(),
        }
    }
}

impl Api {
    /// Ends the transaction and shows how a connection was.
    ///
    /// # Errors
    /// When the database does not answer.
    pub(crate) async fn history(
        &self,
        tx: TenantTx,
        kind: ConnectionKind,
        id: Uuid,
    ) -> Result<History, Problem> {
        let tenant = tx.tenant();
        let rows = connection_history::list(&tx, kind, id, MOST).await?;
        tx.commit().await?;
        let accounts = rows
            .iter()
            .filter_map(|row| row.detail.paused_by.as_deref());
        let names = self.names_of(tenant, accounts).await;
        Ok(History::of(rows, &names))
    }
}

fn paused(by: Option<&str>) -> String {
    match by {
        Some(name) => format!("Paused by {name}."),
        None => "Paused.".to_owned(),
    }
}

/// A state in words that hold whenever they are read.
pub(crate) fn said_of(state: ConnectionState, detail: &StateDetail) -> String {
    use ConnectionState as S;
    let or = |otherwise: &str| detail.meaning.clone().unwrap_or(otherwise.to_owned());
    match state {
        S::WaitingForApproval => or("A Microsoft administrator has to approve Postroom."),
        S::Active => "It works.".to_owned(),
        S::Slowed => "Microsoft asked Postroom to wait.".to_owned(),
        S::Retrying => or("Microsoft does not answer."),
        S::NeedsSignIn => or("Microsoft ended the sign-in."),
        S::Refused => or("Exchange does not let Postroom open this mailbox."),
        S::Ours => "The sign-in with Microsoft is out of order.".to_owned(),
        S::Paused => paused(None),
    }
}
