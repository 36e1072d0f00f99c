//! Calls that Forge makes: one token, RS256, for people in the panel and for events.

use std::{sync::Arc, time::Duration};

use actix_web::{HttpRequest, dev::Payload, web::Bytes};
use postroom_atlassian::forge::{ForgeError, InvocationToken};
use postroom_registry::tenant::{ForgeInstallation, TenantState};

use super::{
    Caller, knock,
    memory::{Known, Name, Refusal},
    replay::{self, Token},
};
use crate::{Api, Problem, body};

/// A verified invocation. Its tenant is not looked for yet.
pub(super) struct Invocation {
    pub(super) token: InvocationToken,
    pub(super) once: Token,
}

/// What a door demands of a tenant.
pub(super) type Demand = fn(&Known) -> Result<(), Problem>;

/// Whether an `Authorization` header has Forge's scheme (RFC 6750).
pub(super) fn is_bearer(authorization: &str) -> bool {
    bearer(authorization).is_some()
}

fn bearer(authorization: &str) -> Option<&str> {
    let (scheme, raw) = authorization.split_once(' ')?;
    scheme.eq_ignore_ascii_case("bearer").then(|| raw.trim())
}

/// A person in the panel. The panel may be opened before the event of its installation came. Nothing of the call but its
/// invocation token is believed: the headers beside it may be a page's own.
///
/// # Errors
/// As [`verified`]; 403 when the token names no account, or the app was removed.
pub(super) async fn person(api: &Api, authorization: &str) -> Result<(Caller, Token), Problem> {
    let Invocation { token, once } = verified(api, authorization).await?;
    let Some(account_id) = token.principal.clone() else {
        let message = "Only a person who is signed in to Jira can use this.";
        return Err(Problem::denied("no_account", message));
    };
    let known = installed(api, &token, at_work).await?;
    let caller = Caller {
        tenant: known.tenant,
        account_id,
        site: known.site.clone(),
    };
    Ok((caller, once))
}

/// What Forge itself tells. A call that comes from a page is refused, whether it names a person or not: the panel's
/// script may ask Forge to call any path of ours with any body, and the token of such a call is as good as that of an
/// event but for what it says of the page.
///
/// # Errors
/// As [`verified`]; 403 for a page's call; 429 for a site that tells too much; those of the body.
pub(super) async fn told(
    api: &Api,
    request: &HttpRequest,
    payload: &mut Payload,
) -> Result<(InvocationToken, Bytes), Problem> {
    let Invocation { token, once } = verified(api, knock::authorization(request)?).await?;
    if token.principal.is_some() || token.from_page {
        let message = "Only Forge itself tells of events.";
        return Err(Problem::denied("not_for_people", message));
    }
    if let Some(known) = tenant(api, &token, |_| Ok(())).await? {
        api.shared().counters.count_told(known.tenant)?;
    }
    let body = body::whole(payload, body::WEBHOOK).await?;
    replay::same_content(api, &once, request, &body).await?;
    Ok((token, body))
}

/// Refuses a site that removed the app.
///
/// # Errors
/// 403.
pub(super) fn at_work(known: &Known) -> Result<(), Problem> {
    match known.row.state {
        TenantState::Installed => Ok(()),
        _ => Err(not_installed()),
    }
}

pub(super) fn not_installed() -> Problem {
    let message = "Postroom is switched off or removed on this site.";
    Problem::denied("not_installed", message)
}

/// Verifies an invocation.
///
/// # Errors
/// 401 for a bad token (and while the Forge door is shut), 503 while the key set cannot be asked.
async fn verified(api: &Api, authorization: &str) -> Result<Invocation, Problem> {
    let raw = bearer(authorization)
        .ok_or_else(|| Problem::unauthorized("this is no invocation of Forge"))?;
    let door = api
        .forge
        .as_ref()
        .ok_or_else(|| Problem::unauthorized("the Forge door is shut"))?;
    let token = door.verify(raw, api.clock().now()).await.map_err(refused)?;
    Ok(Invocation {
        once: Token::of(&token, raw),
        token,
    })
}

/// An outage of the key set is no forgery.
fn refused(error: ForgeError) -> Problem {
    match error.is_transient() {
        true => Problem::unavailable("the key set of Forge cannot be asked").because(error),
        false => Problem::unauthorized("the invocation token was refused").because(error),
    }
}

/// The tenant of an invocation, if there is one.
///
/// # Errors
/// 401 when the installation is known on another site, and what `demand` says of the tenant.
pub(super) async fn tenant(
    api: &Api,
    token: &InvocationToken,
    demand: Demand,
) -> Result<Option<Arc<Known>>, Problem> {
    let name = Name::Installation(token.installation_id.clone());
    let judge = |known: &Known| match &known.row.cloud_id {
        Some(id) if *id != token.cloud_id => Err(Refusal::is_doubtful(Problem::unauthorized(
            "the installation is on another site",
        ))),
        _ => demand(known).map_err(Refusal::is_doubtful),
    };
    let known = api.recall(&name, judge).await?.map(|(known, ())| known);
    if let Some(known) = &known {
        knock::note(known.tenant, token.principal.as_deref());
    }
    Ok(known)
}

/// The tenant of an invocation, made where there is none and brought up to date where its address is another.
///
/// # Errors
/// As [`tenant`].
pub(super) async fn installed(
    api: &Api,
    token: &InvocationToken,
    demand: Demand,
) -> Result<Arc<Known>, Problem> {
    if let Some(known) = tenant(api, token, demand).await?
        && (known.row.state != TenantState::Installed || is_up_to_date(&known, token))
    {
        return Ok(known);
    }
    install(api, token).await?;
    tenant(api, token, demand).await?.ok_or_else(|| {
        Problem::unavailable("the installation was made a moment ago and is not there")
    })
}

/// Takes the installation in, or its new address; again, where it was removed before.
///
/// # Errors
/// 403 for a call that was under way when its installation said goodbye: it would make a tenant that nobody has.
/// When the database does not answer.
pub(super) async fn install(api: &Api, token: &InvocationToken) -> Result<(), Problem> {
    let known = tenant(api, token, |_| Ok(())).await?;
    if known.is_none() && is_gone(api, token).await {
        return Err(not_installed());
    }
    let api_base_url = token.api_base_url.to_string();
    // An event may not say where people open the site; the panel's first call will.
    let site_url = match (&token.site_url, &known) {
        (Some(url), _) => url.to_string(),
        (None, Some(known)) => known.row.site_url.clone(),
        (None, None) => api_base_url.clone(),
    };
    let installation = ForgeInstallation {
        installation_id: token.installation_id.clone(),
        cloud_id: token.cloud_id.clone(),
        site_url,
        api_base_url,
    };
    let installed = api.registry.install_forge(&installation).await?;
    api.forget(installed.tenant).await;
    Ok(())
}

/// How long it is remembered that an installation said goodbye: longer than a token lives. A reinstall has another id.
const GOODBYE: Duration = Duration::from_secs(120);

fn goodbye_key(installation_id: &str) -> String {
    format!("goodbye:{installation_id}")
}

/// Remembers, for all processes, that the installation is gone. Redis away means: a tenant without anything in it may
/// be made.
pub(super) async fn says_goodbye(api: &Api, installation_id: &str) {
    let key = goodbye_key(installation_id);
    if let Err(error) = api.doorbell.once(&key, GOODBYE).await {
        tracing::warn!(cause = %error, "a goodbye cannot be remembered");
    }
}

async fn is_gone(api: &Api, token: &InvocationToken) -> bool {
    let key = goodbye_key(&token.installation_id);
    api.doorbell.was_once(&key).await.unwrap_or(false)
}

fn is_up_to_date(known: &Known, token: &InvocationToken) -> bool {
    let same = |is: &str, says: &str| is.trim_end_matches('/') == says.trim_end_matches('/');
    let site = token.site_url.as_ref();
    site.is_none_or(|site| same(&known.row.site_url, site.as_str()))
        && known.row.api_base_url.as_deref() == Some(token.api_base_url.as_str())
}
