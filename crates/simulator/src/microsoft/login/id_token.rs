//! The id token ("ID token claims reference").

use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD};
use chrono::TimeDelta;
use serde_json::json;
use sha2::{Digest as _, Sha256};

use super::{
    refusal::Refusal,
    token::{Ask, Given},
};
use crate::microsoft::cloud::Cloud;

/// Signs the id token: `oid`, `name` and `preferred_username` only with `profile`, no `email` (it is left out for
/// applications of many directories).
pub(super) fn make(cloud: &Cloud, ask: &Ask<'_>, given: &Given) -> Result<String, Refusal> {
    let holder = &given.holder;
    let user = cloud
        .user(&holder.oid.to_string())
        .ok_or_else(|| Refusal::new(50_034))?;
    let now = ask.world.clock.now();
    let pairwise = Sha256::digest(format!("{}/{}", holder.client_id, holder.oid));
    let mut claims = json!({
        "aud": holder.client_id,
        "iss": format!("{}/{}/v2.0", ask.base, holder.tid),
        "iat": now.timestamp(),
        "nbf": now.timestamp(),
        "exp": (now + TimeDelta::hours(1)).timestamp(),
        "sub": URL_SAFE_NO_PAD.encode(pairwise),
        "tid": holder.tid,
        "uti": URL_SAFE_NO_PAD.encode(ask.world.clock.new_id().as_bytes()),
        "sid": ask.world.clock.new_id(),
        "ver": "2.0",
    });
    if given.asked.has("profile") {
        claims["oid"] = json!(holder.oid);
        claims["name"] = json!(user.display_name);
        claims["preferred_username"] = json!(user.address);
    }
    if let Some(nonce) = &given.nonce {
        claims["nonce"] = json!(nonce);
    }
    let key = cloud.keys.last().ok_or_else(|| Refusal::new(90_033))?;
    key.sign(&claims).map_err(|error| {
        tracing::error!(%error, "an id token could not be signed");
        Refusal::new(90_033)
    })
}
