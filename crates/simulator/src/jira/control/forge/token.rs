//! `POST /jira/{site}/forge/token`: the tokens of a call to the app's back end, true ones or forged.

use actix_web::{HttpResponse, web};
use chrono::TimeDelta;
use jsonwebtoken::Algorithm;
use serde::Deserialize;
use serde_json::{Value, json};

use crate::{
    control::ControlError,
    jira::{
        control::{find, with_causes},
        forge::{
            invocation::{self, Invocation},
            keys::Signature,
            place::Place,
        },
        tokens::Timing,
    },
    world::World,
};

/// What the token shall be; all that is absent is as Forge has it.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Wanted {
    /// The user of a page; without one, it is a call that no person makes.
    account_id: Option<String>,
    module_key: Option<String>,
    /// Key of the project whose settings the page is in.
    project: Option<String>,
    /// Seconds that it lives.
    expires_in: Option<i64>,
    /// Seconds by which the clock that made it is ahead.
    #[serde(default)]
    clock_offset: i64,
    aud: Option<Value>,
    iss: Option<Value>,
    environment: Option<String>,
    installation_id: Option<String>,
    cloud_id: Option<String>,
    site_url: Option<String>,
    api_base_url: Option<String>,
    jti: Option<String>,
    /// A JSON merge patch (RFC 7396) of the claims, after all else: `null` takes a claim away.
    claims: Option<Value>,
    kid: Option<String>,
    /// `RS256` (default) and other names of RFC 7518, `none`, or `HS256` and the like with the public key as secret.
    alg: Option<String>,
    /// Signed with a key that nobody published.
    #[serde(default)]
    foreign_key: bool,
}

pub(super) async fn handle(
    world: web::Data<World>,
    site: web::Path<String>,
    wanted: web::Json<Wanted>,
) -> Result<HttpResponse, ControlError> {
    let site = find(&world, &site)?;
    let wanted = wanted.into_inner();
    let invalid = |error: &dyn std::error::Error| ControlError::Invalid(with_causes(error));
    let app = site.state().forge.clone();
    let app = app.ok_or_else(|| ControlError::Invalid("no Forge app is installed here".into()))?;
    let invocation = match (&wanted.account_id, &wanted.module_key) {
        (None, key) => Invocation::of_endpoint(key.as_deref().unwrap_or("events")),
        (Some(account_id), key) => {
            let project = wanted.project.as_deref();
            Place::find(&site, &app, key.as_deref(), project)
                .map_err(|refusal| ControlError::Invalid(refusal.sentence()))?
                .invocation(account_id)
        }
    };
    let timing = Timing {
        life: wanted.expires_in.map(seconds).transpose()?,
        offset: seconds(wanted.clock_offset)?,
    };
    let mut claims = invocation::claims(&site, &app, &invocation, timing);
    forge(&mut claims, &wanted);
    let signature = Signature {
        algorithm: algorithm(wanted.alg.as_deref())?,
        kid: wanted.kid,
    };
    let keys = &site.shared.forge.keys;
    let token = if wanted.foreign_key {
        let key = keys.forger(&site.clock).map_err(|error| invalid(&error))?;
        key.sign(&claims, &signature)
    } else {
        let key = keys.current();
        let key = key.ok_or_else(|| ControlError::Invalid("there is no key".into()))?;
        key.sign(&claims, &signature)
    };
    let system_token = site.shared.forge.tokens.issue(&site, &app);
    Ok(HttpResponse::Ok().json(json!({
        "invocation_token": token.map_err(|error| invalid(&error))?,
        "system_token": system_token.map_err(|error| invalid(&error))?,
    })))
}

/// Puts in what was asked for, wherever the claim stands.
fn forge(claims: &mut Value, wanted: &Wanted) {
    let texts = [
        (&wanted.jti, vec!["/jti"]),
        (&wanted.environment, vec!["/app/environment/type"]),
        (
            &wanted.installation_id,
            vec!["/app/installationId", "/app/installation/id"],
        ),
        (
            &wanted.cloud_id,
            vec!["/context/cloudId", "/app/installation/contexts/0/cloudId"],
        ),
        (&wanted.site_url, vec!["/context/siteUrl"]),
        (
            &wanted.api_base_url,
            vec!["/app/apiBaseUrl", "/app/installation/contexts/0/apiBaseUrl"],
        ),
    ];
    for (text, places) in texts {
        for place in places {
            if let (Some(text), Some(at)) = (text, claims.pointer_mut(place)) {
                *at = text.clone().into();
            }
        }
    }
    for (value, name) in [(&wanted.aud, "aud"), (&wanted.iss, "iss")] {
        if let Some(value) = value {
            claims[name] = value.clone();
        }
    }
    if let Some(patch) = &wanted.claims {
        merge(claims, patch);
    }
}

/// RFC 7396.
fn merge(target: &mut Value, patch: &Value) {
    let Value::Object(patch) = patch else {
        *target = patch.clone();
        return;
    };
    if !target.is_object() {
        *target = json!({});
    }
    for (name, value) in patch {
        if value.is_null() {
            if let Some(target) = target.as_object_mut() {
                target.remove(name);
            }
        } else {
            merge(&mut target[name.as_str()], value);
        }
    }
}

fn algorithm(name: Option<&str>) -> Result<Option<Algorithm>, ControlError> {
    match name {
        None => Ok(Some(Algorithm::RS256)),
        Some("none") => Ok(None),
        Some(name) => {
            let unknown = || ControlError::Invalid(format!("there is no algorithm {name:?}"));
            let known: Algorithm = name.parse().map_err(|_| unknown())?;
            let made = name.starts_with("HS") || name.starts_with("RS") || name.starts_with("PS");
            if made {
                Ok(Some(known))
            } else {
                Err(unknown())
            }
        }
    }
}

fn seconds(seconds: i64) -> Result<TimeDelta, ControlError> {
    TimeDelta::try_seconds(seconds)
        .ok_or_else(|| ControlError::Invalid("that many seconds are no time".into()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_merge_patch_changes_adds_and_takes_away() {
        let mut claims = json!({"a": {"b": 1, "c": 2}, "d": 3});
        merge(
            &mut claims,
            &json!({"a": {"b": null, "e": [1]}, "d": {"f": 4}}),
        );
        assert_eq!(claims, json!({"a": {"c": 2, "e": [1]}, "d": {"f": 4}}));
    }
}
