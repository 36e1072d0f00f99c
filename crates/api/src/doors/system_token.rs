//! The token with which the app speaks to Jira: Forge brings one with each call, and there is no other way to get it.
//!
//! It is taken from what Forge itself tells, never from a person's call: a page can have its browser call us with an
//! invocation token and whatever headers it likes (`requestRemote`), and the header of the system token is one of them.

use std::fmt;

use actix_web::{HttpRequest, http::header::HeaderName};
use chrono::{DateTime, TimeDelta, Utc};
use postroom_atlassian::forge;
use postroom_registry::{
    TenantId, mail, notification,
    tenant::{self, JiraAccess},
};
use secrecy::SecretString;

use super::knock;
use crate::{Api, Problem};

const HEADER: HeaderName = HeaderName::from_static("x-forge-oauth-system");
/// No token lives longer (*Calling product APIs from a remote*, Atlassian). One that says so would keep better ones out.
const LONGEST: TimeDelta = TimeDelta::hours(4);
const LARGEST: usize = 16 * 1024;

/// A token that came with a call.
pub(super) struct SystemToken {
    token: SecretString,
    until: DateTime<Utc>,
}

impl SystemToken {
    /// What a request brought, if it brought one that lives.
    pub(super) fn of(api: &Api, request: &HttpRequest) -> Option<Self> {
        let raw = knock::only(request, &HEADER).filter(|raw| raw.len() <= LARGEST)?;
        let token = SecretString::from(raw);
        let now = api.clock().now();
        let until = forge::system_token_expiry(&token)?.min(now + LONGEST);
        (until > now).then_some(Self { token, until })
    }

    /// Keeps it for the tenant of a verified call, if it lives longer than the one we have. Where there was none, what
    /// waited for it goes on at once.
    ///
    /// # Errors
    /// When the database does not answer: then the event is not taken, and comes again.
    pub(super) async fn keep(&self, api: &Api, tenant: TenantId) -> Result<(), Problem> {
        // Asked of the registry each time: what this process kept last, another may have found refused since.
        let tx = api.registry.begin(tenant).await?;
        let waited = matches!(tenant::jira_access(&tx).await?, JiraAccess::Waiting);
        let kept = tenant::keep_system_token(&tx, &self.token, self.until).await?;
        if !(waited && kept) {
            return Ok(tx.commit().await?);
        }
        let mails = mail::token_came(&tx).await?;
        let notifications = notification::token_came(&tx).await?;
        tx.commit().await?;
        api.ring_process(tenant, &mails).await;
        api.ring_send(tenant, &notifications).await;
        Ok(())
    }
}

/// Keeps what a verified call of a tenant brought.
///
/// # Errors
/// See [`SystemToken::keep`].
pub(super) async fn keep(
    api: &Api,
    request: &HttpRequest,
    tenant: TenantId,
) -> Result<(), Problem> {
    match SystemToken::of(api, request) {
        Some(token) => token.keep(api, tenant).await,
        None => Ok(()),
    }
}

impl fmt::Debug for SystemToken {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("SystemToken")
            .field("until", &self.until)
            .finish_non_exhaustive()
    }
}
