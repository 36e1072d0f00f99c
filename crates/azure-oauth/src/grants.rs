//! Access tokens out of kept grants. The rotated refresh token is always the stored one.

mod error;
mod pauses;
mod refresh;
mod turns;

use chrono::{DateTime, TimeDelta, Utc};
use postroom_registry::{
    GrantId, Registry, TenantId,
    grant::{self, Resource},
};
use secrecy::{ExposeSecret as _, SecretString};
use subtle::ConstantTimeEq as _;

use crate::Registrations;
pub use error::GrantError;
use pauses::Pauses;
use turns::Turns;

/// A kept access token is used as it is until this long before its end.
const AHEAD: TimeDelta = TimeDelta::minutes(10);

/// From then on one caller refreshes it while the others still use it, until this long before its end.
const LAST: TimeDelta = TimeDelta::minutes(2);

/// Gives out access tokens of grants and keeps what Microsoft rotates. Cheap to clone.
///
/// A grant is refreshed by one caller at a time, over all tasks of all processes: in the process by turns, between
/// processes by a claim in the book. Whoever comes second takes what the first one stored.
#[derive(Clone, Debug)]
pub struct Grants {
    registry: Registry,
    registrations: Registrations,
    turns: Turns,
    pauses: Pauses,
}

impl Grants {
    /// Grants of `registry`, refreshed with the app registration that each was signed in with.
    pub fn new(registry: Registry, registrations: Registrations) -> Self {
        Self {
            registry,
            registrations,
            turns: Turns::default(),
            pauses: Pauses::default(),
        }
    }

    /// An access token for `resource` that lives at least two more minutes: the kept one, else a fresh one. One
    /// refresh token brings tokens for every resource that was consented to.
    ///
    /// # Errors
    /// [`GrantError`]; ask its diagnosis whose it is before touching a connection. That one resource is refused says
    /// nothing of the other.
    pub async fn access_token(
        &self,
        tenant: TenantId,
        id: GrantId,
        resource: Resource,
    ) -> Result<SecretString, GrantError> {
        if let Some(token) = self.kept(tenant, id, resource, AHEAD).await?.token {
            return Ok(token);
        }
        let Some(last) = self.kept(tenant, id, resource, LAST).await?.token else {
            return self.fresh(tenant, id, Need::Token(resource)).await;
        };
        // Nobody waits for a refresh, or suffers by its failing, while the kept token is good.
        match self.fresh_if_free(tenant, id, resource).await {
            Ok(token) => Ok(token.unwrap_or(last)),
            Err(error) if error.is_transient() => Ok(last),
            Err(error) => Err(error),
        }
    }

    /// Refreshes a grant whether or not its access token lives, unless somebody does so meanwhile: nothing that is in
    /// use may idle for 90 days ("Refresh tokens in the Microsoft identity platform").
    ///
    /// # Errors
    /// As [`Grants::access_token`].
    pub async fn renew(&self, tenant: TenantId, id: GrantId) -> Result<(), GrantError> {
        let tx = self.registry.begin(tenant).await?;
        let read = grant::find(&tx, id).await?;
        let known = grant::resources(&tx, id).await?;
        tx.commit().await?;
        let resource = known.first().copied().unwrap_or(Resource::Graph);
        let need = Need::Newer {
            than: read.version,
            resource,
        };
        self.fresh(tenant, id, need).await.map(drop)
    }

    /// Microsoft refused an access token before its time: the next call refreshes. Where `refused` is not the kept one
    /// any more, nothing is forgotten: somebody else was refused first.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn forget_access_token(
        &self,
        tenant: TenantId,
        id: GrantId,
        resource: Resource,
        refused: &SecretString,
    ) -> Result<(), GrantError> {
        let tx = self.registry.begin(tenant).await?;
        let read = grant::find(&tx, id).await?;
        // The claim locks the row, so that no refresh can store between the look and the change. If somebody holds it,
        // a fresh token is on its way.
        let Some(claim) = grant::claim_refresh(&tx, &read, AHEAD).await? else {
            return Ok(());
        };
        let kept = grant::access_token(&tx, &read, resource, DateTime::<Utc>::UNIX_EPOCH).await?;
        if kept.is_some_and(|kept| same(&kept, refused)) {
            grant::drop_access_token(&tx, id, resource).await?;
        }
        grant::release_refresh(&tx, &claim).await?;
        Ok(tx.commit().await?)
    }

    async fn kept(
        &self,
        tenant: TenantId,
        id: GrantId,
        resource: Resource,
        margin: TimeDelta,
    ) -> Result<Kept, GrantError> {
        let tx = self.registry.begin(tenant).await?;
        let read = grant::find(&tx, id).await?;
        let until = tx.clock().now() + margin;
        let token = grant::access_token(&tx, &read, resource, until).await?;
        tx.commit().await?;
        Ok(Kept { read, token })
    }
}

/// A grant as it was read, and the access token that was good enough.
struct Kept {
    read: grant::Model,
    token: Option<SecretString>,
}

/// What a refresh is wanted for.
#[derive(Clone, Copy, Debug)]
enum Need {
    /// A token for this resource; a kept one that lives will do.
    Token(Resource),
    /// The same before it is needed: only one that lives long will do.
    Ahead(Resource),
    /// A refresh token younger than that of this version.
    Newer { than: i64, resource: Resource },
}

fn same(one: &SecretString, other: &SecretString) -> bool {
    let (one, other) = (one.expose_secret(), other.expose_secret());
    one.as_bytes().ct_eq(other.as_bytes()).into()
}

#[cfg(test)]
mod tests;
