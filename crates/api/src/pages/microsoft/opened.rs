//! A sign-in as a window finds it.

use postroom_registry::{
    SignInId, TenantId, TenantTx, sign_in,
    tenant::{self, TenantState},
};

use super::ending::{Ending, Stop};
use crate::{Api, doors::Site};

/// A sign-in in a transaction of its tenant, locked, and the site that it is for.
#[derive(Debug)]
pub(super) struct Opened {
    pub(super) tx: TenantTx,
    pub(super) row: sign_in::Model,
    pub(super) site: Site,
}

impl Opened {
    /// Opens the sign-in that a ticket or a state led to, if its site has the app and its time is not over.
    pub(super) async fn find(api: &Api, found: Option<(TenantId, SignInId)>) -> Result<Self, Stop> {
        let (tenant, id) = found.ok_or(Ending::CannotBeUsed)?;
        let tx = api.registry.begin(tenant).await?;
        let site = tenant::this(&tx).await?;
        if site.state != TenantState::Installed {
            return Err(Ending::CannotBeUsed.into());
        }
        let row = sign_in::lock(&tx, id).await?;
        if row.revoked_at.is_some() {
            return Err(Ending::Revoked.into());
        }
        if row.is_expired(api.clock().now()) {
            return Err(Ending::TooLate.into());
        }
        Ok(Self {
            tx,
            row,
            site: Site::of(&site),
        })
    }

    /// The same, by the ticket that opens its window.
    pub(super) async fn by_ticket(api: &Api, ticket: &str) -> Result<Self, Stop> {
        Self::find(api, api.registry.sign_in_by_ticket(ticket).await?).await
    }
}
