//! Refreshing: a new refresh token each time, and the old one stays good.

use chrono::SecondsFormat;
use serde_json::Value;

use super::{
    refusal::Refusal,
    token::{Ask, Given, tokens},
};
use crate::microsoft::{
    cloud::Cloud,
    conditions,
    grants::{IDLE, Refresh},
    scopes::Asked,
};

pub(super) fn token(cloud: &mut Cloud, ask: &Ask<'_>) -> Result<Value, Refusal> {
    let value = ask.required("refresh_token")?;
    let refresh = cloud
        .grants
        .refresh
        .get(value)
        .filter(|refresh| refresh.holder.client_id == ask.client_id);
    let refresh = refresh.ok_or_else(|| Refusal::new(70_000))?.clone();
    cloud.grants.count_refresh(&refresh, value);
    check(cloud, ask, &refresh)?;
    let scope = ask
        .form
        .get("scope")
        .filter(|scope| !scope.trim().is_empty());
    let given = Given {
        asked: Asked::parse(scope.unwrap_or(&refresh.scope))?,
        holder: refresh.holder,
        scope: refresh.scope,
        nonce: None,
        family: refresh.family,
        signed_in: refresh.signed_in,
        mfa: refresh.mfa,
        with_refresh: true,
    };
    let body = tokens(cloud, ask, &given)?;
    if let Some(refresh) = cloud.grants.refresh.get_mut(value) {
        refresh.used = ask.world.clock.now();
    }
    Ok(body)
}

fn check(cloud: &Cloud, ask: &Ask<'_>, refresh: &Refresh) -> Result<(), Refusal> {
    let user = cloud
        .user(&refresh.holder.oid.to_string())
        .ok_or_else(|| Refusal::new(50_034))?;
    let spelled =
        |time: chrono::DateTime<chrono::Utc>| time.to_rfc3339_opts(SecondsFormat::Millis, true);
    if user.revocations > refresh.holder.revocations {
        let text = format!(
            "The provided grant has expired due to it being revoked, a fresh auth token is needed. The user might have changed or reset their password. The grant was issued on '{}' and the TokensValidFrom date (before which tokens are not valid) for this user is '{}'.",
            spelled(refresh.issued),
            spelled(user.tokens_valid_from),
        );
        return Err(Refusal::saying(50_173, text));
    }
    let age = ask.world.clock.now() - refresh.signed_in;
    conditions::at_refresh(user, cloud.directory(user.tid), refresh, age).map_err(Refusal::new)?;
    let idle = ask.world.clock.now() - refresh.used;
    if idle > IDLE {
        let text = format!(
            "The refresh token has expired due to inactivity. The token was issued on {} and was inactive for {}.00:00:00.",
            spelled(refresh.issued),
            idle.num_days(),
        );
        return Err(Refusal::saying(700_082, text));
    }
    Ok(())
}
