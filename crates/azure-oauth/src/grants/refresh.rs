//! The refresh itself: claimed, asked for without a row locked, and stored in one transaction.

use std::time::Duration;

use chrono::TimeDelta;
use postroom_registry::{
    GrantId, RegistryError, TenantId,
    grant::{self, RefreshClaim, Refreshed, Resource},
};
use secrecy::SecretString;
use tokio::time::{Instant, sleep};

use super::{GrantError, Grants, LAST, Need};
use crate::{Microsoft, OAuthError, TokenSet, scopes};

/// How long a claim holds. The HTTP client gives up long before, so that only a process that died lets one run out.
const HOLD: TimeDelta = TimeDelta::seconds(90);

/// Between two looks whether another process is done.
const LOOK: Duration = Duration::from_millis(100);

/// Who waited so long for another process comes again later.
const PATIENCE: Duration = Duration::from_secs(95);

impl Grants {
    /// A token by a refresh, ours or another's.
    pub(super) async fn fresh(
        &self,
        tenant: TenantId,
        id: GrantId,
        need: Need,
    ) -> Result<SecretString, GrantError> {
        let _turn = self.turns.wait(id).await;
        let given_up = Instant::now() + PATIENCE;
        while Instant::now() < given_up {
            if let Some(token) = self.try_refresh(tenant, id, need).await? {
                return Ok(token);
            }
            sleep(LOOK).await;
        }
        Err(GrantError::Slow)
    }

    /// The same, unless somebody refreshes already.
    pub(super) async fn fresh_if_free(
        &self,
        tenant: TenantId,
        id: GrantId,
        resource: Resource,
    ) -> Result<Option<SecretString>, GrantError> {
        match self.turns.take(id) {
            Some(_turn) => self.try_refresh(tenant, id, Need::Ahead(resource)).await,
            None => Ok(None),
        }
    }

    /// One look: what is kept if it meets the need, else a refresh if the claim is to be had, else nothing yet.
    async fn try_refresh(
        &self,
        tenant: TenantId,
        id: GrantId,
        need: Need,
    ) -> Result<Option<SecretString>, GrantError> {
        let resource = need.resource();
        let kept = self.kept(tenant, id, resource, need.margin()).await?;
        if let Some(token) = kept.token.filter(|_| need.is_met_by(&kept.read)) {
            return Ok(Some(token));
        }
        if let Some(left) = self.pauses.left(id, self.registry.clock().now()) {
            return Err(OAuthError::paused(left).into());
        }
        let tx = self.registry.begin(tenant).await?;
        let Some(claim) = grant::claim_refresh(&tx, &kept.read, HOLD).await? else {
            return Ok(None);
        };
        tx.commit().await?;
        let asked = self.ask(tenant, &kept.read, resource).await;
        match asked {
            Ok(tokens) => self.store(tenant, &claim, resource, tokens).await.map(Some),
            Err(error) => {
                if let Some(wait) = error.retry_after() {
                    self.pauses.begin(id, self.registry.clock().now(), wait);
                }
                self.release(tenant, &claim).await;
                Err(error)
            }
        }
    }

    async fn ask(
        &self,
        tenant: TenantId,
        read: &grant::Model,
        resource: Resource,
    ) -> Result<TokenSet, GrantError> {
        let tx = self.registry.begin(tenant).await?;
        let refresh_token = grant::refresh_token(&tx, read).await?;
        let microsoft = self.registrations.of(&tx, read.registration_id).await?;
        tx.commit().await?;
        let scopes = asked_for(&microsoft, &read.scopes, resource);
        let scopes: Vec<&str> = scopes.iter().map(String::as_str).collect();
        let mut tokens = microsoft.refresh(&refresh_token, &scopes).await?;
        if tokens.scopes.is_empty() {
            // No list means: as asked for (RFC 6749, section 5.1).
            tokens.scopes = scopes::of_resource(&read.scopes, resource)
                .into_iter()
                .map(str::to_owned)
                .collect();
        }
        Ok(tokens)
    }

    /// A claim that ran out meanwhile is another's now, and so is what is stored; our token is good for its hour all the
    /// same.
    async fn store(
        &self,
        tenant: TenantId,
        claim: &RefreshClaim,
        resource: Resource,
        tokens: TokenSet,
    ) -> Result<SecretString, GrantError> {
        let refreshed = Refreshed {
            resource,
            refresh_token: tokens.refresh_token,
            access_token: tokens.access_token.clone(),
            access_expires_at: tokens.expires_at,
            scopes: tokens.scopes,
        };
        let tx = self.registry.begin(tenant).await?;
        match grant::store_refreshed(&tx, claim, &refreshed).await {
            Ok(()) => tx.commit().await?,
            Err(RegistryError::Superseded) => {}
            Err(error) => return Err(error.into()),
        }
        Ok(tokens.access_token)
    }

    /// The failure that led here is told; that of the release heals by itself when the claim runs out.
    async fn release(&self, tenant: TenantId, claim: &RefreshClaim) {
        let released = async {
            let tx = self.registry.begin(tenant).await?;
            grant::release_refresh(&tx, claim).await?;
            tx.commit().await
        };
        if let Err(error) = released.await {
            tracing::warn!(cause = %error, "the claim of a refresh runs out by itself");
        }
    }
}

impl Need {
    fn resource(self) -> Resource {
        match self {
            Self::Token(resource) | Self::Ahead(resource) | Self::Newer { resource, .. } => {
                resource
            }
        }
    }

    fn margin(self) -> TimeDelta {
        match self {
            Self::Ahead(_) => super::AHEAD,
            Self::Token(_) | Self::Newer { .. } => LAST,
        }
    }

    fn is_met_by(self, read: &grant::Model) -> bool {
        match self {
            Self::Token(_) | Self::Ahead(_) => true,
            Self::Newer { than, .. } => read.version > than,
        }
    }
}

/// Scopes of one resource. Microsoft answers with a new refresh token only where `offline_access` is asked for, and its
/// list of granted scopes does not name it.
fn asked_for(microsoft: &Microsoft, granted: &[String], resource: Resource) -> Vec<String> {
    let mut asked: Vec<String> = scopes::of_resource(granted, resource)
        .into_iter()
        .map(str::to_owned)
        .collect();
    if asked.is_empty() {
        // This resource was never granted here; an administrator may have consented to it all the same.
        asked.push(match resource {
            Resource::Graph => microsoft.endpoints().graph_default(),
            Resource::Outlook => scopes::EWS.to_owned(),
        });
    }
    asked.push("offline_access".to_owned());
    asked
}
