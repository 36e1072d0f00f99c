//! What the routes of sources and of outbounds have in common: the sign-in that a connection uses, and what it carries.

use postroom_azure_oauth::scopes::{self, Work};
use postroom_registry::{GrantId, RegistryError, TenantTx, connection, grant, registration};
use uuid::Uuid;

use crate::{Problem, connection::Expiry, routes::vocabulary::words};

words! {
    /// The wire that a connection speaks.
    Protocol of connection::Protocol {
        /// Microsoft Graph.
        Graph,
        /// Exchange Web Services, until Microsoft switches them off.
        Ews,
    }
}

/// The sign-in of a connection, and the app registration that it was made with.
#[derive(Debug)]
pub(super) struct Used {
    pub(super) grant: grant::Model,
    /// None for Postroom's own, and for one that was deleted.
    registration: Option<registration::Model>,
}

impl Used {
    /// Reads them.
    ///
    /// # Errors
    /// When the database does not answer.
    pub(super) async fn read(tx: &TenantTx, id: GrantId) -> Result<Self, RegistryError> {
        let grant = grant::find(tx, id).await?;
        let registration = match grant.registration_id {
            Some(id) => match registration::find(tx, id).await {
                Ok(row) => Some(row),
                Err(RegistryError::Missing) => None,
                Err(error) => return Err(error),
            },
            None => None,
        };
        Ok(Self {
            grant,
            registration,
        })
    }

    /// The registration that the tenant brought.
    pub(super) fn registration_id(&self) -> Option<Uuid> {
        self.grant.registration_id.map(|id| id.0)
    }

    /// What of it ends, the next first.
    pub(super) fn expires(&self, protocol: connection::Protocol) -> Vec<Expiry> {
        let of_registration = self.registration.as_ref();
        let mut expires: Vec<_> = of_registration
            .and_then(Expiry::of_registration)
            .into_iter()
            .chain([Expiry::of_idle(&self.grant)])
            .chain((protocol == connection::Protocol::Ews).then(Expiry::of_ews))
            .collect();
        expires.sort_by_key(|it| it.at);
        expires
    }
}

/// Whether the mailbox is another than the signer's.
pub(super) fn is_shared(grant: &grant::Model, mailbox: &str) -> bool {
    mailbox.to_lowercase() != grant.user_principal_name.to_lowercase()
}

/// Lets a sign-in do what it carries.
///
/// # Errors
/// `missing_scopes`.
pub(super) fn may(grant: &grant::Model, work: &Work) -> Result<(), Problem> {
    let needed = scopes::needed(work);
    let missing = scopes::missing(&grant.scopes, &needed);
    match missing.is_empty() {
        true => Ok(()),
        false => Err(Problem::missing_scopes(&missing)),
    }
}
