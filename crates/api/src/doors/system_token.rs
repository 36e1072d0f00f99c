//! The token with which the app speaks to Jira: Forge brings one with each call, and there is no other way to get it.

use actix_web::{HttpRequest, http::header::HeaderName};
use chrono::TimeDelta;
use postroom_atlassian::forge;
use postroom_registry::{TenantId, tenant};
use secrecy::SecretString;

use super::knock;
use crate::{Api, Problem};

const HEADER: HeaderName = HeaderName::from_static("x-forge-oauth-system");
/// No token lives longer (*Calling product APIs from a remote*, Atlassian). One that says so would keep better ones out.
const LONGEST: TimeDelta = TimeDelta::hours(4);
/// A token that lives hardly longer is not worth a write.
const WORTH: TimeDelta = TimeDelta::seconds(60);
const LARGEST: usize = 16 * 1024;

/// Keeps the system token of a verified call, if it lives longer than the one we have.
///
/// # Errors
/// When the database does not answer: then the event is not taken, and comes again.
pub(super) async fn keep(
    api: &Api,
    request: &HttpRequest,
    tenant: TenantId,
) -> Result<(), Problem> {
    let Some(raw) = knock::only(request, &HEADER).filter(|raw| raw.len() <= LARGEST) else {
        return Ok(());
    };
    let token = SecretString::from(raw);
    let Some(until) = forge::system_token_expiry(&token) else {
        return Ok(());
    };
    let now = api.clock().now();
    let until = until.min(now + LONGEST);
    let memory = &api.shared().memory;
    let kept = memory.token_until(tenant).await;
    if until <= now || kept.is_some_and(|kept| until <= kept + WORTH) {
        return Ok(());
    }
    let tx = api.registry.begin(tenant).await?;
    tenant::keep_system_token(&tx, &token, until).await?;
    tx.commit().await?;
    memory.note_token(tenant, until).await;
    Ok(())
}
