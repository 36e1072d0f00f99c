//! What a person asks for when they begin a sign-in.

use postroom_registry::{
    OutboundId, RegistrationId, RegistryError, SourceId, TenantTx, connection, grant, outbound,
    registration::{self, Cloud},
    sign_in, source,
};
use serde::Deserialize;
use utoipa::ToSchema;
use uuid::Uuid;

use super::{Replaced, same_address};
use crate::{
    Api, Problem,
    mail_address::mail_address,
    routes::{connections::Protocol, vocabulary::words},
};

words! {
    /// What the connection shall do.
    Purpose of sign_in::Purpose {
        /// Receive.
        Source,
        /// Send.
        Outbound,
        /// Both, with one sign-in.
        Both,
    }
}

words! {
    /// Who shall sign in.
    Asked of sign_in::Asked {
        /// The person in the panel, in a window.
        Me,
        /// The owner of the mailbox, by a link that is sent to them.
        Owner,
    }
}

words! {
    /// Who allows Postroom what it asks for.
    Consent of grant::Consent {
        /// Whoever signs in.
        User,
        /// An administrator of the directory, by a link, before anybody signs in.
        Admin,
    }
}

/// What to sign in for.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct BeginSignIn {
    /// What the connection shall do.
    pub(super) purpose: Purpose,
    /// The mailbox, where it is another than the signer's own.
    mailbox: Option<String>,
    /// The wire; Graph where nothing is said.
    protocol: Option<Protocol>,
    /// An app registration of the site's own; Postroom's where nothing is said.
    registration_id: Option<Uuid>,
    /// The source whose sign-in is to be replaced in place: it keeps its rules and its place in the mailbox.
    source_id: Option<Uuid>,
    /// The outbound whose sign-in is to be replaced in place.
    outbound_id: Option<Uuid>,
    /// The same as `source_id`.
    connection_id: Option<Uuid>,
    /// Who shall sign in; the person in the panel where nothing is said.
    asked: Option<Asked>,
    /// Who allows it; whoever signs in where nothing is said.
    consent: Option<Consent>,
}

/// The same, checked.
#[derive(Debug)]
pub(super) struct Wish {
    pub(super) replaced: Option<Replaced>,
    pub(super) mailbox: Option<String>,
    pub(super) protocol: connection::Protocol,
    pub(super) registration_id: Option<RegistrationId>,
    pub(super) cloud: Cloud,
    pub(super) asked: sign_in::Asked,
    pub(super) consent: grant::Consent,
}

impl BeginSignIn {
    /// Checks it against what the tenant has.
    ///
    /// # Errors
    /// `invalid`, or `not_found` for a connection that is not there.
    pub(super) async fn check(&self, api: &Api, tx: &TenantTx) -> Result<Wish, Problem> {
        let replaced = self.replaced(tx).await?;
        let mailbox = self.mailbox(replaced.as_ref())?;
        let (registration_id, cloud) = self.registration(api, tx, replaced.as_ref()).await?;
        Ok(Wish {
            protocol: self.protocol(replaced.as_ref())?,
            replaced,
            mailbox,
            registration_id,
            cloud,
            asked: self.asked.unwrap_or(Asked::Me).into(),
            consent: self.consent.unwrap_or(Consent::User).into(),
        })
    }

    async fn replaced(&self, tx: &TenantTx) -> Result<Option<Replaced>, Problem> {
        match (self.source_id.or(self.connection_id), self.outbound_id) {
            (Some(_), Some(_)) => Err(Problem::invalid(
                "outbound_id",
                "One sign-in replaces that of a source or that of an outbound.",
            )),
            (Some(id), None) => {
                let source = source::find(tx, SourceId(id)).await?;
                Ok(Some(Replaced::Source(Box::new(source))))
            }
            (None, Some(id)) => {
                let outbound = outbound::find(tx, OutboundId(id)).await?;
                Ok(Some(Replaced::Outbound(Box::new(outbound))))
            }
            (None, None) => Ok(None),
        }
    }

    fn mailbox(&self, replaced: Option<&Replaced>) -> Result<Option<String>, Problem> {
        let given = self.mailbox.as_deref().map(str::trim);
        let given = given.filter(|it| !it.is_empty());
        match (replaced, given) {
            (Some(replaced), Some(given)) if !same_address(replaced.mailbox(), given) => Err(
                Problem::invalid("mailbox", "A connection keeps its mailbox."),
            ),
            (Some(replaced), _) => Ok(Some(replaced.mailbox().to_owned())),
            (None, Some(given)) => mail_address("mailbox", given).map(Some),
            (None, None) => Ok(None),
        }
    }

    fn protocol(&self, replaced: Option<&Replaced>) -> Result<connection::Protocol, Problem> {
        let given = self.protocol.map(connection::Protocol::from);
        match (replaced, given) {
            // An outbound has no place in a mailbox to bring along: signed in for Graph, it sends by Graph.
            (Some(Replaced::Outbound(_)), Some(connection::Protocol::Graph)) => {
                Ok(connection::Protocol::Graph)
            }
            (Some(has), Some(given)) if has.protocol() != given => Err(Problem::invalid(
                "protocol",
                "A sign-in does not change how a connection speaks.",
            )),
            (Some(has), _) => Ok(has.protocol()),
            (None, given) => Ok(given.unwrap_or(connection::Protocol::Graph)),
        }
    }

    /// A connection stays with the registration that it was signed in with, as long as there is one.
    async fn registration(
        &self,
        api: &Api,
        tx: &TenantTx,
        replaced: Option<&Replaced>,
    ) -> Result<(Option<RegistrationId>, Cloud), Problem> {
        let own = (None, api.registrations.own().cloud());
        if let Some(id) = self.registration_id.map(RegistrationId) {
            let row = registration::find(tx, id).await;
            let row = row.map_err(|error| match error {
                RegistryError::Missing => {
                    Problem::invalid("registration_id", "There is no such app registration.")
                }
                error => error.into(),
            })?;
            return Ok((Some(row.id), row.cloud));
        }
        let Some(replaced) = replaced else {
            return Ok(own);
        };
        let Some(id) = replaced.grant(tx).await?.registration_id else {
            return Ok(own);
        };
        match registration::find(tx, id).await {
            Ok(row) => Ok((Some(row.id), row.cloud)),
            Err(RegistryError::Missing) => Ok(own),
            Err(error) => Err(error.into()),
        }
    }
}
