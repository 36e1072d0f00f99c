//! Whatever needs a person.

use chrono::TimeDelta;
use postroom_registry::{RegistryError, TenantTx, incident, outbound, registration, source};
use serde::Serialize;
use utoipa::ToSchema;
use uuid::Uuid;

use crate::{
    connection::{Expiring, Expiry, State, StateCode, WhoActs},
    names::Named,
    routes::{incidents, outbounds, sources},
};

/// What ends within this time is said at the top of everything.
const SOON: TimeDelta = TimeDelta::days(14);
/// More are not read by anybody.
const MOST: u64 = 100;

/// One thing that needs a person.
#[derive(Debug, PartialEq, Eq, Serialize, ToSchema)]
pub(crate) struct Need {
    /// What is the matter.
    pub(super) text: String,
    /// `source`, `outbound` or `registration`.
    pub(super) connection_kind: String,
    /// Which.
    pub(super) connection_id: Uuid,
}

/// A connection, as far as the overview looks at it.
#[derive(Debug)]
pub(super) struct Connection {
    pub(super) kind: &'static str,
    id: Uuid,
    mailbox: String,
    pub(super) state: State,
    expires: Vec<Expiry>,
}

/// All of the tenant.
pub(super) async fn connections(tx: &TenantTx) -> Result<Vec<Connection>, RegistryError> {
    let (mut all, nobody) = (Vec::new(), Named::default());
    for row in source::list(tx).await? {
        let (id, mailbox) = (row.id.0, row.mailbox.clone());
        let seen = sources::Read::of(tx, row).await?.seen(&nobody);
        all.push(Connection {
            kind: "source",
            id,
            mailbox,
            state: seen.state,
            expires: seen.expires,
        });
    }
    for row in outbound::list(tx).await? {
        let (id, mailbox) = (row.id.0, row.mailbox.clone());
        let seen = outbounds::Read::of(tx, row).await?.seen(&nobody);
        all.push(Connection {
            kind: "outbound",
            id,
            mailbox,
            state: seen.state,
            expires: seen.expires,
        });
    }
    Ok(all)
}

/// What somebody must do, the most pressing first; of each thing once.
pub(super) async fn needs(
    tx: &TenantTx,
    connections: &[Connection],
) -> Result<Vec<Need>, RegistryError> {
    let mut needs: Vec<Need> = connections.iter().filter_map(Connection::need).collect();
    for row in incident::list(tx, Some(true), MOST).await? {
        let incident = incidents::view(tx, row).await?;
        let text = format!("{}: {}", incident.subject.name, incident.sentence);
        add(
            &mut needs,
            incident.subject.kind.word(),
            incident.subject.id,
            text,
        );
    }
    let soon = tx.clock().now() + SOON;
    for row in registration::list(tx).await? {
        if let Some(expiry) = Expiry::of_registration(&row).filter(|it| it.at <= soon) {
            add(&mut needs, "registration", row.id.0, expiry.sentence);
        }
    }
    for it in connections {
        let ends = |expiry: &&Expiry| expiry.what == Expiring::EwsEnd && expiry.at <= soon;
        if let Some(expiry) = it.expires.iter().find(ends) {
            let text = format!("{}: {}", it.mailbox, expiry.sentence);
            add(&mut needs, it.kind, it.id, text);
        }
    }
    Ok(needs)
}

fn add(needs: &mut Vec<Need>, kind: &str, id: Uuid, text: String) {
    let is_told = |it: &Need| it.connection_kind == kind && it.connection_id == id;
    if !needs.iter().any(is_told) {
        needs.push(Need {
            text,
            connection_kind: kind.to_owned(),
            connection_id: id,
        });
    }
}

impl Connection {
    /// What somebody must do about it. A pause is somebody's wish, not a need.
    fn need(&self) -> Option<Need> {
        let asks = !matches!(self.state.who_acts, WhoActs::Nobody | WhoActs::Us);
        (asks && self.state.code != StateCode::Paused).then(|| Need {
            text: format!("{}: {}", self.mailbox, self.state.sentence),
            connection_kind: self.kind.to_owned(),
            connection_id: self.id,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_thing_that_is_told_is_not_told_again() {
        let (one, other) = (Uuid::from_u128(1), Uuid::from_u128(2));
        let mut needs = Vec::new();
        add(&mut needs, "source", one, "first".to_owned());
        add(&mut needs, "source", one, "second".to_owned());
        add(&mut needs, "outbound", one, "third".to_owned());
        add(&mut needs, "source", other, "fourth".to_owned());
        let told: Vec<_> = needs.iter().map(|it| it.text.as_str()).collect();
        assert_eq!(told, ["first", "third", "fourth"]);
    }
}
