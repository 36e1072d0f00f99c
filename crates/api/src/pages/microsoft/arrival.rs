//! A browser that comes back from Microsoft: which sign-in it belongs to, and what comes of it.

mod given;
mod refused;

use actix_web::HttpRequest;
use chrono::{DateTime, Utc};
use postroom_azure_oauth::Whose;
use postroom_registry::{
    RegistryError, SignInId, TenantId,
    sign_in::{self, SignInState},
};
use secrecy::{ExposeSecret as _, SecretString};

use super::{
    browser,
    departure::Exchange,
    ending::{Ending, Stop},
    opened::Opened,
};
use crate::{Api, Problem};

/// A sign-in whose browser came back. Its state is used up.
pub(super) struct Arrival {
    tenant: TenantId,
    id: SignInId,
    ticket: String,
    state: SignInState,
    browser: SecretString,
    browser_hash: Option<Vec<u8>>,
    departed_at: Option<DateTime<Utc>>,
    whose: Whose,
    exchange: Exchange,
}

impl Arrival {
    /// Recognises state and browser, and uses the state up. A browser that is not the one that began uses nothing
    /// up: it could be anybody's.
    pub(super) async fn of(
        api: &Api,
        request: &HttpRequest,
        state: &SecretString,
    ) -> Result<Self, Stop> {
        let found = api.registry.sign_in_by_state(state.expose_secret()).await?;
        let Opened { tx, row, .. } = Opened::find(api, found).await?;
        if !is_away(row.state) {
            return Err(Ending::CannotBeUsed.into());
        }
        let browser = browser::recognise(request, &row)?;
        let (row, exchange) =
            sign_in::take_exchange(&tx, row)
                .await
                .map_err(|error| match error {
                    RegistryError::Missing => Stop::from(Ending::CannotBeUsed),
                    other => Stop::from(other),
                })?;
        tx.commit().await?;
        let exchange = serde_json::from_slice(exchange.as_slice())
            .map_err(|error| Problem::internal("a kept exchange cannot be read").because(error))?;
        Ok(Self {
            tenant: row.tenant_id,
            id: row.id,
            ticket: row.ticket,
            state: row.state,
            browser_hash: row.browser_hash,
            departed_at: row.ticket_used_at,
            whose: match row.registration_id {
                None => Whose::Service,
                Some(_) => Whose::Tenant,
            },
            browser,
            exchange,
        })
    }

    /// The sign-in again, unless the window was reloaded meanwhile: then the newer departure counts.
    async fn reopen(&self, api: &Api) -> Result<Opened, Stop> {
        let opened = Opened::find(api, Some((self.tenant, self.id))).await?;
        let untouched = opened.row.state == self.state
            && opened.row.browser_hash == self.browser_hash
            && opened.row.ticket_used_at == self.departed_at;
        match untouched {
            true => Ok(opened),
            false => Err(Ending::CannotBeUsed.into()),
        }
    }
}

/// Whether a sign-in of this state can have a browser at Microsoft.
fn is_away(state: SignInState) -> bool {
    matches!(
        state,
        SignInState::Started | SignInState::WaitingForApproval
    )
}
