//! The connection whose sign-in is replaced in place.

use postroom_registry::{
    GrantId, RegistryError, TenantTx, connection::Protocol, grant, outbound, sign_in, source,
};

/// A connection that is there already.
#[derive(Clone, Debug)]
pub(crate) enum Replaced {
    /// It receives.
    Source(Box<source::Model>),
    /// It sends.
    Outbound(Box<outbound::Model>),
}

impl Replaced {
    /// The connection that a sign-in is for, if it is for one that is there.
    ///
    /// # Errors
    /// [`RegistryError::Missing`] when somebody deleted it.
    pub(crate) async fn of(
        tx: &TenantTx,
        row: &sign_in::Model,
    ) -> Result<Option<Self>, RegistryError> {
        match (row.reauthorise_id, row.reauthorise_outbound_id) {
            (Some(id), _) => Ok(Some(Self::Source(Box::new(source::find(tx, id).await?)))),
            (None, Some(id)) => {
                let outbound = outbound::find(tx, id).await?;
                Ok(Some(Self::Outbound(Box::new(outbound))))
            }
            (None, None) => Ok(None),
        }
    }

    /// Its address.
    pub(crate) fn mailbox(&self) -> &str {
        match self {
            Self::Source(source) => &source.mailbox,
            Self::Outbound(outbound) => &outbound.mailbox,
        }
    }

    /// For people.
    pub(crate) fn name(&self) -> &str {
        match self {
            Self::Source(source) => &source.name,
            Self::Outbound(outbound) => &outbound.name,
        }
    }

    /// The wire that a new sign-in is for: that of the connection, and Graph's for one that is on its way there.
    pub(crate) fn protocol(&self) -> Protocol {
        match self {
            Self::Source(source) if source.moving_total.is_some() => Protocol::Graph,
            Self::Source(source) => source.protocol,
            Self::Outbound(outbound) => outbound.protocol,
        }
    }

    /// The sign-in that it has now.
    pub(crate) fn grant_id(&self) -> GrantId {
        match self {
            Self::Source(source) => source.grant_id,
            Self::Outbound(outbound) => outbound.grant_id,
        }
    }

    /// The sign-in that it has now, whole.
    ///
    /// # Errors
    /// When the database does not answer.
    pub(crate) async fn grant(&self, tx: &TenantTx) -> Result<grant::Model, RegistryError> {
        grant::find(tx, self.grant_id()).await
    }
}
