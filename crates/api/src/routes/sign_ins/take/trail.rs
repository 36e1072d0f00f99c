//! What a sign-in that was taken changed: connections that are new, and connections with another sign-in.

use std::collections::HashMap;

use postroom_registry::{
    GrantId, OutboundId, RegistryError, SourceId, TenantTx,
    audit::{self, Action, Actor, Entry, SubjectKind},
    grant, outbound, source,
};

/// The connections as they were.
pub(super) struct Before {
    sources: HashMap<SourceId, source::Model>,
    outbounds: HashMap<OutboundId, outbound::Model>,
}

impl Before {
    pub(super) async fn look(tx: &TenantTx) -> Result<Self, RegistryError> {
        let sources = source::list(tx).await?.into_iter();
        let outbounds = outbound::list(tx).await?.into_iter();
        Ok(Self {
            sources: sources.map(|row| (row.id, row)).collect(),
            outbounds: outbounds.map(|row| (row.id, row)).collect(),
        })
    }

    /// Writes down what is different since.
    pub(super) async fn record(&self, tx: &TenantTx, by: &Actor) -> Result<(), RegistryError> {
        for row in source::list(tx).await? {
            let (action, was) = match self.sources.get(&row.id) {
                None => (Action::SourceConnected, None),
                Some(was) if was.grant_id == row.grant_id => continue,
                Some(was) => (Action::SourceReauthorised, Some((was.grant_id, was.state))),
            };
            let entry =
                Entry::new(by.clone(), action).on(SubjectKind::Source, &row.id, Some(&row.name));
            let entry = signed_in(tx, entry, was.map(|was| was.0), row.grant_id).await?;
            let state = was.map(|was| was.1.word());
            audit::record(tx, &entry.changed("state", state, Some(row.state.word()))).await?;
        }
        for row in outbound::list(tx).await? {
            let (action, was) = match self.outbounds.get(&row.id) {
                None => (Action::OutboundConnected, None),
                Some(was) if was.grant_id == row.grant_id => continue,
                Some(was) => (
                    Action::OutboundReauthorised,
                    Some((was.grant_id, was.state)),
                ),
            };
            let entry =
                Entry::new(by.clone(), action).on(SubjectKind::Outbound, &row.id, Some(&row.name));
            let entry = signed_in(tx, entry, was.map(|was| was.0), row.grant_id).await?;
            let spoke = self.outbounds.get(&row.id).map(|was| was.protocol);
            let entry = match spoke.filter(|spoke| *spoke != row.protocol) {
                Some(spoke) => {
                    entry.changed("protocol", Some(spoke.word()), Some(row.protocol.word()))
                }
                None => entry,
            };
            let state = was.map(|was| was.1.word());
            audit::record(tx, &entry.changed("state", state, Some(row.state.word()))).await?;
        }
        Ok(())
    }
}

/// The entry, with whose sign-in it was and whose it is.
async fn signed_in(
    tx: &TenantTx,
    entry: Entry,
    from: Option<GrantId>,
    to: GrantId,
) -> Result<Entry, RegistryError> {
    let was = match from {
        Some(id) => Some(grant::find(tx, id).await?.user_principal_name),
        None => None,
    };
    let is = grant::find(tx, to).await?.user_principal_name;
    Ok(entry.changed("signed_in_as", was.as_deref(), Some(&is)))
}
